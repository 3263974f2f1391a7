import { TargetError } from '../../core/errors.ts';
import type { Fields } from '../../core/kinds.ts';
import { differing } from '../../core/plan/fields.ts';
import { preconditionOf } from '../../core/plan/precondition.ts';
import type { WritePort } from '../../core/provisioner.ts';
import type { Change, Observed, Outcome } from '../../core/resource.ts';
import type { Sku } from './skus.ts';
import type { Tenant } from './tenant.ts';

/** What writing a change needs. */
export interface Run {
  readonly tenant: Tenant;
  readonly port: WritePort;
  readonly skuByPart: (part: string) => Sku | undefined;
  /** Preconditions of mailboxes that writes of ours to their users have changed since, by principal name. */
  readonly mailboxBefore: Map<string, string>;
}

/** Refused by us, before anything was sent. */
export const refuse = (change: Change, code: string, message: string): TargetError =>
  new TargetError({
    system: change.kind === 'mailbox' ? 'exchange' : 'graph',
    operation: change.action,
    code,
    effect: 'refused',
    message,
  });

/** @throws TargetError `stale` where what stands there is not what the change was planned upon */
export function checkPrecondition(change: Change, observed: Observed | undefined): void {
  if (preconditionOf(observed) === change.precondition) return;
  throw refuse(change, 'stale', `'${change.key}' is not as it was when this was planned`);
}

/** @throws TargetError `foreign` */
export function checkOwner(change: Change, owner: string | null): void {
  if (owner === change.request) return;
  throw refuse(
    change,
    'foreign',
    owner === null ? `'${change.key}' has no marker` : `'${change.key}' belongs to '${owner}'`,
  );
}

/** What became of a change: `lost` is unknown, every other fault of the target is a failure. */
export async function outcomeOf(change: Change, write: () => Promise<Observed | undefined>): Promise<Outcome> {
  try {
    const observed = await write();
    return {
      change,
      result: 'done',
      values: observed?.fields ?? {},
      ...(observed && observed.phase !== 'ready' ? { phase: observed.phase } : {}),
    };
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const { system, operation, code, message } = error;
    const result = error.effect === 'lost' ? 'unknown' : 'failed';
    return { change, result, values: {}, error: { system, operation, code, message } };
  }
}

/**
 * Writes, then reads back. Where a reply was lost, what is read decides: the write is not sent again.
 * @throws TargetError the lost write's own error where the target does not show its effect
 */
export async function settled(
  tenant: Tenant,
  change: Change,
  wanted: Fields,
  write: () => Promise<void>,
): Promise<Observed> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof TargetError) || error.effect !== 'lost') throw error;
    const observed = await tenant.observe(change.kind === 'mailbox' ? 'mailbox' : 'cloud-user', change.key);
    if (observed === undefined || differing(change.kind, wanted, observed.fields) !== undefined) throw error;
    return observed;
  }
  return tenant.readBack(change, wanted);
}
