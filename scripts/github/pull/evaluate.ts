import { type Finding, finding } from '../../../core/finding.ts';
import type { History } from '../../../core/journal/history.ts';
import { type Planned, planRequests } from '../../../core/plan/plan.ts';
import type { Prepared } from '../../../core/plan/prepare.ts';
import { staleness } from '../../../core/reading/age.ts';
import type { PublishedReading } from '../../../core/reading/published.ts';
import { readPublished } from '../../../core/reading/read-published.ts';
import type { RequestReport } from '../../report/report.ts';
import { type Checked, check } from '../../requests/check.ts';
import { changedRequests, everyRequest } from '../../requests/selection.ts';
import { planContext } from '../../run/plan-context.ts';
import { type Actors, prepareAll } from '../../run/prepare.ts';
import { brokenRails } from '../../run/rail-findings.ts';
import { requestReports } from '../../run/request-reports.ts';
import { roomFindings } from '../../run/room-findings.ts';
import type { Scope } from '../../run/scope.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { type Evaluation, evaluateApprovals } from '../approval/evaluate.ts';
import type { Digests, PullRequestFacts } from '../approval/facts.ts';
import { historyWith } from '../approval/history.ts';
import { actorsOf } from '../approval/people.ts';
import { digestsOf } from '../approval/substance.ts';

/** A pull request's requests as the merged tree has them. */
export interface Prospect {
  readonly checked: Checked;
  /** Classified, with digests; those with an error of their own are left out. */
  readonly prepared: readonly Prepared[];
}

/** Reads and classifies what a tree changes since its base. */
export function prospectOf(
  { base, tree }: { readonly base: string; readonly tree: string },
  workspace: Workspace,
  history: History,
  actors: Actors,
): Prospect {
  const checked = check(changedRequests(base, workspace, tree), workspace, history, { keep: true, ordering: true });
  const faulty = new Set(checked.findings.filter((one) => one.severity === 'error').map((one) => one.file));
  const valid = checked.requests.filter(({ places }) => !faulty.has(places.of([]).file));
  return { checked, prepared: prepareAll(valid, workspace, { history, lookup: checked.lookup, actors }) };
}

/** Request digests of another commit of the pull request, by the same rules. */
export const digestsAtTree = (
  at: { readonly base: string; readonly tree: string },
  workspace: Workspace,
  history: History,
  actors: Actors,
): Digests => digestsOf(prospectOf(at, workspace, history, actors).prepared);

/** What a pull request amounts to: all that its comment, labels and status say. */
export interface PullEvaluation {
  readonly findings: readonly Finding[];
  readonly checked: number;
  readonly evaluation: Evaluation;
  /** Absent where no reading was fit to plan from. */
  readonly planned?: Planned;
  readonly requests: readonly RequestReport[];
  /** The tree with the pull request on top, for what it takes of quotas. */
  readonly lookup: Checked['lookup'];
}

export interface EvaluateInput {
  readonly at: { readonly base: string; readonly tree: string };
  readonly facts: PullRequestFacts;
  readonly history: History;
  readonly reading: PublishedReading;
}

/** Decides, plans from the published reading, and holds the plan against the rails. Asks nobody and writes nothing. */
export async function evaluatePull(input: EvaluateInput, workspace: Workspace): Promise<PullEvaluation> {
  const { at, facts, history, reading } = input;
  const { policies, today, zone } = workspace;
  const { organisation } = policies;
  const { checked, prepared } = prospectOf(at, workspace, history, actorsOf(facts, organisation));
  const evaluation = evaluateApprovals(prepared, facts, { organisation, today, zone });
  const scope = scopeOf(evaluation, checked, historyWith(history, evaluation.entries), workspace);
  const from = await planFrom(reading, scope, workspace);
  const findings = [...checked.findings, ...from.findings];
  const planned = from.planned && { planned: from.planned };
  const plan = from.planned && { plan: from.planned.plan };
  const requests = await requestReports({ prepared: evaluation.prepared, findings, ...plan }, workspace);
  return { findings, checked: checked.count, evaluation, requests, lookup: checked.lookup, ...planned };
}

/** The pull request's requests among those of the base, which are read only where a plan asks for room. */
const scopeOf = ({ prepared }: Evaluation, { count }: Checked, history: History, workspace: Workspace): Scope => ({
  findings: [],
  history,
  count,
  prepared,
  get all() {
    const every = everyRequest(workspace.options.requests);
    return check(every, workspace, history, { keep: true, ordering: false }).requests;
  },
});

async function planFrom(
  reading: PublishedReading,
  scope: Scope,
  workspace: Workspace,
): Promise<{ readonly planned?: Planned; readonly findings: readonly Finding[] }> {
  const { policies, now } = workspace;
  const [first] = scope.prepared;
  if (first === undefined) return { findings: [] };
  const units = new Set(scope.prepared.map((one) => one.request.unit));
  const reason = staleness(reading, { units, environment: policies.environment.name, now: now() });
  if (reason !== undefined) {
    const at = first.placed.places.of(['service']);
    return { findings: [finding(policies.messages, 'pull/reading-stale', at, { reason })] };
  }
  const planned = await planRequests(scope.prepared, planContext(scope, workspace, readPublished(reading)));
  const rails = brokenRails(planned, scope, workspace).flatMap((rail) => rail.findings);
  return { planned, findings: [...rails, ...roomFindings(planned, scope, workspace)] };
}
