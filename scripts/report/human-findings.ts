import type { Finding } from '../../core/finding.ts';
import { visible } from './escape.ts';
import { excerptOf } from './excerpt.ts';
import { wrap } from './layout.ts';
import { byFile } from './order.ts';
import type { Colour, Paint } from './paint.ts';
import { say } from './texts.ts';
import type { ViewOptions } from './view.ts';

const COLOURS: Readonly<Record<Finding['severity'], Colour>> = { error: 'red', warning: 'yellow', info: 'cyan' };

/** Findings by file, each with its line of the source and a caret where the source is given and may be shown. */
export function humanFindings(findings: readonly Finding[], options: ViewOptions, paint: Paint): readonly string[] {
  return [...byFile(findings)].map(([file, own]) => {
    const lines = options.sources?.get(file)?.split(/\r\n|\r|\n/);
    const hidden = new Set(own.filter((finding) => finding.private).map((finding) => finding.line));
    const shown = (line: number) => (hidden.has(line) ? undefined : lines?.[line - 1]);
    return [
      paint('bold', visible(file)),
      ...own.flatMap((finding) => findingLines(finding, shown(finding.line), options, paint)),
    ].join('\n');
  });
}

function findingLines(finding: Finding, source: string | undefined, options: ViewOptions, paint: Paint): string[] {
  const { lang, width = 100 } = options;
  const place = `${finding.line}:${finding.column}`;
  const severity = say(`severity.${finding.severity}`)[lang];
  const lead = `  ${place}  ${severity}  `;
  const [first = '', ...more] = wrap(
    `${visible(finding.message[lang])} [${visible(finding.code)}]`,
    width - lead.length,
  );
  const lines = [
    `  ${paint('dim', place)}  ${paint(COLOURS[finding.severity], severity)}  ${first}`,
    ...more.map((line) => ' '.repeat(lead.length) + line),
  ];
  if (source !== undefined) {
    const number = String(finding.line);
    const excerpt = excerptOf(source, finding.column, width - number.length - 7);
    lines.push(`    ${paint('dim', `${number} |`)} ${excerpt.text}`);
    lines.push(`    ${' '.repeat(number.length)} ${paint('dim', '|')} ${paint('red', excerpt.caret)}`);
  }
  if (finding.suggestion !== undefined)
    lines.push(`    ${paint('green', `${say('suggestion')[lang]}: ${visible(finding.suggestion)}`)}`);
  return lines;
}
