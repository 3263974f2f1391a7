import { takenAt } from '../../../core/reading/age.ts';
import type { Report } from '../../report/report.ts';
import { type Rendered, renderComment } from '../comment/comment.ts';
import { labelsOf } from '../comment/labels.ts';
import { quotaRows } from '../comment/quotas.ts';
import { reviewersOf } from '../comment/reviewers.ts';
import { statusOf } from '../comment/status.ts';
import type { Loop } from '../loop.ts';
import type { PullTexts } from './publish.ts';
import { commentKey, publishedReading, type Seen } from './refresh.ts';
import { planLine } from './shown-plan.ts';

const NO_EVALUATION = { prepared: [], remarks: [] };

/** What a run found on a pull request, for every view of it. */
export function reportOf({ shape, result }: Seen): Report {
  const command = 'pull-request';
  if (result === undefined)
    return { kind: 'check', command, findings: shape.findings, checked: shape.requests.length, requests: [] };
  const { findings, checked, requests, planned } = result;
  const base = { command, findings, checked, requests };
  return planned === undefined ? { kind: 'check', ...base } : { kind: 'plan', ...base, plan: planned.plan };
}

/** All that is said of a pull request. */
export interface Composed {
  readonly report: Report;
  readonly texts: PullTexts;
  readonly rendered: Rendered;
}

/** Puts into words what a run found; pure but for the clock. */
export function compose(loop: Loop, seen: Seen): Composed {
  const { workspace, runUrl } = loop;
  const { policies, zone, now, options } = workspace;
  const { told, result, merged } = seen;
  const report = reportOf(seen);
  const prepared = result?.evaluation.prepared ?? [];
  const at = now().toISOString();
  const readAt = takenAt(publishedReading(loop), new Set(prepared.map((one) => one.request.unit)));
  const rendered = renderComment({
    key: commentKey(loop),
    report,
    evaluation: result?.evaluation ?? NO_EVALUATION,
    events: told.events,
    organisation: policies.organisation,
    messages: policies.messages,
    quotas: result === undefined ? [] : quotaRows(prepared, result.lookup, policies.organisation),
    head: told.pull.head,
    at,
    zone,
    record: told.record,
    linkTo: (file, line) => `${told.pull.url.replace(/\/pull\/\d+$/, '')}/blob/${merged.head}/${file}#L${line}`,
    summaryUrl: runUrl,
    lang: options.lang,
    ...(readAt === undefined ? {} : { readAt }),
  });
  const { state, description } = statusOf(report, options.lang);
  const journal = loop.journal.tip;
  const shown =
    result?.planned === undefined || journal === undefined
      ? ''
      : `\n${planLine({ digest: result.planned.plan.digest, journal, at })}\n`;
  const texts: PullTexts = {
    comment: `${rendered.body}${shown}`,
    labels: labelsOf(report),
    reviewers: reviewersOf(prepared, told.pull.author).logins,
    status: { state, description, url: told.pull.url },
  };
  return { report, texts, rendered };
}
