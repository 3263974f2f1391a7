import { supplyOf } from '../../core/capacity/supply.ts';
import type { PlanContext } from '../../core/plan/plan.ts';
import type { Read } from '../../core/plan/read.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Scope } from './scope.ts';

/** What a plan of some of a scope's requests is made from. */
export const planContext = (
  { all, history }: Pick<Scope, 'all' | 'history'>,
  { policies, today }: Pick<Workspace, 'policies' | 'today'>,
  read: Read,
): PlanContext => ({
  policies,
  today,
  read,
  supply: (planned) => supplyOf({ all: all.map((one) => one.request), planned, history, policies, today }),
});
