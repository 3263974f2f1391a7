import { TargetError } from '../../core/errors.ts';
import { preconditionOf } from '../../core/plan/precondition.ts';
import type { Change } from '../../core/resource.ts';
import type { StackTarget, Standing } from './target.ts';

/** Why a change is not carried out on what stands now; undefined where it may be. Nothing was sent. */
export function checkChange(
  target: StackTarget,
  change: Change,
  standing: Standing | undefined,
): TargetError | undefined {
  const refuse = (code: string, why: string) =>
    new TargetError({
      system: target.system,
      operation: change.action,
      code,
      effect: 'unsent',
      message: `Cannot ${change.action} ${change.kind} '${change.key}': ${why}`,
    });
  const observed = standing?.observed;
  if (preconditionOf(observed) !== change.precondition)
    return refuse('stale', 'it is no longer as it was when the plan was made');
  if (observed === undefined && change.action !== 'create') return refuse('stale', 'it does not exist');
  if (observed !== undefined) {
    const { owner } = observed;
    if (change.action === 'create') return refuse('stale', 'it exists');
    if (owner !== change.request && !(change.action === 'adopt' && owner === null))
      return refuse('foreign', owner === null ? 'it has no marker' : `it belongs to request '${owner}'`);
  }
  const refusal = target.refusalOf(change, standing);
  return refusal && refuse(refusal.code, refusal.message);
}
