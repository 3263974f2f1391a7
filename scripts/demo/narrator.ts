import type { Text } from '../../core/finding.ts';
import type { Io } from '../cli/io.ts';
import { visible } from '../report/escape.ts';
import { aligned, wrap } from '../report/layout.ts';
import { paintWith } from '../report/paint.ts';

/** Tells the demonstration: numbered stages, what happens in each, tables. */
export interface Narrator {
  stage(title: Text): void;
  tell(text: Text): void;
  /** A line that stands out: what was asked, what came of it. */
  result(text: Text): void;
  /** A line that stands out as wrong. */
  fault(text: Text): void;
  table(rows: readonly (readonly string[])[]): void;
  /** Pairs of a heading and what belongs below it; each heading once, with its count. */
  groups(pairs: readonly (readonly [heading: string, member: string])[]): void;
  /** Something to type. */
  command(text: string): void;
}

/** User text is cut here; the demonstration's own sentences are shorter. */
const LONGEST = 400;

/** Writes to standard output as it happens. */
export function narrator({ out, lang, colour, width }: Io): Narrator {
  const paint = paintWith(colour);
  let stages = 0;
  return {
    stage: (title) => out(`\n${paint('bold', `${++stages}. ${title[lang]}`)}`),
    tell: (text) => out(`   ${visible(text[lang], LONGEST)}`),
    result: (text) => out(`   ${paint('green', '✓')} ${visible(text[lang], LONGEST)}`),
    fault: (text) => out(`   ${paint('red', '✗')} ${visible(text[lang], LONGEST)}`),
    table: (rows) => {
      for (const line of aligned(
        rows.map((row) => row.map((cell) => visible(cell, LONGEST))),
        width - 5,
      ))
        out(`     ${line}`);
    },
    groups(pairs) {
      for (const [heading, list] of Map.groupBy(pairs, ([first]) => first)) {
        for (const line of wrap(`${list.length} × ${visible(heading, LONGEST)}`, width - 6)) out(`     ${line}`);
        const members = list.map(([, member]) => visible(member, LONGEST)).join(', ');
        for (const line of wrap(members, width - 10)) out(`         ${paint('dim', line)}`);
      }
    },
    command: (text) => out(`     ${paint('cyan', text)}`),
  };
}
