import type { Change } from '../../core/resource.ts';
import { bytesOf, COMMENT_BUDGET, fitting } from './budget.ts';
import { changeRows } from './change-rows.ts';
import { cell, code, fenced, inert, inline, link } from './escape.ts';
import { requestDetail, requestRow } from './markdown-request.ts';
import { deletesFirst, shownRequests, worstFirst } from './order.ts';
import { changesOf, findingsOf, notesOf, requestsOf } from './parts.ts';
import type { Report } from './report.ts';
import { say, type TextKey } from './texts.ts';
import { type Verdict, verdictOf } from './verdict.ts';
import type { View, ViewOptions } from './view.ts';

const MARKS: Readonly<Record<Verdict['level'], string>> = { ok: '✅', waiting: '⏳', error: '❌' };

/** Kept for the lines that say what was left out, and for blank lines between sections. */
const RESERVE = 1500;

/** A part of the page: what it is with so much room. Sections stand in the order of their importance. */
type Section = (room: number) => string;

/**
 * A pull request comment or a job summary: verdict, findings, table of requests, then folded detail and the raw
 * difference. Over its budget the raw difference goes first, then detail, then rows; what is left out is counted.
 */
export const markdown: View = (report, options) => {
  const shown = shownRequests(report);
  const requests = requestsSection(report, options, Number.POSITIVE_INFINITY);
  const sections: readonly Section[] = [
    () => verdictLine(report, options),
    (room) => findingsSection(report, options, Math.max(Math.floor(room * 0.6), room - bytesOf(requests))),
    (room) => requestsSection(report, options, room),
    (room) => listingSection(report, options, room),
    (room) =>
      lines(
        notesOf(report).map((note) => `${inline(note[options.lang], 5000)}\n`),
        room,
        'left.rows',
        options,
      ),
    (room) => lines(shown.map((one) => requestDetail(one, options)).filter(Boolean), room, 'left.details', options),
    (room) => rawSection(deletesFirst(changesOf(report)), options, room),
  ];
  let room = (options.budget ?? COMMENT_BUDGET) - RESERVE;
  const parts: string[] = [];
  for (const section of sections) {
    const part = inert(section(Math.max(0, room)));
    if (part === '') continue;
    parts.push(part);
    room -= bytesOf(part) + 2;
  }
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
};

function verdictLine(report: Report, { lang }: ViewOptions): string {
  const verdict = verdictOf(report);
  return verdict === null ? '' : `${MARKS[verdict.level]} **${verdict.text[lang]}**`;
}

/** As many parts as fit, and a line that counts the others. */
function lines(parts: readonly string[], room: number, key: TextKey, { lang }: ViewOptions): string {
  const { kept, left } = fitting(parts, room);
  return [...kept, ...(left === 0 ? [] : [`\n_${say(key, { n: left })[lang]}_`])].join('\n').trim();
}

function findingsSection(report: Report, options: ViewOptions, room: number): string {
  const { lang, linkTo } = options;
  const findings = findingsOf(report);
  if (findings.length === 0) return '';
  const items = worstFirst(findings).map((finding) => {
    const label = `${finding.file}:${finding.line}:${finding.column}`;
    const place = linkTo === undefined ? code(label, 300) : link(label, linkTo(finding.file, finding.line));
    const hint =
      finding.suggestion === undefined ? '' : `<br>${say('suggestion')[lang]}: ${code(finding.suggestion, 300)}`;
    const severity = say(`severity.${finding.severity}`)[lang];
    return `- **${severity}** ${place} ${inline(finding.message[lang], 600)} (${code(finding.code)})${hint}`;
  });
  const summary = `<summary>${say('section.findings')[lang]}: ${items.length}</summary>`;
  return `<details open>\n${summary}\n\n${lines(items, room, 'left.findings', options)}\n\n</details>`;
}

function table(header: readonly string[], rows: readonly string[], room: number, options: ViewOptions): string {
  const head = [`| ${header.join(' | ')} |`, `|${'---|'.repeat(header.length)}`].join('\n');
  return `${head}\n${lines(rows, room - bytesOf(head), 'left.rows', options)}`;
}

function requestsSection(report: Report, options: ViewOptions, room: number): string {
  const shown = shownRequests(report);
  const unchanged = requestsOf(report).length - shown.length;
  const count = unchanged === 0 ? '' : say('counts.unchanged', { n: unchanged })[options.lang];
  if (shown.length === 0) return count;
  const keys = ['request', 'item', 'change', 'approver', 'norm', 'next'] as const;
  const header = keys.map((key) => say(`column.${key}`)[options.lang]);
  const rows = shown.map((request) => requestRow(request, options));
  return [table(header, rows, room, options), count].filter(Boolean).join('\n\n');
}

function listingSection(report: Report, options: ViewOptions, room: number): string {
  if (report.kind !== 'list') return '';
  const { listing } = report;
  const rows = listing.rows.map(
    ({ cells }) => `| ${cells.map((one) => cell(typeof one === 'string' ? one : one[options.lang])).join(' | ')} |`,
  );
  return table(
    listing.columns.map((column) => cell(column[options.lang])),
    rows,
    room,
    options,
  );
}

/** The differences as programs see them, all or none of them. */
function rawSection(changes: readonly Change[], { lang }: ViewOptions, room: number): string {
  if (changes.length === 0) return '';
  const diff = changes.flatMap((change) => [
    `# ${change.request} ${change.action} ${change.kind}:${change.key}`,
    ...changeRows(change).flatMap(({ field, before, after }) => [
      ...(before === undefined ? [] : [`- ${field}: ${JSON.stringify(before)}`]),
      ...(after === undefined ? [] : [`+ ${field}: ${JSON.stringify(after)}`]),
    ]),
  ]);
  const section = `<details>\n<summary>${say('section.raw')[lang]}</summary>\n\n${fenced('diff', diff)}\n\n</details>`;
  return bytesOf(section) <= room ? section : `_${say('left.raw')[lang]}_`;
}
