import type { Finding, Text } from '../../core/finding.ts';
import type { Change, Held, Outcome, Plan } from '../../core/resource.ts';
import type { Report, RequestReport } from './report.ts';

/** Parts that some kinds of report have, empty for the others; for what all kinds are counted and listed by. */
export const findingsOf = (report: Report): readonly Finding[] => ('findings' in report ? (report.findings ?? []) : []);

export const requestsOf = (report: Report): readonly RequestReport[] => ('requests' in report ? report.requests : []);

export const notesOf = (report: Report): readonly Text[] => ('notes' in report ? (report.notes ?? []) : []);

/** The run's outcomes. */
export const outcomesOf = (report: Report): readonly Outcome[] => (report.kind === 'apply' ? report.outcomes : []);

/** The run's changes: of the plan where there is one, else those of its requests. */
export const changesOf = (report: Report): readonly Change[] =>
  'plan' in report ? report.plan.changes : requestsOf(report).flatMap((request) => request.changes);

/** What the run held: of the plan where there is one, else of its requests. */
export const heldOf = (report: Report): readonly Held[] =>
  'plan' in report ? report.plan.held : requestsOf(report).flatMap((request) => request.held);

/** Digits of a plan's digest: as it is shown, and as it is typed. */
const SHOWN = 12;
const TYPED = 32;

/**
 * Whether there is something to confirm. A request that finds all as it wants it has no change, and is still to be
 * entered as fulfilled.
 */
export const isConfirmable = ({ changes }: Plan, requests: readonly RequestReport[]): boolean =>
  changes.length > 0 || requests.some((one) => one.state === 'ready');

interface Confirmation {
  /** How it is said. */
  readonly text: 'plan.digest' | 'plan.enter';
  readonly digest: string;
  readonly command: string;
}

/** The digest of a plan that can be confirmed, and the next command; undefined where there is nothing to confirm. */
export function confirmation(report: Report): Confirmation | undefined {
  if (report.kind !== 'plan' || !isConfirmable(report.plan, report.requests)) return undefined;
  const { digest, changes }: Plan = report.plan;
  return {
    text: changes.length > 0 ? 'plan.digest' : 'plan.enter',
    digest: digest.slice(0, SHOWN),
    command: `./scripts/layanan apply --confirm ${digest.slice(0, TYPED)}`,
  };
}
