import type { Text } from '../../../core/finding.ts';
import { MARKS } from '../../report/markdown-sections.ts';
import type { Report } from '../../report/report.ts';
import { summarise } from '../../report/summary.ts';
import { type Verdict, verdictOf } from '../../report/verdict.ts';
import type { Lang } from '../../report/view.ts';
import { type Standing, standingOf, standingText } from './status.ts';
import { tell } from './texts.ts';

const LEVELS: Readonly<Record<Standing, Verdict['level']>> = {
  invalid: 'error',
  failed: 'error',
  naming: 'waiting',
  waiting: 'waiting',
  held: 'waiting',
  'going-on': 'waiting',
  ready: 'ok',
  none: 'ok',
  done: 'ok',
};

/** What a plan does, without what it does not do: `2 akan dibuat, 1 dihapus`. */
function countsText(report: Report): Text {
  const summary = summarise(report);
  const keys = ['delete', 'update', 'adopt', 'create', 'held', 'warnings'] as const;
  const texts = keys.filter((key) => summary[key] > 0).map((key) => tell(`count.${key}`, { n: summary[key] }));
  return { id: texts.map(({ id }) => id).join(', '), en: texts.map(({ en }) => en).join(', ') };
}

/** The first line of a comment: how the pull request stands, then what it does. After an apply, what was done. */
export function headlineOf(report: Report): Verdict {
  const level = LEVELS[standingOf(report)];
  if (report.kind === 'apply') return { level, text: verdictOf(report)?.text ?? standingText(report) };
  const standing = standingText(report);
  const counts = countsText(report);
  const both = (lang: Lang) => (counts[lang] === '' ? standing[lang] : `${standing[lang]} (${counts[lang]})`);
  return { level, text: { id: both('id'), en: both('en') } };
}

export function headline(report: Report, lang: Lang): string {
  const { level, text } = headlineOf(report);
  return `${MARKS[level]} **${text[lang]}**`;
}
