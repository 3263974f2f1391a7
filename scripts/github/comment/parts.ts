import { cell, code, inline, link } from '../../report/escape.ts';
import { MARKS, table } from '../../report/markdown-sections.ts';
import { shownRequests } from '../../report/order.ts';
import type { Report } from '../../report/report.ts';
import { say } from '../../report/texts.ts';
import type { Lang, ViewOptions } from '../../report/view.ts';
import { fold } from './fold.ts';
import type { CommentRecord } from './marker.ts';
import { momentText } from './moment.ts';
import type { QuotaRow } from './quotas.ts';
import { standingOf } from './status.ts';
import { quotaText, tell } from './texts.ts';

const MOST_NEXT = 2;

/** What has to happen next, and who does it: the steps of all requests, each once. */
export function nextLine(report: Report, lang: Lang): string {
  const none = say('next.none')[lang];
  const own = shownRequests(report).map((request) => request.next[lang]);
  const first = standingOf(report) === 'invalid' ? [say('next.invalid')[lang]] : [];
  const steps = [...new Set([...first, ...own])].filter((one) => one !== none);
  if (steps.length === 0) return '';
  const named = steps.slice(0, MOST_NEXT).map((step) => inline(step, 300));
  const more = steps.length > MOST_NEXT ? [tell('next.more', { n: steps.length - MOST_NEXT })[lang]] : [];
  return `**${tell('next.line')[lang]}:** ${[...named, ...more].join('; ')}`;
}

/** Quotas that the pull request touches: how many there are, were used, are asked, would be left. */
export function quotaSection(rows: readonly QuotaRow[], room: number, options: ViewOptions): string {
  if (rows.length === 0) return '';
  const { lang } = options;
  const header = (['unit', 'quota', 'used', 'asked', 'left'] as const).map((key) => tell(`column.${key}`)[lang]);
  const lines = rows.map(({ unit, key, limit, used, asked, left }) => {
    const quota = tell('quota.of', { key: quotaText(key), limit })[lang];
    const after = left < 0 ? `**${left}**` : left;
    return `| ${[cell(unit), cell(quota), used, asked > 0 ? `+${asked}` : asked, after].join(' | ')} |`;
  });
  return `**${tell('section.quota')[lang]}**\n\n${table(header, lines, room, options)}`;
}

/** The last runs, folded, the latest first: when, of which commit, with which verdict. */
export function historySection({ runs }: CommentRecord, zone: string, lang: Lang): string {
  if (runs.length < 2) return '';
  const lines = runs.toReversed().map(({ at, head, level, text }) => {
    const moment = cell(momentText(at, zone));
    return `- ${moment}, ${code(head.slice(0, 7))}: ${MARKS[level]} ${inline(text, 200)}`;
  });
  return fold(tell('section.history')[lang], lines.join('\n'));
}

/** Where the page comes from, in small print. */
export interface Foot {
  readonly head: string;
  readonly digest?: string;
  /** When the published reading was taken, ISO 8601. */
  readonly readAt?: string;
  readonly summaryUrl?: string;
  readonly isCut: boolean;
}

export function footSection({ head, digest, readAt, summaryUrl, isCut }: Foot, zone: string, lang: Lang): string {
  const summary = tell('foot.summary')[lang];
  const parts = [
    tell('foot.commit', { head: code(head.slice(0, 7)) })[lang],
    ...(digest === undefined ? [] : [tell('foot.plan', { digest: code(digest.slice(0, 12)) })[lang]]),
    ...(readAt === undefined ? [] : [tell('foot.read', { at: momentText(readAt, zone) })[lang]]),
    ...(isCut ? [tell('foot.cut')[lang]] : []),
    ...(summaryUrl === undefined ? [] : [link(summary, summaryUrl)]),
  ];
  return `<sub>${parts.join(' · ')}</sub>`;
}
