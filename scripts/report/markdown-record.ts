import { cell, code, inline } from './escape.ts';
import { fittingLines } from './markdown-sections.ts';
import type { Report } from './report.ts';
import { say } from './texts.ts';
import type { ViewOptions } from './view.ts';
import { fieldText, resourceText, valueText } from './words.ts';

const LONGEST = 300;

/** What `show` knows besides: whether norms were met, the objects at the targets with their fields, and the history. */
export function recordSection(report: Report, options: ViewOptions, room: number): string {
  if (report.kind !== 'show' || report.record === undefined) return '';
  const { lang } = options;
  const { objects, events } = report.record;
  const norms = report.requests.flatMap((request) => request.times?.norms ?? []);
  const parts = [
    ...norms.map((norm) => `- ${inline(norm.text[lang], LONGEST)}`),
    ...(objects.length === 0 ? [] : [`\n**${say('section.objects')[lang]}**\n`]),
    ...objects.map((object) => objectTable(object, lang)),
    ...(events.length === 0 ? [] : [`\n**${say('section.events')[lang]}**\n`]),
    ...events.map(({ local, text }) => `- ${local.slice(0, 16).replace('T', ' ')} ${inline(text[lang], LONGEST)}`),
  ];
  return fittingLines(parts, room, 'left.details', options);
}

type Shown = NonNullable<Extract<Report, { kind: 'show' }>['record']>['objects'][number];

function objectTable(object: Shown, lang: ViewOptions['lang']): string {
  const waits = object.phase === 'ready' ? '' : ` (${inline(object.phase.waitsFor, LONGEST)})`;
  const rows = Object.entries(object.fields).map(
    ([name, value]) =>
      `| ${cell(fieldText(object.kind, name)[lang])} | ${code(valueText(object.kind, value)[lang], LONGEST)} |`,
  );
  const head = `- ${inline(resourceText(object)[lang], LONGEST)}${waits}\n`;
  if (rows.length === 0) return head;
  const header = `| ${say('column.field')[lang]} | ${say('column.value')[lang]} |\n|---|---|`;
  return `${head}\n${header}\n${rows.join('\n')}\n`;
}
