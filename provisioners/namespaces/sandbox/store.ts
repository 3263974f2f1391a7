import { DatabaseSync } from 'node:sqlite';
import { transactionIn } from '../../transaction.ts';
import type { KubernetesObject } from '../protocol.ts';

/** The objects of a cluster, one row each, by their paths. Several processes may hold the same file. */
export interface ObjectStore {
  /** Runs alone; a throw undoes all of it. */
  transaction<T>(work: () => T): T;
  get(path: string): KubernetesObject | undefined;
  /** Objects of a collection after a name, in order. */
  list(collection: string, after: string, limit: number): readonly KubernetesObject[];
  put(collection: string, name: string, object: KubernetesObject): void;
  remove(path: string): void;
  /** All objects whose path begins so. */
  removeBelow(prefix: string): void;
  /** The next resource version. */
  nextVersion(): string;
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS objects (collection TEXT NOT NULL, name TEXT NOT NULL, object TEXT NOT NULL,
    PRIMARY KEY (collection, name)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS versions (one INTEGER PRIMARY KEY, version INTEGER NOT NULL);`;

const split = (path: string): readonly [string, string] => {
  const at = path.lastIndexOf('/');
  return [path.slice(0, at), path.slice(at + 1)];
};

/** @param file a path, or `:memory:` for one process */
export function openObjectStore(file: string): ObjectStore {
  const database = new DatabaseSync(file, { timeout: 20_000 });
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${SCHEMA}`);
  const parse = (row: Record<string, unknown>) => JSON.parse(String(row.object)) as KubernetesObject;
  const get = database.prepare('SELECT object FROM objects WHERE collection = ? AND name = ?');
  const list = database.prepare('SELECT object FROM objects WHERE collection = ? AND name > ? ORDER BY name LIMIT ?');
  const put = database.prepare('INSERT OR REPLACE INTO objects VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM objects WHERE collection = ? AND name = ?');
  const below = database.prepare("DELETE FROM objects WHERE substr(collection || '/', 1, length(?1)) = ?1");
  const next = database.prepare(
    'INSERT INTO versions VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET version = version + 1 RETURNING version',
  );
  return {
    transaction: transactionIn(database),
    get(path) {
      const row = get.get(...split(path));
      return row === undefined ? undefined : parse(row);
    },
    list: (collection, after, limit) => list.all(collection, after, limit).map(parse),
    put: (collection, name, object) => void put.run(collection, name, JSON.stringify(object)),
    remove: (path) => void remove.run(...split(path)),
    removeBelow: (prefix) => void below.run(prefix),
    nextVersion: () => String(next.get()?.version),
    close: () => database.close(),
  };
}
