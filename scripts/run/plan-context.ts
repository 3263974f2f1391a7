import { supplyOf } from '../../core/capacity/supply.ts';
import type { PlanContext } from '../../core/plan/plan.ts';
import type { Read } from '../../core/plan/read.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Scope } from './scope.ts';

/** What a plan of some of a scope's requests is made from. All of them are looked at only where room is asked for. */
export const planContext = (
  scope: Pick<Scope, 'all' | 'history'>,
  { policies, today }: Pick<Workspace, 'policies' | 'today'>,
  read: Read,
): PlanContext => ({
  policies,
  today,
  read,
  supply: (planned) => {
    const all = scope.all.map((one) => one.request);
    return supplyOf({ all, planned, history: scope.history, policies, today });
  },
});
