import { changesOf, findingsOf, heldOf, outcomesOf } from './parts.ts';
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

/** Counts what a report holds. */
export function summarise(report: Report): Summary {
  const severity = (wanted: string) => findingsOf(report).filter((finding) => finding.severity === wanted).length;
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
    held: heldOf(report).length,
    done: result('done'),
    failed: result('failed'),
    unknown: result('unknown'),
  };
}
