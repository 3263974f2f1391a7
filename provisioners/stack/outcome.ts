import { TargetError } from '../../core/errors.ts';
import type { Fields } from '../../core/kinds.ts';
import type { Change, Observed, Outcome } from '../../core/resource.ts';

export const failedOutcome = (change: Change, error: TargetError, values: Fields = {}): Outcome => ({
  change,
  result: error.effect === 'lost' ? 'unknown' : 'failed',
  values,
  error: { system: error.system, operation: error.operation, code: error.code, message: error.message },
});

export const doneOutcome = (change: Change, observed: Observed | undefined, handover?: string): Outcome => ({
  change,
  result: 'done',
  values: observed?.fields ?? {},
  ...(observed ? { phase: observed.phase } : {}),
  ...(handover === undefined ? {} : { handover }),
});

/** Passes a target's error on as a value; anything else is a bug of ours, or a journal that failed. */
export function asTargetError(error: unknown): TargetError {
  if (error instanceof TargetError) return error;
  throw error;
}
