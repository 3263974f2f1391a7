import type { Text } from '../../core/finding.ts';
import { findingsOf, outcomesOf, requestsOf } from './parts.ts';
import type { Report } from './report.ts';
import { type Summary, summarise } from './summary.ts';
import { say } from './texts.ts';

/** The one line that comes first: what the run means for its reader. */
export interface Verdict {
  readonly level: 'ok' | 'waiting' | 'error';
  readonly text: Text;
}

/** `3 to create, 1 to update, 0 to delete, 2 held`. */
export function planCounts(summary: Summary): Text {
  const counts = say('counts.plan', { ...summary });
  if (summary.adopt === 0) return counts;
  const adopt = say('counts.adopt', { n: summary.adopt });
  return { id: `${counts.id}, ${adopt.id}`, en: `${counts.en}, ${adopt.en}` };
}

/** What the run means, or null for a command that only lists or explains. */
export function verdictOf(report: Report): Verdict | null {
  const summary = summarise(report);
  const faults = faultTexts(report, summary);
  const open = openTexts(report, summary);
  const texts = [...faults, ...progressTexts(summary), ...open];
  if (texts.length === 0) texts.push(...quietTexts(report));
  if (summary.warnings > 0) texts.push(say('counts.warnings', { n: summary.warnings }));
  if (texts.length === 0) return null;
  const level = faults.length > 0 ? 'error' : open.length > 0 ? 'waiting' : 'ok';
  const join = (lang: keyof Text) => texts.map((text) => text[lang]).join('; ');
  return { level, text: { id: join('id'), en: join('en') } };
}

const when = (count: number, text: () => Text): Text[] => (count > 0 ? [text()] : []);

function faultTexts(report: Report, summary: Summary): Text[] {
  const of = outcomesOf(report).length;
  const errors = findingsOf(report).filter((finding) => finding.severity === 'error');
  const files = new Set(errors.map((finding) => finding.file)).size;
  return [
    ...when(summary.failed, () => say('verdict.failed', { n: summary.failed, of })),
    ...when(summary.unknown, () => say('verdict.unknown', { n: summary.unknown, of })),
    ...when(summary.errors, () => say('verdict.errors', { n: summary.errors, files })),
  ];
}

const changed = (summary: Summary): number => summary.create + summary.adopt + summary.update + summary.delete;

/** What was done, or before that what would be. */
function progressTexts(summary: Summary): Text[] {
  if (summary.done + summary.failed + summary.unknown > 0)
    return when(summary.done, () => say('verdict.done', { n: summary.done }));
  return when(changed(summary), () => say('verdict.plan', { counts: planCounts(summary) }));
}

/** What keeps the run from being finished, apart from faults. */
function openTexts(report: Report, summary: Summary): Text[] {
  const inState = (state: string) => requestsOf(report).filter((request) => request.state === state).length;
  const approvals = inState('waiting-approval');
  const waiting = inState('waiting');
  const counted = changed(summary) > 0 && summary.done === 0;
  return [
    ...when(approvals, () => say('verdict.approval', { n: approvals })),
    ...when(counted ? 0 : summary.held, () => say('verdict.held', { n: summary.held })),
    ...when(waiting, () => say('verdict.waiting', { n: waiting })),
  ];
}

function quietTexts(report: Report): Text[] {
  switch (report.kind) {
    case 'check':
      return [say('verdict.valid', { n: report.checked })];
    case 'list':
    case 'text':
      return [];
    default:
      return [say('verdict.nothing')];
  }
}
