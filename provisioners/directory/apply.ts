import { TargetError, UserError } from '../../core/errors.ts';
import type { Fields } from '../../core/kinds.ts';
import { preconditionOf } from '../../core/plan/precondition.ts';
import type { Change, Outcome } from '../../core/resource.ts';
import { lookedAt } from './addresses.ts';
import { applyAccount } from './apply-account.ts';
import { applyGroup } from './apply-group.ts';
import { failure } from './directory-error.ts';
import { byIdentity, NameError } from './dn.ts';
import { formatMarker, MARKER } from './marker.ts';
import { protectionOf } from './protection.ts';
import { textOf } from './protocol.ts';
import type { Found } from './session.ts';
import { refuse, runStep, see, type Work } from './step.ts';

/** Carries out one change: reads again, checks the precondition, writes step by step, reads back after each. */
export async function applyChange(work: Work): Promise<Outcome> {
  const { change, progress } = work;
  try {
    const found = await lookedAt(work);
    if (found !== undefined) see(work, found);
    if (preconditionOf(found?.observed) !== change.precondition)
      refuse(work, 'stale', 'it is no longer as it was when the plan was made');
    await checkOurs(work, found);
    await carryOut(work, found);
    const handover = progress.handover === undefined ? {} : { handover: progress.handover };
    return { change, result: 'done', values: progress.values, phase: 'ready', ...handover };
  } catch (error) {
    return failed(change, progress, error);
  }
}

async function checkOurs(work: Work, found: Found | undefined): Promise<void> {
  const { change, session } = work;
  if (found === undefined) return;
  const { owner } = found.observed;
  if (change.action === 'create') refuse(work, 'stale', 'it exists');
  if (change.action === 'adopt' ? owner !== null && owner !== change.request : owner !== change.request)
    refuse(work, 'foreign', owner === null ? 'it has no marker' : `it belongs to request '${owner}'`);
  const protection = await protectionOf(session.client, found.entry, session.base);
  if (protection !== undefined) refuse(work, 'protected', protection);
}

async function carryOut(work: Work, found: Found | undefined): Promise<void> {
  const { change } = work;
  if (change.action === 'create' || change.action === 'update')
    return change.kind === 'directory-account'
      ? applyAccount(work, change.after, found)
      : applyGroup(work, change.after, found);
  if (found === undefined) return refuse(work, 'stale', 'it does not exist');
  return change.action === 'delete' ? remove(work, found) : adopt(work, found);
}

async function remove(work: Work, found: Found): Promise<void> {
  await runStep(work, {
    operation: 'del',
    send: () => work.session.client.del(byIdentity(found.identity)),
    settled: (now) => now === undefined,
  });
  work.progress.values = {};
}

/** Writes the marker and nothing else. A text of others in its place is not ours to remove. */
async function adopt(work: Work, found: Found): Promise<void> {
  const { change, session } = work;
  if (found.observed.owner === change.request) return;
  if (textOf(found.entry, MARKER) !== undefined) refuse(work, 'foreign', `its ${MARKER} is in use`);
  const values = [formatMarker({ request: change.request })];
  await runStep(work, {
    operation: 'modify',
    send: () => session.client.modify(byIdentity(found.identity), [{ operation: 'add', attribute: MARKER, values }]),
    settled: (now) => now?.marker?.request === change.request,
  });
}

/** An error of the target, of a name or of the recipient's key as an outcome; the rest are bugs or a port that failed. */
function failed(change: Change, progress: { values: Fields; handover?: string }, error: unknown): Outcome {
  const known = { change, values: progress.values, ...(progress.handover ? { handover: progress.handover } : {}) };
  if (error instanceof TargetError) {
    const { system, operation, code, message } = error;
    return {
      ...known,
      result: error.effect === 'lost' ? 'unknown' : 'failed',
      error: { system, operation, code, message },
    };
  }
  if (error instanceof UserError)
    return {
      ...known,
      result: 'failed',
      error: { system: 'handover', operation: 'seal', code: 'no-key', message: error.message },
    };
  if (error instanceof NameError) return failed(change, progress, failure('check', 'invalid', 'unsent', error.message));
  throw error;
}
