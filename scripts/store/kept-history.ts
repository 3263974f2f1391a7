import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Approval } from '../../core/approve/evidence.ts';
import { UserError } from '../../core/errors.ts';
import type { Entry } from '../../core/journal/entry.ts';
import { type Accepted, advanced, type Fulfilled, type History } from '../../core/journal/history.ts';
import { followChain } from '../../core/journal/verify.ts';
import { sqlMap } from './sql-map.ts';

/** A unit's chain on disk. */
export interface ChainFile {
  readonly unit: string;
  readonly file: string;
}

/** How far a chain was read: bytes, and the entry that ends there. */
interface Known {
  readonly size: number;
  readonly sequence: number;
  readonly hash: string;
  /** Bytes of the line of that entry, its line end included. */
  readonly line: number;
}

const TABLES = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000;
  CREATE TABLE IF NOT EXISTS chain (unit TEXT PRIMARY KEY, size INT, sequence INT, hash TEXT, line INT) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS fulfilled (id TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS approvals (id TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS accepted (id TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS named (id TEXT PRIMARY KEY) WITHOUT ROWID;
`;

/**
 * What the chains tell, kept in SQLite, so that a run reads only the entries that are new. Those are checked, and that
 * they follow the last one known; the whole chain is checked by whoever acts on it (`plan`, `apply`) and by `verify`.
 * A chain that is not the known one with more behind it is read anew.
 * @throws UserError where an entry that is read does not follow the one before
 */
export function openKeptHistory(file: string, chains: readonly ChainFile[]): History {
  const database = new DatabaseSync(file);
  database.exec(TABLES);
  const history = historyIn(database);
  if (news(database, chains) === undefined) return history;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Looked at once more: another process may just have entered the same.
    const found = news(database, chains);
    if (found !== undefined) enter(database, history, found);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
  return history;
}

/** What is to be entered, and whether all that is known goes first. */
interface News {
  readonly grown: readonly Grown[];
  readonly anew: boolean;
}

/** Undefined where the chains are as they are known. Objects are named across units: one rewritten chain renews all. */
function news(database: DatabaseSync, chains: readonly ChainFile[]): News | undefined {
  const kept = database.prepare('SELECT * FROM chain').all() as unknown as (Known & { unit: string })[];
  const knownOf = new Map(kept.map((one) => [one.unit, one]));
  const units = new Set(chains.map((chain) => chain.unit));
  const read = kept.every(({ unit }) => units.has(unit))
    ? chains.map((chain) => newEntries(chain, knownOf.get(chain.unit)))
    : [undefined];
  const grown = read.filter((one) => one !== undefined);
  if (grown.length < read.length)
    return { grown: chains.flatMap((chain) => newEntries(chain, undefined) ?? []), anew: true };
  return grown.some(({ entries }) => entries.length > 0) ? { grown, anew: false } : undefined;
}

interface Grown {
  readonly unit: string;
  readonly entries: readonly Entry[];
  readonly known: Known;
}

/** Entries behind those that are known; undefined where the file does not hold the known ones. An unfinished line is left. */
function newEntries({ unit, file }: ChainFile, known: Known | undefined): Grown | undefined {
  const from = known === undefined ? 0 : known.size - known.line;
  const bytes = bytesFrom(file, from);
  const last = bytes.subarray(0, known?.line ?? 0).toString('utf8');
  if (known !== undefined && !(last.endsWith('\n') && last.includes(`"hash":"${known.hash}"`))) return undefined;
  const added = bytes.subarray(known?.line ?? 0);
  const chain = followChain(added.toString('utf8'), unit, known);
  if ('broken' in chain) {
    const { line, code, wanted, got } = chain.broken;
    throw new UserError(`Cannot use journal '${file}': line ${line}: ${code}: wanted ${wanted}, got ${got}`);
  }
  const whole = added.length - chain.torn;
  const end = chain.entries.at(-1) ?? known ?? { sequence: 0, hash: '' };
  const line = whole === 0 ? (known?.line ?? 0) : whole - 1 - added.lastIndexOf(0x0a, whole - 2);
  return {
    unit,
    entries: chain.entries,
    known: { size: (known?.size ?? 0) + whole, sequence: end.sequence, hash: end.hash, line },
  };
}

function bytesFrom(file: string, offset: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(handle).size - offset));
    let done = 0;
    while (done < bytes.length) {
      const read = readSync(handle, bytes, done, bytes.length - done, offset + done);
      if (read === 0) break;
      done += read;
    }
    return bytes.subarray(0, done);
  } finally {
    closeSync(handle);
  }
}

const historyIn = (database: DatabaseSync): History => ({
  fulfilled: sqlMap<Fulfilled>(database, 'fulfilled'),
  approvals: sqlMap<readonly Approval[]>(database, 'approvals'),
  accepted: sqlMap<Accepted>(database, 'accepted'),
  get namedDeletes() {
    return new Set((database.prepare('SELECT id FROM named').all() as { id: string }[]).map(({ id }) => id));
  },
});

function enter(database: DatabaseSync, history: History, { grown, anew }: News): void {
  if (anew)
    database.exec(
      'DELETE FROM chain; DELETE FROM fulfilled; DELETE FROM approvals; DELETE FROM accepted; DELETE FROM named',
    );
  const putFulfilled = database.prepare('INSERT OR REPLACE INTO fulfilled VALUES (?, ?)');
  const putApprovals = database.prepare('INSERT OR REPLACE INTO approvals VALUES (?, ?)');
  const putAccepted = database.prepare('INSERT OR REPLACE INTO accepted VALUES (?, ?)');
  const name = database.prepare('INSERT OR IGNORE INTO named VALUES (?)');
  const keep = database.prepare('INSERT OR REPLACE INTO chain VALUES (?, ?, ?, ?, ?)');
  for (const { unit, entries, known } of grown) {
    for (const entry of entries) {
      const step = advanced(history, entry);
      if (step.fulfilled) putFulfilled.run(step.request, JSON.stringify(step.fulfilled));
      if (step.accepted) putAccepted.run(step.request, JSON.stringify(step.accepted));
      if (step.approvals) putApprovals.run(step.request, JSON.stringify(step.approvals));
      for (const object of step.named ?? []) name.run(object);
    }
    keep.run(unit, known.size, known.sequence, known.hash, known.line);
  }
}
