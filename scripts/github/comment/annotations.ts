import type { Finding, Severity } from '../../../core/finding.ts';
import { visible } from '../../report/escape.ts';
import { worstFirst } from '../../report/order.ts';
import { say } from '../../report/texts.ts';
import type { Lang } from '../../report/view.ts';
import { tell } from './texts.ts';

/** One annotation of a check run, as GitHub's API takes it. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column: number;
  readonly end_column: number;
  readonly annotation_level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

const LEVELS: Readonly<Record<Severity, Annotation['annotation_level']>> = {
  error: 'failure',
  warning: 'warning',
  info: 'notice',
};
/** GitHub shows 50 annotations of a job, and takes 50 in one request. */
const MOST = 50;

/** Annotations on the exact lines, worst first; where there are more, the last one says how many are in the summary. */
export function annotationsOf(findings: readonly Finding[], lang: Lang): readonly Annotation[] {
  const all = worstFirst(findings).map((finding) => annotationOf(finding, lang));
  const last = all[MOST - 1];
  if (all.length <= MOST || last === undefined) return all;
  const message = tell('left.annotations', { n: all.length - MOST + 1 })[lang];
  return [...all.slice(0, MOST - 1), { ...last, annotation_level: 'notice', title: 'layanan', message }];
}

function annotationOf({ file, line, column, code, severity, message, suggestion }: Finding, lang: Lang): Annotation {
  const hint = suggestion === undefined ? '' : `\n${say('suggestion')[lang]}: ${visible(suggestion)}`;
  return {
    path: file,
    start_line: line,
    end_line: line,
    start_column: column,
    end_column: column,
    annotation_level: LEVELS[severity],
    title: code,
    message: visible(message[lang]) + hint,
  };
}
