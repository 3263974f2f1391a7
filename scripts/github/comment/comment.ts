import type { Messages } from '../../../core/finding.ts';
import type { Organisation } from '../../../core/organisation/organisation.ts';
import { bytesOf, COMMENT_BUDGET, SUMMARY_BUDGET } from '../../report/budget.ts';
import { detailsSection, findingsSection, rawSection, requestsSection } from '../../report/markdown-sections.ts';
import { shownRequests } from '../../report/order.ts';
import { page, type Section } from '../../report/page.ts';
import type { Report } from '../../report/report.ts';
import type { Lang, ViewOptions } from '../../report/view.ts';
import type { Evaluation } from '../approval/evaluate.ts';
import type { ApprovalEvent } from '../approval/facts.ts';
import { notCounted } from '../approval/not-counted.ts';
import { substanceOf } from '../approval/substance.ts';
import { approveSection, notCountedSection } from './approve-section.ts';
import { fold } from './fold.ts';
import { headline, headlineOf } from './headline.ts';
import { type CommentKey, type CommentRecord, markerOf, recorded } from './marker.ts';
import { footSection, historySection, nextLine, quotaSection } from './parts.ts';
import type { QuotaRow } from './quotas.ts';
import { withNaming } from './status.ts';
import { tell } from './texts.ts';

/** What a comment is made of: all plain data. */
export interface CommentInput {
  readonly key: Omit<CommentKey, 'kind'>;
  /** Of `check` or `plan`, with verdicts that count the pull request's events. */
  readonly report: Report;
  readonly evaluation: Pick<Evaluation, 'prepared' | 'remarks'>;
  readonly events: readonly ApprovalEvent[];
  readonly organisation: Organisation;
  readonly messages: Messages;
  readonly quotas: readonly QuotaRow[];
  /** The pull request's head, 40 hexadecimal digits. */
  readonly head: string;
  /** Instant of the run, ISO 8601, UTC. */
  readonly at: string;
  /** IANA zone for people. */
  readonly zone: string;
  /** When the published reading was taken. */
  readonly readAt?: string;
  /** What the comment remembers from before this run. */
  readonly record: CommentRecord;
  readonly linkTo?: (file: string, line: number) => string;
  /** Page of the run, where the job summary is. */
  readonly summaryUrl?: string;
  /** `id` folds an English version in; `en` is English alone. */
  readonly lang: Lang;
}

/** The texts of one run, each within its limit. */
export interface Rendered {
  /** The sticky comment, its marker first. */
  readonly body: string;
  /** The job summary: the same without marker, up to 1 MB. */
  readonly summary: string;
  /** What the comment remembers after this run. */
  readonly record: CommentRecord;
  /** Whether something had to be left out of the comment. */
  readonly isCut: boolean;
}

/** The one comment of a pull request: verdict first, what to do next, the table; the rest folded. */
export function renderComment(input: CommentInput): Rendered {
  const { report, evaluation, events, head, at } = input;
  const { level, text } = headlineOf(report);
  const run = { at, head, level, text: text.id.slice(0, 300) };
  const record = recorded(input.record, { run, substance: substanceOf(evaluation.prepared), events });
  const marker = markerOf({ ...input.key, kind: 'comment' }, record);
  const room = COMMENT_BUDGET - bytesOf(marker) - 1;
  const summary = page(sectionsOf(input, record, false), SUMMARY_BUDGET);
  const isCut = page(sectionsOf(input, record, false), room) !== summary;
  const body = isCut ? page(sectionsOf(input, record, true), room) : summary;
  return { body: `${marker}\n${body}`, summary, record, isCut };
}

/** In the order in which they are read; the rank says which gets its room first. */
function sectionsOf(input: CommentInput, record: CommentRecord, isCut: boolean): readonly Section[] {
  const { evaluation, organisation, messages, quotas, zone, lang } = input;
  const report = withNaming(input.report);
  const options: ViewOptions = { lang, messages, ...(input.linkTo ? { linkTo: input.linkTo } : {}) };
  const refused = notCounted(evaluation, organisation, messages);
  const section = (rank: number, render: Section['render']): Section => ({ rank, render });
  return [
    section(0, () => headline(report, lang)),
    section(1, () => nextLine(report, lang)),
    section(5, (room) => requestsSection(report, options, room)),
    section(4, (room) => findingsSection(report, options, Math.floor(room * 0.6))),
    section(3, (room) => fitting(approveSection(evaluation.prepared, report, lang), room)),
    section(6, (room) => fitting(notCountedSection(refused, lang), room)),
    section(7, (room) => quotaSection(quotas, room, options)),
    section(9, (room) => foldedDetails(report, options, room)),
    section(11, (room) => rawSection(report, options, room)),
    section(10, (room) => (lang === 'id' ? englishSection(report, options, room) : '')),
    section(8, () => historySection(record, zone, lang)),
    section(2, () => footSection({ ...footOf(input), isCut }, zone, lang)),
  ];
}

const footOf = ({ head, report, readAt, summaryUrl }: CommentInput) => ({
  head,
  ...('plan' in report && report.plan.changes.length > 0 ? { digest: report.plan.digest } : {}),
  ...(readAt === undefined ? {} : { readAt }),
  ...(summaryUrl === undefined ? {} : { summaryUrl }),
});

const MOST_UNFOLDED = 3;

/** Each request has its fold; of many, all stand in one more. */
export function foldedDetails(report: Report, options: ViewOptions, room: number): string {
  const n = shownRequests(report).length;
  if (n <= MOST_UNFOLDED) return detailsSection(report, options, room);
  const details = detailsSection(report, options, room - 200);
  return details === '' ? '' : fold(tell('section.details', { n })[options.lang], details);
}

/** Whole or not at all. */
const fitting = (text: string, room: number): string => (bytesOf(text) <= room ? text : '');

const SMALLEST = 4000;

/** The same for engineers who read no Indonesian, as far as it fits. */
export function englishSection(report: Report, options: ViewOptions, room: number): string {
  if (room < SMALLEST) return '';
  const english: ViewOptions = { ...options, lang: 'en' };
  const renders: readonly Section['render'][] = [
    () => headline(report, 'en'),
    () => nextLine(report, 'en'),
    (left) => findingsSection(report, english, Math.floor(left * 0.6)),
    (left) => requestsSection(report, english, left),
  ];
  const content = page(
    renders.map((render, rank) => ({ rank, render })),
    room - 100,
  );
  return fold(tell('section.english').en, content.trimEnd());
}
