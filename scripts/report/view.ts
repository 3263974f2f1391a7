import type { Messages } from '../../core/finding.ts';
import type { Report } from './report.ts';

/** Indonesian or English. */
export type Lang = 'id' | 'en';

/** How a view writes; nothing in it changes what the report says. */
export interface ViewOptions {
  readonly lang: Lang;
  /** For held reasons, outcomes and SARIF rules. */
  readonly messages: Messages;
  /** ANSI colours, in `human` only; never guessed. */
  readonly colour?: boolean;
  /** Columns of the terminal, in `human` only; 100 when not given. */
  readonly width?: number;
  /** Text of the files in findings, for excerpts in `human`. */
  readonly sources?: ReadonlyMap<string, string>;
  /** Most bytes (UTF-8), in `markdown` only; a comment's when not given. */
  readonly budget?: number;
  /** Absolute https address of a file's line, for links in `markdown`. */
  readonly linkTo?: (file: string, line: number) => string;
}

/** A view is a pure function from the report to text. */
export type View = (report: Report, options: ViewOptions) => string;
