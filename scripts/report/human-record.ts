import { visible } from './escape.ts';
import { aligned } from './layout.ts';
import type { Paint } from './paint.ts';
import type { RequestRecord } from './report.ts';
import { say } from './texts.ts';
import type { ViewOptions } from './view.ts';
import { fieldText, resourceText, valueText } from './words.ts';

const LONGEST = 300;

/** The objects of a request with their fields, and its history; nothing where there is none. */
export function recordBlocks(
  record: RequestRecord | undefined,
  { lang, width = 100 }: ViewOptions,
  paint: Paint,
): readonly string[] {
  if (record === undefined) return [];
  const text = (value: string) => visible(value, LONGEST);
  const objects = record.objects.map((object) => {
    const { kind, fields, phase } = object;
    const waits = phase === 'ready' ? '' : ` (${text(phase.waitsFor)})`;
    const rows = Object.entries(fields).map(([name, value]) => [
      text(fieldText(kind, name)[lang]),
      text(valueText(kind, value)[lang]),
    ]);
    const table = rows.length === 0 ? [] : aligned(rows, width - 4).map((line) => `    ${line}`);
    return [`  ${text(resourceText(object)[lang])}${waits}`, ...table].join('\n');
  });
  const events = record.events.map(({ local, text: said }) => [local.slice(0, 16).replace('T', ' '), text(said[lang])]);
  const block = (key: 'section.objects' | 'section.events', lines: readonly string[]) =>
    lines.length === 0 ? [] : [[paint('bold', say(key)[lang]), ...lines].join('\n')];
  const told = events.length === 0 ? [] : aligned(events, width - 2).map((line) => `  ${line}`);
  return [...block('section.objects', objects), ...block('section.events', told)];
}
