import type { Change } from '../../core/resource.ts';
import { bytesOf, fitting } from './budget.ts';
import { changeRows } from './change-rows.ts';
import { cell, code, fenced, inline, link } from './escape.ts';
import { requestDetail, requestRow } from './markdown-request.ts';
import { deletesFirst, shownRequests, worstFirst } from './order.ts';
import { changesOf, confirmation, findingsOf, requestsOf } from './parts.ts';
import type { Listing, Report } from './report.ts';
import { requestListing } from './request-listing.ts';
import { say, type TextKey } from './texts.ts';
import { type Verdict, verdictOf } from './verdict.ts';
import type { ViewOptions } from './view.ts';

export const MARKS: Readonly<Record<Verdict['level'], string>> = { ok: '✅', waiting: '⏳', error: '❌' };

/** The mark and the verdict, in bold. */
export function verdictLine(report: Report, { lang }: ViewOptions): string {
  const verdict = verdictOf(report);
  return verdict === null ? '' : `${MARKS[verdict.level]} **${verdict.text[lang]}**`;
}

/** As many parts as fit, and a line that counts the others. */
export function fittingLines(parts: readonly string[], room: number, key: TextKey, { lang }: ViewOptions): string {
  const { kept, left } = fitting(parts, room);
  return [...kept, ...(left === 0 ? [] : [`\n_${say(key, { n: left })[lang]}_`])].join('\n').trim();
}

/** Findings, worst first, each with a link to its line; unfolded, for they are what has to be mended. */
export function findingsSection(report: Report, options: ViewOptions, room: number): string {
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
  return `<details open>\n${summary}\n\n${fittingLines(items, room, 'left.findings', options)}\n\n</details>`;
}

/** A table with as many rows as fit. */
export function table(header: readonly string[], rows: readonly string[], room: number, options: ViewOptions): string {
  const head = [`| ${header.join(' | ')} |`, `|${'---|'.repeat(header.length)}`].join('\n');
  return `${head}\n${fittingLines(rows, room - bytesOf(head), 'left.rows', options)}`;
}

/** The table of requests, and how many are unchanged. */
export function requestsSection(report: Report, options: ViewOptions, room: number): string {
  const shown = shownRequests(report);
  const unchanged = requestsOf(report).length - shown.length;
  const count = unchanged === 0 ? '' : say('counts.unchanged', { n: unchanged })[options.lang];
  // They stand in the listing, one line each.
  if (shown.length === 0 || report.kind === 'status') return count;
  const keys = ['request', 'item', 'change', 'approver', 'norm', 'next'] as const;
  const header = keys.map((key) => say(`column.${key}`)[options.lang]);
  const rows = shown.map((request) => requestRow(request, options));
  return [table(header, rows, room, options), count].filter(Boolean).join('\n\n');
}

function listingOf(report: Report): Listing | undefined {
  if (report.kind === 'status') return requestListing(shownRequests(report));
  return report.kind === 'list' ? report.listing : undefined;
}

/** A generic table. */
export function listingSection(report: Report, options: ViewOptions, room: number): string {
  const listing = listingOf(report);
  if (listing === undefined) return '';
  if (listing.rows.length === 0) return `_${say('listing.empty')[options.lang]}_`;
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

/** Folded blocks of the requests shown: before and after, held, outcomes. */
export const detailsSection = (report: Report, options: ViewOptions, room: number): string =>
  fittingLines(
    shownRequests(report)
      .map((one) => requestDetail(one, options))
      .filter(Boolean),
    room,
    'left.details',
    options,
  );

/** The differences as programs see them, all or none of them. */
export function rawSection(report: Report, { lang }: ViewOptions, room: number): string {
  const changes: readonly Change[] = deletesFirst(changesOf(report));
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

/** What to type, with the digest that it confirms. */
export function confirmLine(report: Report, { lang }: ViewOptions): string {
  const confirm = confirmation(report);
  if (confirm === undefined) return '';
  return say(confirm.text, { digest: code(confirm.digest), command: code(confirm.command) })[lang];
}
