import type { Finding, Severity } from '../../core/finding.ts';
import type { Change } from '../../core/resource.ts';
import { requestsOf } from './parts.ts';
import type { Report, RequestReport, RequestState } from './report.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
const ACTIONS: readonly Change['action'][] = ['delete', 'update', 'adopt', 'create'];
const STATES: readonly RequestState[] = [
  'failed',
  'invalid',
  'waiting-approval',
  'held',
  'waiting',
  'ready',
  'applied',
  'unchanged',
];

/** By code unit, so that every machine sorts alike. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byPlace = (a: Finding, b: Finding): number =>
  compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.code, b.code);

/** Findings, errors first; within a severity by place. */
export const worstFirst = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || byPlace(a, b));

/** Findings by file, files in order, each file's findings by place. */
export function byFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  return Map.groupBy([...findings].sort(byPlace), (finding) => finding.file);
}

/** Changes, deletes first: what takes away must not hide below what adds. */
export const deletesFirst = (changes: readonly Change[]): readonly Change[] =>
  [...changes].sort(
    (a, b) =>
      ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action) || compareText(a.kind, b.kind) || compareText(a.key, b.key),
  );

/** The requests to show: those with deletes first, then by state. The unchanged ones only where all were asked for. */
export function shownRequests(report: Report): readonly RequestReport[] {
  const deletes = (request: RequestReport) => (request.changes.some((change) => change.action === 'delete') ? 0 : 1);
  const all = report.kind === 'status' || report.kind === 'show';
  return requestsOf(report)
    .filter((request) => all || request.state !== 'unchanged')
    .sort(
      (a, b) => deletes(a) - deletes(b) || STATES.indexOf(a.state) - STATES.indexOf(b.state) || compareText(a.id, b.id),
    );
}
