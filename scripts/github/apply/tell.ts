import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, finding } from '../../../core/finding.ts';
import type { Outcome } from '../../../core/resource.ts';
import type { ApplyReport } from '../../report/report.ts';
import { say } from '../../report/texts.ts';
import { resourceText } from '../../report/words.ts';
import { requestReports } from '../../run/request-reports.ts';
import type { Run } from '../../run/run.ts';
import type { Scope } from '../../run/scope.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { commentsOf, createComment, updateComment } from '../api/issues.ts';
import type { Pull } from '../api/pulls.ts';
import { typed } from '../approval/substance.ts';
import { labelsOf } from '../comment/labels.ts';
import { type CommentKey, recordOf, stickyOf } from '../comment/marker.ts';
import { type HandoverNote, renderOutcome } from '../comment/outcome.ts';
import type { Loop } from '../loop.ts';
import { setLabels } from '../pull/publish.ts';

/** What is told of one run on its pull request. */
export interface ToTell {
  readonly pull: Pull;
  /** Names the share of a unit where a pull request has several. */
  readonly unit?: string;
  readonly scope: Scope;
  readonly result: Pick<Run, 'plan' | 'outcomes' | 'fulfilled' | 'findings' | 'unconfirmed'>;
}

const CONFIRM = {
  id: 'Lihat rencana sekarang, lalu konfirmasi seperti tertulis di bawah',
  en: 'Look at the plan as it is now, then confirm it as written below',
};

/** The report of a run, for every view of it. */
export async function applyReport({ workspace }: Loop, told: ToTell): Promise<ApplyReport> {
  const { scope, result } = told;
  const { plan, outcomes } = result;
  const own = new Set(scope.prepared.map((one) => one.placed.places.of([]).file));
  const findings: readonly Finding[] = [
    ...scope.findings.filter((one) => own.has(one.file)),
    ...result.findings,
    ...unconfirmedFindings(workspace, told),
  ];
  const open = new Set((result.unconfirmed ?? []).map((change) => change.request));
  const all = await requestReports({ ...result, prepared: scope.prepared, findings }, workspace);
  const requests = all.map((one) => (open.has(one.id) ? { ...one, next: CONFIRM } : one));
  return { kind: 'apply', command: 'apply', findings, checked: scope.prepared.length, requests, plan, outcomes };
}

/** Changes that nobody has confirmed, with what the merger types to confirm them. */
function unconfirmedFindings({ policies }: Workspace, { pull, scope, result }: ToTell): readonly Finding[] {
  return (result.unconfirmed ?? []).flatMap((change) => {
    const place = scope.prepared.find((one) => one.request.id === change.request)?.placed.places.of(['service']);
    if (place === undefined) return [];
    const digest = typed(result.plan.digest);
    const values = { what: resourceText(change), action: say(`action.${change.action}`), pull: pull.number, digest };
    return [finding(policies.messages, 'apply/unconfirmed', place, values)];
  });
}

/** Says on a pull request what became of it: one comment, edited by whatever run goes on, and labels. */
export async function tell(loop: Loop, told: ToTell): Promise<ApplyReport> {
  const { repository, workspace, login, runUrl } = loop;
  const { options, policies, zone } = workspace;
  const { pull, unit } = told;
  const report = await applyReport(loop, told);
  const environment = unit === undefined ? policies.environment.name : `${policies.environment.name}/${unit}`;
  const key: CommentKey = { kind: 'outcome', repository: repository.name, environment };
  const { body } = renderOutcome({
    key,
    report,
    handovers: notesOf(loop, told.result.outcomes),
    messages: policies.messages,
    head: pull.mergeCommit ?? pull.head,
    zone,
    summaryUrl: runUrl,
    lang: options.lang,
  });
  const comments = (await commentsOf(repository, pull.number)).map((one) => ({ ...one, login: one.author.login }));
  const sticky = stickyOf(comments, key, login);
  const isOurs = (text: string, by: string) => by === login && recordOf(text, key) !== undefined;
  if (sticky === undefined)
    await createComment(repository, pull.number, body, (one) => isOurs(one.body, one.author.login));
  else if (sticky.body !== body) await updateComment(repository, sticky.id, body);
  await setLabels(repository, pull, labelsOf(report));
  return report;
}

/** Where sealed files are fetched: artifacts of the run, kept one day; nothing of what is in them. */
function notesOf({ workspace, runUrl }: Loop, outcomes: readonly Outcome[]): readonly HandoverNote[] {
  return outcomes.flatMap(({ change, handover }) => {
    if (handover === undefined) return [];
    const sealed: unknown = JSON.parse(readFileSync(join(workspace.store.folder, handover), 'utf8'));
    const { recipient, until } = sealed as { recipient: string; until: string };
    const object = { kind: change.kind, key: change.key };
    return [{ request: change.request, object, url: `${runUrl}#artifacts`, key: recipient, until }];
  });
}
