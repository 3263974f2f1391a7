import type { Lang } from '../report/view.ts';

/** Where a command writes: data to standard output, messages to standard error. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly lang: Lang;
  readonly colour: boolean;
  /** Whether a person watches: progress is then one line that is updated. */
  readonly terminal: boolean;
  readonly width: number;
}

const WIDTH = 100;

/** The process's own streams. `NO_COLOR` and a pipe switch colours off (no-color.org). */
export function processIo(lang: Lang): Io {
  const terminal = process.stdout.isTTY === true;
  return {
    out: (text) => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    err: (text) => process.stderr.write(text.endsWith('\n') ? text : `${text}\n`),
    lang,
    colour: terminal && !process.env.NO_COLOR,
    terminal: process.stderr.isTTY === true && process.env.CI === undefined,
    width: process.stdout.columns ?? WIDTH,
  };
}
