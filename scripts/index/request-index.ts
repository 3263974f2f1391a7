import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lookupOf } from '../../core/validate/census.ts';
import type { Facts, Lookup } from '../../core/validate/facts.ts';

/** The facts of all requests of one tree, kept, so that one changed file costs a few look-ups. */
export interface RequestIndex {
  /** The state it stands at, as it was given to `move`; undefined when new. */
  readonly state: string | undefined;
  /** Brings it to another state, all or nothing. */
  move(state: string, changed: Iterable<Facts>, removed: Iterable<string>): void;
  /** Empties it. */
  clear(): void;
  get(id: string): Facts | undefined;
  /** Looks up the tree as it is with a change on top; writes nothing. */
  with(changed: readonly Facts[], removed: readonly string[]): Lookup;
  close(): void;
}

const TABLES = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000;
  CREATE TABLE IF NOT EXISTS state (state TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS request (id TEXT PRIMARY KEY, facts TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS name (name TEXT, id TEXT, PRIMARY KEY (name, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS batch (unit TEXT, batch TEXT, id TEXT, PRIMARY KEY (unit, batch, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS usage (unit TEXT, key TEXT, total REAL, PRIMARY KEY (unit, key)) WITHOUT ROWID;
`;

/** Opens or makes the index; a file that is no database is an error of SQLite's own. */
export function openIndex(file: string): RequestIndex {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec(TABLES);
  const get = database.prepare('SELECT facts FROM request WHERE id = ?');
  const claimants = database.prepare(
    'SELECT facts FROM name JOIN request USING (id) WHERE name = ? ORDER BY id LIMIT ?',
  );
  const totals = database.prepare('SELECT key, total FROM usage WHERE unit = ?');
  const members = database.prepare('SELECT id FROM batch WHERE unit = ? AND batch = ?');
  const factsOf = (row: unknown): Facts | undefined =>
    row === undefined ? undefined : (JSON.parse((row as { facts: string }).facts) as Facts);
  const known = (id: string) => factsOf(get.get(id));
  return {
    get state() {
      return (database.prepare('SELECT state FROM state').get() as { state: string } | undefined)?.state;
    },
    clear: () =>
      database.exec('DELETE FROM state; DELETE FROM request; DELETE FROM name; DELETE FROM batch; DELETE FROM usage'),
    move: (state, changed, removed) => move(database, known, state, changed, removed),
    get: known,
    with(changed, removed) {
      const gone = new Set([...removed, ...changed.map((one) => one.id)]);
      const above = lookupOf(changed);
      return {
        claimants(name) {
          const below = claimants.all(name, gone.size + 2).map((row) => factsOf(row) as Facts);
          const all = [...below.filter((one) => !gone.has(one.id)), ...above.claimants(name)];
          return all.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, 2);
        },
        usage(unit) {
          const total: Record<string, number> = { ...above.usage(unit) };
          for (const row of totals.all(unit) as { key: string; total: number }[])
            total[row.key] = (total[row.key] ?? 0) + row.total;
          for (const id of gone) subtract(total, known(id), unit);
          return total;
        },
        batch(unit, batch) {
          const below = members.all(unit, batch).filter((row) => !gone.has((row as { id: string }).id)).length;
          return below + above.batch(unit, batch);
        },
      };
    },
    close: () => database.close(),
  };
}

function subtract(total: Record<string, number>, facts: Facts | undefined, unit: string): void {
  if (facts?.unit !== unit) return;
  for (const [key, count] of Object.entries(facts.usage)) total[key] = (total[key] ?? 0) - count;
}

function move(
  database: DatabaseSync,
  known: (id: string) => Facts | undefined,
  state: string,
  changed: Iterable<Facts>,
  removed: Iterable<string>,
): void {
  const addName = database.prepare('INSERT OR IGNORE INTO name VALUES (?, ?)');
  const addBatch = database.prepare('INSERT OR IGNORE INTO batch VALUES (?, ?, ?)');
  const dropBatch = database.prepare('DELETE FROM batch WHERE unit = ? AND batch = ? AND id = ?');
  const dropNames = database.prepare('DELETE FROM name WHERE name = ? AND id = ?');
  const put = database.prepare('INSERT OR REPLACE INTO request VALUES (?, ?)');
  const drop = database.prepare('DELETE FROM request WHERE id = ?');
  const add = database.prepare(
    'INSERT INTO usage VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET total = total + excluded.total',
  );
  const forget = (id: string) => {
    const old = known(id);
    if (old === undefined) return;
    for (const { name } of old.claims) dropNames.run(name, id);
    for (const [key, count] of Object.entries(old.usage)) add.run(old.unit, key, -count);
    if (old.batch !== undefined) dropBatch.run(old.unit, old.batch, id);
    drop.run(id);
  };
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const id of removed) forget(id);
    for (const facts of changed) {
      forget(facts.id);
      put.run(facts.id, JSON.stringify(facts));
      for (const { name } of facts.claims) addName.run(name, facts.id);
      if (facts.batch !== undefined) addBatch.run(facts.unit, facts.batch, facts.id);
      for (const [key, count] of Object.entries(facts.usage)) add.run(facts.unit, key, count);
    }
    database.exec('DELETE FROM state');
    database.prepare('INSERT INTO state VALUES (?)').run(state);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
