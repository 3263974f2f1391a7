import type { Messages } from '../../../core/finding.ts';
import type { Id, RequestId } from '../../../core/resource.ts';
import { bytesOf, COMMENT_BUDGET, SUMMARY_BUDGET } from '../../report/budget.ts';
import { cell, code, link } from '../../report/escape.ts';
import { findingsSection, requestsSection, table } from '../../report/markdown-sections.ts';
import { page, type Section } from '../../report/page.ts';
import type { ApplyReport } from '../../report/report.ts';
import type { Lang, ViewOptions } from '../../report/view.ts';
import { resourceText } from '../../report/words.ts';
import { englishSection, foldedDetails, type Rendered } from './comment.ts';
import { headline } from './headline.ts';
import { type CommentKey, EMPTY_RECORD, markerOf } from './marker.ts';
import { momentText } from './moment.ts';
import { footSection, nextLine } from './parts.ts';
import { tell } from './texts.ts';

/** A sealed file as it may be told of: where it is fetched, whose key opens it, when it ends. Nothing of what is in it. */
export interface HandoverNote {
  readonly request: RequestId;
  readonly object: Id;
  readonly url: string;
  /** Name of the key: the person who registered it. */
  readonly key: string;
  /** ISO 8601, UTC. */
  readonly until: string;
}

export interface OutcomeInput {
  readonly key: Omit<CommentKey, 'kind'>;
  readonly report: ApplyReport;
  readonly handovers: readonly HandoverNote[];
  readonly messages: Messages;
  /** The merged commit. */
  readonly head: string;
  readonly zone: string;
  readonly linkTo?: (file: string, line: number) => string;
  readonly summaryUrl?: string;
  readonly lang: Lang;
}

/** What became of a merged pull request: results per item; a run that goes on where this one ended edits it. */
export function renderOutcome(input: OutcomeInput): Omit<Rendered, 'record'> {
  const marker = markerOf({ ...input.key, kind: 'outcome' }, EMPTY_RECORD);
  const room = COMMENT_BUDGET - bytesOf(marker) - 1;
  const summary = page(sectionsOf(input, false), SUMMARY_BUDGET);
  const isCut = page(sectionsOf(input, false), room) !== summary;
  return { body: `${marker}\n${isCut ? page(sectionsOf(input, true), room) : summary}`, summary, isCut };
}

function sectionsOf(input: OutcomeInput, isCut: boolean): readonly Section[] {
  const { messages, zone, lang, head, summaryUrl } = input;
  const report = withoutFiles(input.report);
  const options: ViewOptions = { lang, messages, ...(input.linkTo ? { linkTo: input.linkTo } : {}) };
  const section = (rank: number, render: Section['render']): Section => ({ rank, render });
  const foot = { head, isCut, ...(summaryUrl === undefined ? {} : { summaryUrl }) };
  return [
    section(0, () => headline(report, lang)),
    section(1, () => nextLine(report, lang)),
    section(5, (room) => requestsSection(report, options, room)),
    section(3, (room) => handoverSection(input, options, Math.floor(room / 2))),
    section(4, (room) => findingsSection(report, options, Math.floor(room * 0.6))),
    section(6, (room) => foldedDetails(report, options, room)),
    section(7, (room) => (lang === 'id' ? englishSection(report, options, room) : '')),
    section(2, () => footSection(foot, zone, lang)),
  ];
}

/** A path in the store of the machine that applied helps nobody; what is told of it stands in the table. */
function withoutFiles(report: ApplyReport): ApplyReport {
  const requests = report.requests.map((request) => ({
    ...request,
    outcomes: request.outcomes.map(({ handover: _, ...outcome }) => outcome),
  }));
  return { ...report, requests };
}

function handoverSection({ handovers, zone, lang }: OutcomeInput, options: ViewOptions, room: number): string {
  if (handovers.length === 0) return '';
  const header = (['object', 'file', 'key', 'until'] as const).map((key) => tell(`column.${key}`)[lang]);
  const rows = handovers.map(({ request, object, url, key, until }) => {
    const cells = [cell(resourceText(object)[lang]), link(request, url), code(key), cell(momentText(until, zone))];
    return `| ${cells.join(' | ')} |`;
  });
  const title = `**${tell('section.handover')[lang]}**. ${tell('handover.how')[lang]}`;
  return `${title}\n\n${table(header, rows, room, options)}`;
}
