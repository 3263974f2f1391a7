import { digest } from '../canonical.ts';
import { type Entry, GENESIS } from './entry.ts';

/** The first place at which a chain does not hold. `line` counts from 1. */
export interface Break {
  readonly line: number;
  readonly code: 'not-json' | 'sequence' | 'previous' | 'hash' | 'unit' | 'torn' | 'anchor';
  readonly wanted: string;
  readonly got: string;
}

/** A chain that holds, or where it breaks. `torn` counts the bytes of an unfinished last line, which was never acknowledged. */
export type Chain =
  | { readonly entries: readonly Entry[]; readonly torn: number }
  | { readonly entries: readonly Entry[]; readonly broken: Break };

function check(entry: Entry, unit: string, last: End | undefined): Omit<Break, 'line'> | undefined {
  const { hash, ...body } = entry;
  const sequence = (last?.sequence ?? 0) + 1;
  if (entry.unit !== unit) return { code: 'unit', wanted: unit, got: String(entry.unit) };
  if (entry.sequence !== sequence) return { code: 'sequence', wanted: String(sequence), got: String(entry.sequence) };
  const previous = last?.hash ?? GENESIS;
  if (entry.previous !== previous) return { code: 'previous', wanted: previous, got: String(entry.previous) };
  const wanted = digest(body);
  return hash === wanted ? undefined : { code: 'hash', wanted, got: String(hash) };
}

function parse(line: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Entry) : undefined;
  } catch {
    return undefined;
  }
}

/** Where a chain goes on: its last entry so far. */
export type End = Pick<Entry, 'sequence' | 'hash'>;

/** Reads lines of one unit's chain that follow an entry, one JSON entry a line, and checks every link. */
export function followChain(text: string, unit: string, after: End | undefined): Chain {
  const end = text.lastIndexOf('\n') + 1;
  const lines = text.slice(0, end).split('\n').slice(0, -1);
  const entries: Entry[] = [];
  for (const [index, line] of lines.entries()) {
    const at = (after?.sequence ?? 0) + index + 1;
    const entry = parse(line);
    if (entry === undefined)
      return { entries, broken: { line: at, code: 'not-json', wanted: 'one JSON object', got: line.slice(0, 40) } };
    const fault = check(entry, unit, entries.at(-1) ?? after);
    if (fault !== undefined) return { entries, broken: { line: at, ...fault } };
    entries.push(entry);
  }
  return { entries, torn: Buffer.byteLength(text.slice(end)) };
}

/**
 * Reads one unit's chain and checks every link. A cut or rolled-back end is found where the caller knows an anchor: the
 * sequence and hash of an entry that was there before.
 */
export function verifyChain(text: string, unit: string, anchor?: End): Chain {
  const chain = followChain(text, unit, undefined);
  const anchored = anchor === undefined ? undefined : chain.entries[anchor.sequence - 1];
  if ('broken' in chain || anchor === undefined || anchored?.hash === anchor.hash) return chain;
  const got = anchored?.hash ?? 'no such entry';
  return { entries: chain.entries, broken: { line: anchor.sequence, code: 'anchor', wanted: anchor.hash, got } };
}
