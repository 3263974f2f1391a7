import { covered } from '../../core/load/private.ts';
import { visible } from './escape.ts';
import { columnsOf } from './layout.ts';

/** A line of a source and a caret under one of its columns. */
export interface Excerpt {
  readonly text: string;
  readonly caret: string;
}

const LEAD = 20;

const shown = (text: string): string => visible(text.replaceAll('\t', '  '));

/**
 * The line with a caret under `column` (from 1, UTF-16 code units) as the terminal shows it; a long line is cut on both
 * sides around the caret. Long numbers, which may be a person's, show only their ends.
 */
export function excerptOf(source: string, column: number, width: number): Excerpt {
  const line = covered(source);
  const before = shown(line.slice(0, column - 1));
  const after = shown(line.slice(column - 1));
  const lead = columnsOf(before) + LEAD > width ? `…${tail(before, Math.max(0, width - LEAD - 1))}` : before;
  const room = Math.max(1, width - columnsOf(lead));
  const rest = columnsOf(after) > room ? `${head(after, room - 1)}…` : after;
  return { text: lead + rest, caret: `${' '.repeat(columnsOf(lead))}^` };
}

function head(text: string, columns: number): string {
  let part = '';
  for (const character of text) {
    if (columnsOf(part + character) > columns) break;
    part += character;
  }
  return part;
}

function tail(text: string, columns: number): string {
  const characters = [...text];
  let part = '';
  for (let at = characters.length - 1; at >= 0 && columnsOf(part) < columns; at--) part = (characters[at] ?? '') + part;
  return part;
}
