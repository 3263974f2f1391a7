import { historyOf } from '../../core/journal/history.ts';
import { planRequests } from '../../core/plan/plan.ts';
import { readAll } from '../../core/plan/read.ts';
import { evaluateApprovals } from '../../scripts/github/approval/evaluate.ts';
import type { ApprovalEvent, PullRequestFacts } from '../../scripts/github/approval/facts.ts';
import { historyWith } from '../../scripts/github/approval/history.ts';
import { actorsOf } from '../../scripts/github/approval/people.ts';
import { digestsOf, substanceOf, typed } from '../../scripts/github/approval/substance.ts';
import { type Rendered, renderComment } from '../../scripts/github/comment/comment.ts';
import { type CommentRecord, EMPTY_RECORD } from '../../scripts/github/comment/marker.ts';
import { quotaRows } from '../../scripts/github/comment/quotas.ts';
import { check } from '../../scripts/requests/check.ts';
import { everyRequest } from '../../scripts/requests/selection.ts';
import { planContext } from '../../scripts/run/plan-context.ts';
import { prepareAll } from '../../scripts/run/prepare.ts';
import { brokenRails } from '../../scripts/run/rail-findings.ts';
import { requestReports } from '../../scripts/run/request-reports.ts';
import { targetsOf } from '../../scripts/run/targets.ts';
import { openWorkspace, type Workspace } from '../../scripts/workspace/workspace.ts';
import type { CommandLine } from '../builders/command-line.ts';
import { LOGINS, TODAY } from '../scripts/github/world.ts';

export const REPOSITORY = 'kementerian-contoh/permintaan';
export const linkTo = (file: string, line: number) => `https://github.com/${REPOSITORY}/blob/main/${file}#L${line}`;

/** A pull request at one moment: which requests it changes, what was said, what its comment said before. */
export interface Moment {
  readonly line: CommandLine;
  readonly ids: readonly string[];
  readonly head: string;
  /** Time of the run, `HH:MM` of the day in UTC. */
  readonly at: string;
  /** What is said on the pull request, given the code that its comment shows. */
  readonly events?: (code: string) => readonly ApprovalEvent[];
  readonly record?: CommentRecord;
}

/** A command line's workspace; findings then name files as they lie in a repository. */
export function workspaceOf(line: CommandLine): Workspace {
  process.chdir(line.folder);
  return openWorkspace({ ...line.options, requests: 'requests', lang: 'id' });
}

/** The comment of a moment, by the functions that the workflow calls, on the sandbox. */
export async function commentOn(moment: Moment): Promise<Rendered> {
  const { line, ids, head, record = EMPTY_RECORD } = moment;
  const workspace = workspaceOf(line);
  const { policies, today, zone, store } = workspace;
  const { organisation, messages } = policies;
  const units = store.units();
  const history = units.length === 0 ? historyOf([]) : store.history(units);
  const checked = check(everyRequest('requests'), workspace, history, { keep: true, ordering: true });
  const author = { author: LOGINS.author, committers: [LOGINS.author] };
  const faulty = new Set(checked.findings.filter((one) => one.severity === 'error').map((one) => one.file));
  const own = checked.requests.filter(({ request }) => ids.includes(request.id));
  const valid = own.filter(({ places }) => !faulty.has(places.of([]).file));
  const actors = actorsOf(author, organisation);
  const prepared = prepareAll(valid, workspace, { history, lookup: checked.lookup, actors });
  const events = moment.events?.(typed(substanceOf(prepared))) ?? [];
  const shown = [{ at: `${TODAY}T01:00:00Z`, head }];
  const facts: PullRequestFacts = { ...author, events, shown, digestsAt: new Map([[head, digestsOf(prepared)]]) };
  const evaluation = evaluateApprovals(prepared, facts, { organisation, today, zone });
  const targets = await targetsOf(workspace, checked.requests);
  const scope = {
    findings: [],
    history: historyWith(history, evaluation.entries),
    count: checked.count,
    prepared: evaluation.prepared,
    all: checked.requests,
  };
  const planned = await planRequests(scope.prepared, planContext(scope, workspace, readAll(targets.provisioners)));
  await targets.close();
  const rails = brokenRails(planned, scope, workspace).flatMap((rail) => rail.findings);
  const findings = [...checked.findings.filter((one) => ids.some((id) => one.file.endsWith(`${id}.yaml`))), ...rails];
  const requests = await requestReports({ prepared: evaluation.prepared, findings, plan: planned.plan }, workspace);
  return renderComment({
    key: { repository: REPOSITORY, environment: 'sandbox' },
    report: {
      kind: 'plan',
      command: 'plan',
      findings,
      checked: checked.count,
      requests,
      plan: planned.plan,
    },
    evaluation,
    events,
    organisation,
    messages,
    quotas: quotaRows(evaluation.prepared, checked.lookup, organisation),
    head,
    at: `${TODAY}T${moment.at}:00.000Z`,
    zone,
    readAt: `${TODAY}T01:30:00.000Z`,
    record,
    linkTo,
    summaryUrl: `https://github.com/${REPOSITORY}/actions/runs/1`,
    lang: 'id',
  });
}

/** A commit id that begins as people see it. */
export const commit = (short: string): string => short.padEnd(40, '0');
