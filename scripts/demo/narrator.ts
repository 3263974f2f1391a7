import type { Text } from '../../core/finding.ts';
import type { Io } from '../cli/io.ts';
import { visible } from '../report/escape.ts';
import { aligned } from '../report/layout.ts';
import { paintWith } from '../report/paint.ts';

/** Tells the demonstration: numbered stages, what happens in each, tables. */
export interface Narrator {
  stage(title: Text): void;
  tell(text: Text): void;
  /** A line that stands out: what was asked, what came of it. */
  result(text: Text): void;
  table(rows: readonly (readonly string[])[]): void;
  /** Something to type. */
  command(text: string): void;
}

/** Writes to standard output as it happens. */
export function narrator({ out, lang, colour, width }: Io): Narrator {
  const paint = paintWith(colour);
  let stages = 0;
  return {
    stage: (title) => out(`\n${paint('bold', `${++stages}. ${title[lang]}`)}`),
    tell: (text) => out(`   ${visible(text[lang], width * 4)}`),
    result: (text) => out(`   ${paint('green', '✓')} ${visible(text[lang], width * 4)}`),
    table: (rows) => {
      for (const line of aligned(
        rows.map((row) => row.map((cell) => visible(cell, width))),
        width - 5,
      ))
        out(`     ${line}`);
    },
    command: (text) => out(`     ${paint('cyan', text)}`),
  };
}
