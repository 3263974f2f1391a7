/** The end of an account: `accountExpires`, in steps of 100 ns since 1601, UTC ([MS-ADA1] 2.1). */

const STEPS_PER_MS = 10_000n;
const EPOCH_STEPS = 116_444_736_000_000_000n;
/** Both mean that it has no end. */
const NEVER: ReadonlySet<string> = new Set(['0', '9223372036854775807']);
const DAY_MS = 86_400_000;

/**
 * The instant behind the last day, by UTC: in no zone east of it is that before the day has ended. It stands behind the
 * plan of that day, which disables the account, so some hours more do no harm and an hour less would.
 * @param lastDay ISO date; null for no end
 */
export const expiryOf = (lastDay: string | null): string =>
  lastDay === null ? '0' : String(BigInt(Date.parse(`${lastDay}T00:00:00Z`) + DAY_MS) * STEPS_PER_MS + EPOCH_STEPS);

/** The last day of an account; an instant that no day ends with is shown whole, so that it equals no day. */
export function lastDayOf(expires: string | undefined): string | null {
  if (expires === undefined || NEVER.has(expires) || !/^\d+$/.test(expires)) return null;
  const steps = BigInt(expires) - EPOCH_STEPS;
  const at = Number(steps / STEPS_PER_MS);
  if (steps % STEPS_PER_MS === 0n && at % DAY_MS === 0) return new Date(at - DAY_MS).toISOString().slice(0, 10);
  return new Date(at).toISOString();
}
