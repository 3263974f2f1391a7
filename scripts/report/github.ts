import type { Finding, Severity } from '../../core/finding.ts';
import { commandData, commandProperty } from './escape.ts';
import { worstFirst } from './order.ts';
import { findingsOf } from './parts.ts';
import { say } from './texts.ts';
import type { View, ViewOptions } from './view.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** GitHub shows at most 10 annotations of each level from one step and drops the rest silently. */
const MOST = 10;

/**
 * Workflow commands that annotate the lines of findings, worst first. Where there are more than GitHub shows, notices
 * say how many; they count among the notices.
 */
export const github: View = (report, { lang }) => {
  const findings = worstFirst(findingsOf(report));
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity);
  const overflow = (['error', 'warning'] as const).flatMap((severity) =>
    left(severity, of(severity).length - MOST, lang),
  );
  const infos = of('info');
  const room = MOST - overflow.length;
  const shownInfos = infos.length > room ? room - 1 : infos.length;
  const lines = [...of('error').slice(0, MOST), ...of('warning').slice(0, MOST), ...infos.slice(0, shownInfos)].map(
    (finding) => annotation(finding, lang),
  );
  return [...lines, ...overflow, ...left('info', infos.length - shownInfos, lang)].map((line) => `${line}\n`).join('');
};

function annotation(finding: Finding, lang: ViewOptions['lang']): string {
  const properties = [
    `file=${commandProperty(finding.file)}`,
    `line=${finding.line}`,
    `col=${finding.column}`,
    `title=${commandProperty(finding.code)}`,
  ];
  const suggestion = finding.suggestion === undefined ? [] : [`${say('suggestion')[lang]}: ${finding.suggestion}`];
  return `::${COMMANDS[finding.severity]} ${properties.join(',')}::${commandData(finding.message[lang], ...suggestion)}`;
}

function left(severity: Severity, n: number, lang: ViewOptions['lang']): readonly string[] {
  if (n <= 0) return [];
  const text = say('left.annotations', { n, severity: say(`severity.${severity}`) })[lang];
  return [`::notice title=layanan::${commandData(text)}`];
}
