import { hasDuePhase } from '../../../core/plan/prepare.ts';
import { openScope } from '../../run/scope.ts';
import { dueNotices } from '../../term/due-notices.ts';
import type { Loop } from '../loop.ts';
import { isOpen } from './open-work.ts';
import { pendingReports } from './pending.ts';

/** A matrix of Actions has at most 256 jobs; what is left is found by the next run. */
const MOST = 256;

/**
 * Units with merged and unfulfilled requests, with something left to tell, or (where asked) with phases that
 * begin and terms that end soon.
 */
export function unitsWithWork({ workspace }: Pick<Loop, 'workspace'>, due: boolean): readonly string[] {
  const { store, policies, today } = workspace;
  const { prepared } = openScope(workspace, { names: [], ordering: false });
  const wanted = prepared
    .filter((one) => isOpen(one) || (due && hasDuePhase(one, workspace)))
    .map((one) => one.request.unit);
  const untold = store.units().filter((unit) => pendingReports(store.journal(unit).entries).length > 0);
  const told = due
    ? dueNotices(store.history(store.units()), policies, today).map((one) => one.fulfilled.version.unit)
    : [];
  return [...new Set([...wanted, ...untold, ...told])].sort().slice(0, MOST);
}
