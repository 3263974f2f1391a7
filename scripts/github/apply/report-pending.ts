import { TargetError } from '../../../core/errors.ts';
import type { Journal } from '../../../core/journal/journal.ts';
import { unitOf } from '../../../core/load/path.ts';
import { openScope } from '../../run/scope.ts';
import { readPull } from '../api/pulls.ts';
import { type Loop, requestsPrefix } from '../loop.ts';
import { within } from './approvals.ts';
import { isOpen, requestsOf } from './open-work.ts';
import { type Pending, pendingReports } from './pending.ts';
import { tell } from './tell.ts';

/**
 * Tells what earlier runs could not tell, from the journal alone: no target is asked and nothing is carried out again.
 * @returns what could not be told this time either
 */
export async function reportPending(
  loop: Loop,
  journal: Journal | undefined,
  publish: () => Promise<void>,
): Promise<string[]> {
  const untold: string[] = [];
  if (journal === undefined) return untold;
  for (const pending of pendingReports(journal.entries)) {
    try {
      await tellAgain(loop, journal.unit, pending);
      journal.append({ type: 'reported', run: pending.run, pull: pending.pull });
    } catch (error) {
      if (!(error instanceof TargetError) || error.system !== 'github') throw error;
      untold.push(`#${pending.pull}: ${error.message}`);
    }
  }
  await publish();
  return untold;
}

async function tellAgain(loop: Loop, unit: string, { pull: number, requests, outcomes }: Pending): Promise<void> {
  const pull = await readPull(loop.repository, number);
  const scope = within(openScope(loop.workspace, { names: [], ordering: false }), new Set(requests));
  const fulfilled = scope.prepared.filter((one) => !isOpen(one)).map((one) => one.request.id);
  const all = await requestsOf(loop, pull, await requestsPrefix(loop));
  const isShared = all.some((one) => unitOf(one) !== unit);
  const plan = { digest: '', changes: outcomes.map(({ change }) => change), held: [] };
  const result = { plan, outcomes, fulfilled, findings: [] };
  await tell(loop, { pull, ...(isShared ? { unit } : {}), scope, result });
}
