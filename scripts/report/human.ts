import type { Text } from '../../core/finding.ts';
import { inert, visible } from './escape.ts';
import { humanFindings } from './human-findings.ts';
import { recordBlocks } from './human-record.ts';
import { humanRequest } from './human-request.ts';
import { aligned, wrap } from './layout.ts';
import { shownRequests } from './order.ts';
import { type Colour, type Paint, paintWith } from './paint.ts';
import { confirmation, findingsOf, notesOf, requestsOf } from './parts.ts';
import type { Listing, Report } from './report.ts';
import { requestListing } from './request-listing.ts';
import { summarise } from './summary.ts';
import { say } from './texts.ts';
import { planCounts, type Verdict, verdictOf } from './verdict.ts';
import type { View, ViewOptions } from './view.ts';

const MARKS: Readonly<Record<Verdict['level'], readonly [string, Colour]>> = {
  ok: ['✓', 'green'],
  waiting: ['…', 'yellow'],
  error: ['✗', 'red'],
};

/** For a terminal: verdict first, then findings, requests, listings; safe to print in a CI log too. */
export const human: View = (report, options) => {
  const paint = paintWith(options.colour === true);
  const blocks = [
    verdictLine(report, options, paint),
    ...humanFindings(findingsOf(report), options, paint),
    ...bodyBlocks(report, options, paint),
    ...notesOf(report).map((note) => wrap(visible(note[options.lang]), options.width ?? 100).join('\n')),
    planLine(report, options),
  ].filter((block) => block !== '');
  return blocks.length === 0 ? '' : inert(`${blocks.join('\n\n')}\n`);
};

function verdictLine(report: Report, { lang }: ViewOptions, paint: Paint): string {
  const verdict = verdictOf(report);
  if (verdict === null) return '';
  const [mark, colour] = MARKS[verdict.level];
  return paint(colour, `${mark} ${verdict.text[lang]}`);
}

function bodyBlocks(report: Report, options: ViewOptions, paint: Paint): readonly string[] {
  switch (report.kind) {
    case 'list':
      return [listingBlock(report.listing, options, paint)];
    case 'text':
      return [];
    case 'status':
      return [listingBlock(requestListing(shownRequests(report)), options, paint)];
    case 'show':
      return [...requestBlocks(report, options, paint), ...recordBlocks(report.record, options, paint)];
    default:
      return requestBlocks(report, options, paint);
  }
}

/** Each request with its changes, the unchanged ones as a count. */
function requestBlocks(report: Report, options: ViewOptions, paint: Paint): readonly string[] {
  const shown = shownRequests(report);
  const unchanged = requestsOf(report).length - shown.length;
  return [
    ...shown.map((request) => humanRequest(request, options, paint)),
    unchanged === 0 ? '' : paint('dim', say('counts.unchanged', { n: unchanged })[options.lang]),
  ];
}

function listingBlock(listing: Listing, { lang, width = 100 }: ViewOptions, paint: Paint): string {
  const text = (cell: string | Text) => visible(typeof cell === 'string' ? cell : cell[lang], 300);
  const rows = [listing.columns, ...listing.rows.map((row) => row.cells)].map((row) => row.map(text));
  const [first = '', ...rest] = aligned(rows, width);
  return [paint('bold', first), ...(rest.length === 0 ? [say('listing.empty')[lang]] : rest)].join('\n');
}

/** The plan's counts and digest at the end, where a reader of a long plan is. */
function planLine(report: Report, { lang }: ViewOptions): string {
  if (!('plan' in report)) return '';
  const { text, ...confirm } = confirmation(report) ?? {};
  const next = text === undefined ? [] : [say(text, confirm)[lang]];
  if (report.plan.changes.length === 0) return next.join('');
  const counts = say('verdict.plan', { counts: planCounts(summarise(report)) })[lang];
  return [`${counts} [${report.plan.digest.slice(0, 12)}]`, ...next].join('\n');
}
