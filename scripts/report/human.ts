import type { Text } from '../../core/finding.ts';
import { inert, visible } from './escape.ts';
import { humanFindings } from './human-findings.ts';
import { humanChange, humanRequest } from './human-request.ts';
import { aligned, wrap } from './layout.ts';
import { deletesFirst, shownRequests } from './order.ts';
import { type Colour, type Paint, paintWith } from './paint.ts';
import type { Listing, Report } from './report.ts';
import { requestListing } from './request-listing.ts';
import { heldText } from './request-texts.ts';
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
    ...humanFindings(report.findings, options, paint),
    ...requestBlocks(report, options, paint),
    ...(report.listing === undefined ? [] : [listingBlock(report.listing, options, paint)]),
    ...(report.notes ?? []).map((note) => wrap(visible(note[options.lang]), options.width ?? 100).join('\n')),
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

/** The requests with their changes; a plan without requests is shown by resource. */
function requestBlocks(report: Report, options: ViewOptions, paint: Paint): readonly string[] {
  const { lang, messages } = options;
  if (report.requests === undefined) {
    const changes = deletesFirst(report.plan?.changes ?? []).map((one) => humanChange(one, options, paint).join('\n'));
    const held = (report.plan?.held ?? []).map((one) => `  ${visible(heldText(messages, one)[lang])}`);
    return [...changes, held.join('\n')];
  }
  const shown = shownRequests(report);
  if (report.requestsAs === 'list') return [listingBlock(requestListing(shown), options, paint)];
  const unchanged = report.requests.length - shown.length;
  return [
    ...shown.map((request) => humanRequest(request, options, paint)),
    unchanged === 0 ? '' : paint('dim', say('counts.unchanged', { n: unchanged })[lang]),
  ];
}

function listingBlock(listing: Listing, { lang, width = 100 }: ViewOptions, paint: Paint): string {
  const text = (cell: string | Text) => visible(typeof cell === 'string' ? cell : cell[lang], 300);
  const rows = [listing.columns, ...listing.rows.map((row) => row.cells)].map((row) => row.map(text));
  const [first = '', ...rest] = aligned(rows, width);
  return [paint('bold', first), ...rest].join('\n');
}

/** The plan's counts and digest at the end, where a reader of a long plan is. */
function planLine(report: Report, { lang }: ViewOptions): string {
  if (report.plan === undefined || report.plan.changes.length === 0) return '';
  return `${say('verdict.plan', { counts: planCounts(summarise(report)) })[lang]} [${report.plan.digest.slice(0, 12)}]`;
}
