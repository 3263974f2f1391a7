import type { Text } from '../../../core/finding.ts';
import type { HeldReason } from '../../../core/resource.ts';
import { findingsOf, requestsOf } from '../../report/parts.ts';
import type { Report, RequestReport } from '../../report/report.ts';
import type { Lang } from '../../report/view.ts';
import { tell } from './texts.ts';

/** How a pull request stands, in one word; the last three after its apply. */
export type Standing = 'invalid' | 'naming' | 'waiting' | 'held' | 'ready' | 'none' | 'failed' | 'going-on' | 'done';

/** Held, and a merge would not help: what is missing must be settled first. */
const BLOCKING: readonly HeldReason[] = ['unread', 'foreign', 'exhausted', 'absent'];
const isBlocked = (request: RequestReport): boolean => request.held.some((one) => BLOCKING.includes(one.reason));

/** A deletion that an official has to name: nothing in the file is wrong. */
export const UNNAMED = 'rails/deletes';
const errorsOf = (report: Report) => findingsOf(report).filter((one) => one.severity === 'error');

/** A report whose requests wait for deletions to be named says so of them, and not that their files are wrong. */
export function withNaming(report: Report): Report {
  if (standingOf(report) !== 'naming' || !('requests' in report)) return report;
  const files = new Set(errorsOf(report).map(({ file }) => file));
  const requests = report.requests.map((request) =>
    files.has(request.file) ? { ...request, state: 'waiting-approval' as const, next: tell('next.naming') } : request,
  );
  return { ...report, requests };
}

/** How a report stands: the worst of what keeps it from going on. */
export function standingOf(report: Report): Standing {
  const requests = requestsOf(report);
  const inState = (state: RequestReport['state']) => requests.some((request) => request.state === state);
  if (inState('failed')) return 'failed';
  if (errorsOf(report).some((one) => one.code !== UNNAMED)) return 'invalid';
  if (errorsOf(report).length > 0) return 'naming';
  if (inState('waiting-approval')) return 'waiting';
  if (requests.some(isBlocked)) return 'held';
  if (report.kind !== 'apply') return requests.some((one) => one.state !== 'unchanged') ? 'ready' : 'none';
  return inState('waiting') || inState('held') || inState('ready') ? 'going-on' : 'done';
}

/** The one commit status, context `layanan`: only `success` lets a pull request be merged. */
export interface CommitStatus {
  readonly context: 'layanan';
  readonly state: 'success' | 'pending' | 'failure';
  /** At most 140 characters (GitHub refuses more). */
  readonly description: string;
}

const STATES: Readonly<Record<Standing, CommitStatus['state']>> = {
  invalid: 'failure',
  naming: 'pending',
  waiting: 'pending',
  held: 'pending',
  ready: 'success',
  none: 'success',
  failed: 'failure',
  'going-on': 'success',
  done: 'success',
};

/** How many of what the standing speaks of. */
function countOf(report: Report, standing: Standing): number {
  const requests = requestsOf(report);
  if (standing === 'invalid' || standing === 'naming') return errorsOf(report).length;
  if (standing === 'held') return requests.filter(isBlocked).length;
  const state = standing === 'failed' ? 'failed' : 'waiting-approval';
  return requests.filter((request) => request.state === state).length;
}

/** The standing in words, with its count. */
export function standingText(report: Report): Text {
  const standing = standingOf(report);
  return tell(`status.${standing}`, { n: countOf(report, standing) });
}

/** The commit status of a report. */
export const statusOf = (report: Report, lang: Lang): CommitStatus => ({
  context: 'layanan',
  state: STATES[standingOf(report)],
  description: standingText(report)[lang].slice(0, 140),
});
