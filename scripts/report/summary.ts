import type { Change, Outcome } from '../../core/resource.ts';
import type { Report } from './report.ts';

/** How many of each; what a verdict and a CI job read. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly create: number;
  readonly adopt: number;
  readonly update: number;
  readonly delete: number;
  readonly held: number;
  readonly done: number;
  readonly failed: number;
  readonly unknown: number;
}

/** The run's outcomes: of the whole run where it has them, else those of its requests. */
export const outcomesOf = (report: Report): readonly Outcome[] =>
  report.outcomes ?? (report.requests ?? []).flatMap((request) => request.outcomes);

/** The run's changes: of the plan where there is one, else those of its requests. */
export const changesOf = (report: Report): readonly Change[] =>
  report.plan?.changes ?? (report.requests ?? []).flatMap((request) => request.changes);

/** Counts what a report holds. */
export function summarise(report: Report): Summary {
  const severity = (wanted: string) => report.findings.filter((finding) => finding.severity === wanted).length;
  const action = (wanted: string) => changesOf(report).filter((change) => change.action === wanted).length;
  const result = (wanted: string) => outcomesOf(report).filter((outcome) => outcome.result === wanted).length;
  return {
    errors: severity('error'),
    warnings: severity('warning'),
    infos: severity('info'),
    create: action('create'),
    adopt: action('adopt'),
    update: action('update'),
    delete: action('delete'),
    held: (report.plan?.held ?? (report.requests ?? []).flatMap((request) => request.held)).length,
    done: result('done'),
    failed: result('failed'),
    unknown: result('unknown'),
  };
}
