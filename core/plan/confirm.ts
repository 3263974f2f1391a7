import { canonical } from '../canonical.ts';
import type { Change, Plan } from '../resource.ts';

const reversed = (address: string): string => address.split('.').reverse().join('.');

/** A change with its chosen address left open: any free address of the pool is the same wish. */
function wish(change: Change): string {
  const text = canonical(change);
  if (change.chosen === undefined) return text;
  const { value } = change.chosen;
  return text.replaceAll(value, '{address}').replaceAll(reversed(value), '{reversed}');
}

/**
 * The changes of a fresh plan that the confirmed plan did not hold. Fewer changes are fine, and so is another free
 * address of the same pool; anything else must be confirmed again.
 */
export function unconfirmed(confirmed: Plan, fresh: Plan): readonly Change[] {
  const allowed = new Map<string, number>();
  for (const change of confirmed.changes) allowed.set(wish(change), (allowed.get(wish(change)) ?? 0) + 1);
  return fresh.changes.filter((change) => {
    const left = allowed.get(wish(change)) ?? 0;
    allowed.set(wish(change), left - 1);
    return left <= 0;
  });
}
