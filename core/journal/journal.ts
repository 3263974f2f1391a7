import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../errors.ts';
import { type Entry, type JournalEvent, link } from './entry.ts';
import { verifyChain } from './verify.ts';

/** One unit's chain on disk; the caller holds the unit's lock while it appends. */
export interface Journal {
  readonly unit: string;
  readonly entries: readonly Entry[];
  /** Returns once the entry is on disk. */
  append(event: JournalEvent): Entry;
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Appends all of it, or the file is as before and the error tells why (a full disk, most often). */
function writeWhole(file: string, at: number, text: string): void {
  const bytes = Buffer.from(text);
  const created = !existsSync(file);
  const handle = openSync(file, created ? 'wx' : 'r+');
  try {
    ftruncateSync(handle, at);
    for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done, bytes.length - done, at + done);
    fsyncSync(handle);
  } catch (cause) {
    ftruncateSync(handle, at);
    throw cause;
  } finally {
    closeSync(handle);
  }
  if (created) syncFolder(dirname(file));
}

function readChain(file: string, unit: string) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const chain = verifyChain(text, unit);
  if ('broken' in chain) {
    const { line, code, wanted, got } = chain.broken;
    throw new UserError(`Cannot use journal '${file}': line ${line}: ${code}: wanted ${wanted}, got ${got}`);
  }
  return { ...chain, size: Buffer.byteLength(text) - chain.torn };
}

/**
 * The entries of a unit's chain, `<folder>/<unit>.jsonl`, checked whole. Needs no lock and changes nothing: a last line
 * that is not finished may be one that another process is writing.
 * @throws UserError when the chain is broken
 */
export const readJournal = (folder: string, unit: string): readonly Entry[] =>
  readChain(`${folder}/${unit}.jsonl`, unit).entries;

/**
 * Opens a unit's chain, `<folder>/<unit>.jsonl`, and checks it whole. A torn last line is cut off and the cut entered.
 * @throws UserError when the chain is broken: nothing is appended to a chain that does not hold
 */
export function openJournal(folder: string, unit: string, now: () => string): Journal {
  const file = `${folder}/${unit}.jsonl`;
  const chain = readChain(file, unit);
  mkdirSync(folder, { recursive: true });
  const entries = [...chain.entries];
  let { size } = chain;
  const append = (event: JournalEvent): Entry => {
    const entry = link(event, unit, now(), entries.at(-1));
    const line = `${JSON.stringify(entry)}\n`;
    writeWhole(file, size, line);
    size += Buffer.byteLength(line);
    entries.push(entry);
    return entry;
  };
  if (chain.torn > 0) append({ type: 'repaired', bytes: chain.torn });
  return { unit, entries, append };
}
