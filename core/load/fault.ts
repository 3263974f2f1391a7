import { type Finding, finding, type Messages, type Place, type Values } from '../finding.ts';
import type { Path } from '../request.ts';
import { covered } from './private.ts';

/** Something wrong in a text, before it has words and a line: `at` is an offset in UTF-16 code units. */
export interface Fault {
  readonly code: string;
  readonly at: number;
  readonly values?: Values;
  readonly suggestion?: string;
  /** Of the value that it is about, where its field may make a difference. */
  readonly path?: Path;
  /** As of a finding. */
  readonly private?: true;
}

/** Offsets at which the lines of a text start; `\n` and `\r\n` end a line. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The line and column of an offset; one past the end is the place after the last character. */
export function placeAt(file: string, starts: readonly number[], offset: number): Place {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The suggestion, but for one that repeats a long number of a field that is not known: it may be a person's. */
const shareable = ({ path, suggestion }: Fault): string | undefined =>
  path === undefined && suggestion !== undefined && covered(suggestion) !== suggestion ? undefined : suggestion;

/** Findings of the faults, in the order of the text. */
export function reported(file: string, text: string, faults: readonly Fault[], messages: Messages): Finding[] {
  const starts = lineStarts(text);
  return faults
    .toSorted((a, b) => a.at - b.at)
    .map((fault) => ({
      ...finding(messages, fault.code, placeAt(file, starts, fault.at), fault.values, shareable(fault)),
      ...(fault.private ? { private: true } : {}),
    }));
}
