import { randomUUID } from 'node:crypto';
import type { Journal } from '../../../core/journal/journal.ts';
import { unitOf } from '../../../core/load/path.ts';
import { planRequests } from '../../../core/plan/plan.ts';
import { isApproved } from '../../../core/plan/prepare.ts';
import { readAll } from '../../../core/plan/read.ts';
import type { Plan, RequestId } from '../../../core/resource.ts';
import type { Targets } from '../../../provisioners/index.ts';
import { appendTo } from '../../run/apply.ts';
import { planContext } from '../../run/plan-context.ts';
import { type Run, run } from '../../run/run.ts';
import { openScope, type Scope } from '../../run/scope.ts';
import type { Pull } from '../api/pulls.ts';
import type { Loop } from '../loop.ts';
import { approvalsOf, enterApprovals, type MergedApprovals, within } from './approvals.ts';
import type { Work } from './open-work.ts';

/** One pull request's share of one unit, carried out. */
export interface CarriedOut {
  readonly work: Work & { readonly pull: Pull };
  readonly approvals: MergedApprovals;
  readonly scope: Scope;
  readonly result: Run;
  /** Tells the run apart in the journal. */
  readonly run: string;
}

export interface UnitRun {
  readonly unit: string;
  readonly targets: Targets;
  readonly journals: ReadonlyMap<string, Journal>;
  /** Publishes the unit's chain as it is. */
  readonly publish: () => Promise<void>;
  /** Start of the digest of a plan that the merger confirmed anew, at least 32 hexadecimal digits. */
  readonly confirm?: string;
}

const NOTHING: Plan = { digest: '', changes: [], held: [] };

/**
 * Carries out what one pull request asked for of one unit: approvals are judged again and published first, so that a
 * journal that cannot be published stops everything before the first write; then within the confirmed plan, batch by
 * batch, each published before the next.
 */
export async function carryOut(
  loop: Loop,
  work: Work & { readonly pull: Pull },
  { unit, targets, journals, publish, confirm }: UnitRun,
): Promise<CarriedOut> {
  const append = appendTo(journals);
  const approvals = await approvalsOf(loop, work);
  const own = new Set(work.open.filter((id) => unitOf(id) === unit));
  enterApprovals(loop, approvals, own, append);
  const whole = openScope(loop.workspace, { names: work.requests, ordering: false, actors: approvals.actors });
  const scope = within(whole, own);
  const id = randomUUID();
  const confirmed = await confirmedBy(loop, scope, targets, approvals, confirm);
  const result = await run(loop.workspace, {
    id,
    scope,
    targets,
    journals,
    confirmed,
    onPlan: async ({ changes }) => {
      enterRun(append, { id, pull: work.pull.number, own, planned: changes.length });
      await publish();
    },
    batchDone: publish,
  });
  return { work, approvals, scope, result, run: id };
}

function enterRun(
  append: ReturnType<typeof appendTo>,
  { id, pull, own, planned }: { id: string; pull: number; own: ReadonlySet<RequestId>; planned: number },
): void {
  const [first] = own;
  if (first === undefined || planned === 0) return;
  append(first, { type: 'run', run: id, pull, requests: [...own], planned });
}

/** The plan that was confirmed: by the merge of what the comment showed, or anew by its digest. */
async function confirmedBy(
  { workspace }: Loop,
  scope: Scope,
  targets: Targets,
  { shown }: MergedApprovals,
  confirm: string | undefined,
): Promise<Plan> {
  if (confirm === undefined) return shown?.plan ?? NOTHING;
  const context = planContext(scope, workspace, readAll(targets.provisioners));
  const { plan } = await planRequests(scope.prepared.filter(isApproved), context);
  return plan.digest.startsWith(confirm) ? plan : NOTHING;
}
