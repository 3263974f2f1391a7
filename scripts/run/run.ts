import { randomUUID } from 'node:crypto';
import type { Position } from '../../core/apply/port.ts';
import type { Finding } from '../../core/finding.ts';
import type { Journal } from '../../core/journal/journal.ts';
import { unconfirmed } from '../../core/plan/confirm.ts';
import { planDigest } from '../../core/plan/diff.ts';
import { type PlanContext, type Planned, planRequests } from '../../core/plan/plan.ts';
import { isApproved, type Prepared, standing } from '../../core/plan/prepare.ts';
import { readAll } from '../../core/plan/read.ts';
import type { Change, Held, Outcome, Plan, RequestId } from '../../core/resource.ts';
import type { Targets } from '../../provisioners/index.ts';
import { type Bast, writeBasts } from '../bast/write.ts';
import { sweepHandover } from '../store/handover.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { enterAccepted } from './accept.ts';
import { appendTo, applyPlan, enterFulfilled } from './apply.ts';
import { expiredHandovers } from './handover-findings.ts';
import { planContext } from './plan-context.ts';
import { brokenRails } from './rail-findings.ts';
import type { Scope } from './scope.ts';

export interface RunOptions {
  readonly scope: Scope;
  readonly targets: Targets;
  /** Chains of the units concerned, opened under their locks. */
  readonly journals: ReadonlyMap<string, Journal>;
  /** The plan that was confirmed; without it what is planned now is applied. */
  readonly confirmed?: Plan;
  /** Tells runs apart in the journal; made up where left out. */
  readonly id?: string;
  /** What is about to be written, before anything is; what it throws ends the run. */
  readonly onPlan?: (plan: Plan) => void | Promise<void>;
  /** Called when a batch is through and entered; what it throws ends the run. */
  readonly batchDone?: () => Promise<void>;
  readonly onOutcome?: (outcome: Outcome, plan: Plan) => void;
  /** For the kill harness. */
  readonly reached?: (point: number, position: Position) => void;
}

/** What a run did. */
export type Run = {
  /** The plan of all that was asked for, approved or not. */
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  readonly fulfilled: readonly RequestId[];
  /** Hand-over records that it made, to be signed. */
  readonly basts: readonly Bast[];
  readonly findings: readonly Finding[];
  /** What keeps nothing from being written, and somebody should look at. */
  readonly warnings: readonly Finding[];
  /** Changes that the confirmed plan did not hold; nothing was written then. */
  readonly unconfirmed?: readonly Change[];
};

/**
 * Plans anew, checks the rails and the confirmation, writes what is approved (a request that breaks a rail is left out), reads again, and enters what is
 * fulfilled. Run twice it writes nothing the second time; killed at any point, one more run converges.
 */
export async function run(workspace: Workspace, options: RunOptions): Promise<Run> {
  const { scope, targets, journals } = options;
  const context = planContext(scope, workspace, readAll(targets.provisioners));
  const approved = [
    ...scope.prepared.filter(isApproved),
    ...scope.prepared.flatMap((one) => standing(one, workspace) ?? []),
  ];
  const planned = await planRequests(approved, context);
  const broken = brokenRails(planned, scope, workspace);
  const findings = broken.flatMap((rail) => rail.findings);
  const allowed = without(planned, new Set(broken.flatMap((rail) => rail.requests)));
  const extra = options.confirmed ? unconfirmed(options.confirmed, allowed.plan) : [];
  if (extra.length > 0)
    return { plan: planned.plan, outcomes: [], fulfilled: [], basts: [], findings, warnings: [], unconfirmed: extra };
  await options.onPlan?.(allowed.plan);
  const append = appendTo(journals);
  enterAccepted(approved, workspace, append);
  const outcomes = await applyPlan({
    run: options.id ?? randomUUID(),
    planned: allowed,
    targets,
    append,
    progress: (outcome) => options.onOutcome?.(outcome, allowed.plan),
    ...(options.batchDone ? { batchDone: options.batchDone } : {}),
    ...(options.reached ? { reached: options.reached } : {}),
  });
  const after = await planAgain(approved, planned, outcomes, context);
  const fulfilled = enterFulfilled(approved, after, append);
  const basts = writeBasts(approved, after, { workspace, journals, append });
  sweepHandover(workspace.store, [...planned.reading.objects, ...after.reading.objects], workspace.now());
  const entriesOf = (unit: string) => journals.get(unit)?.entries ?? [];
  const warnings = expiredHandovers(approved, after.reading.objects, workspace, entriesOf);
  return { plan: { ...planned.plan, held: heldNow(planned, after) }, outcomes, fulfilled, basts, findings, warnings };
}

/** A plan without the changes of some requests. */
function without(planned: Planned, requests: ReadonlySet<RequestId>): Planned {
  if (requests.size === 0) return planned;
  const changes = planned.plan.changes.filter((change) => !requests.has(change.request));
  return { ...planned, plan: { ...planned.plan, digest: planDigest(changes), changes } };
}

/** What the targets hold now, for the requests that were written to; the others stand as they were planned. */
async function planAgain(
  approved: readonly Prepared[],
  planned: Planned,
  outcomes: readonly Outcome[],
  context: PlanContext,
): Promise<Planned> {
  const written = new Set(outcomes.map((outcome) => outcome.change.request));
  if (written.size === 0) return planned;
  const again = await planRequests(
    approved.filter((one) => written.has(one.request.id)),
    context,
  );
  const kept = <T extends { readonly request: RequestId }>(list: readonly T[]) =>
    list.filter((one) => !written.has(one.request));
  const others = planned.reading.objects.filter(({ owner }) => owner === null || !written.has(owner));
  return {
    ...again,
    reading: { ...again.reading, objects: [...again.reading.objects, ...others] },
    plan: {
      digest: again.plan.digest,
      changes: [...kept(planned.plan.changes), ...again.plan.changes],
      held: [...kept(planned.plan.held), ...again.plan.held],
    },
    resources: [...kept(planned.resources), ...again.resources],
    desired: new Map([...planned.desired, ...again.desired]),
  };
}

const heldNow = (planned: Planned, after: Planned): readonly Held[] =>
  after === planned ? planned.plan.held : after.plan.held;
