import { DatabaseSync } from 'node:sqlite';
import type { StackName } from '../component.ts';
import type { Properties } from '../provider.ts';
import type { Vault } from './secrets.ts';
import { asSecret, mapSecrets } from './values.ts';

/** One resource as the state holds it. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly parent: string;
  readonly inputs: Properties;
  /** Absent for a component that was never applied completely. */
  readonly outputs?: Properties;
  readonly dependencies: readonly string[];
  readonly protect: boolean;
}

/** The state of one stack: each change of it is on disk, whole, when the call returns. */
export interface StackState {
  serial(): number;
  /** In the order in which they were made. */
  resources(): readonly ResourceState[];
  pending(): readonly string[];
  /** An operation begins: until its end is entered, nobody knows whether it was done. */
  begin(urn: string, operation: string): void;
  /** An operation ended without effect. */
  abandon(urn: string): void;
  /** A resource stands as given; its operation, if any, has ended. */
  put(resource: ResourceState): void;
  /** A resource is gone; its operation, if any, has ended. */
  remove(urn: string): void;
  settle(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS stacks (name TEXT PRIMARY KEY, serial INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS resources (stack TEXT NOT NULL, at INTEGER NOT NULL, urn TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (stack, urn)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS places ON resources (stack, at);
  CREATE TABLE IF NOT EXISTS pending (stack TEXT NOT NULL, urn TEXT NOT NULL, operation TEXT NOT NULL,
    PRIMARY KEY (stack, urn)) WITHOUT ROWID;
`;
const WAIT_MS = 20_000;
const SEALED = 'layanan:sealed';

const sealed = (value: Properties, vault: Vault): Properties =>
  mapSecrets(value, (secret) => ({ [SEALED]: vault.seal(secret) })) as Properties;

function unsealed(value: unknown, vault: Vault): unknown {
  if (Array.isArray(value)) return value.map((member) => unsealed(member, vault));
  if (typeof value !== 'object' || value === null) return value;
  const ciphertext = (value as Properties)[SEALED];
  if (typeof ciphertext === 'string') return asSecret(vault.open(ciphertext));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unsealed(member, vault)]));
}

/** A state as it was written; most hold no secret. */
const parsed = (text: string, vault: Vault): ResourceState =>
  (text.includes(SEALED) ? unsealed(JSON.parse(text), vault) : JSON.parse(text)) as ResourceState;

const written = (resource: ResourceState, vault: Vault): string =>
  JSON.stringify({
    ...resource,
    inputs: sealed(resource.inputs, vault),
    ...(resource.outputs ? { outputs: sealed(resource.outputs, vault) } : {}),
  });

/** The states of all stacks, in one SQLite file that processes share. */
export interface States {
  of(name: StackName): StackState;
  close(): void;
}

const statementsOf = (db: DatabaseSync) => ({
  bump: db.prepare('INSERT INTO stacks VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET serial = serial + 1'),
  serial: db.prepare('SELECT serial FROM stacks WHERE name = ?'),
  all: db.prepare('SELECT state FROM resources WHERE stack = ? ORDER BY at'),
  put: db.prepare(`INSERT INTO resources VALUES (?1, (SELECT ifnull(max(at), 0) + 1 FROM resources WHERE stack = ?1), ?2, ?3)
    ON CONFLICT (stack, urn) DO UPDATE SET state = excluded.state`),
  remove: db.prepare('DELETE FROM resources WHERE stack = ? AND urn = ?'),
  pending: db.prepare('SELECT urn FROM pending WHERE stack = ? ORDER BY urn'),
  begin: db.prepare('INSERT OR REPLACE INTO pending VALUES (?, ?, ?)'),
  end: db.prepare('DELETE FROM pending WHERE stack = ? AND urn = ?'),
  settle: db.prepare('DELETE FROM pending WHERE stack = ?'),
});

/** @param file path of the database, or `:memory:` */
export function openStates(file: string, vault: Vault): States {
  const db = new DatabaseSync(file, { timeout: WAIT_MS });
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${SCHEMA}`);
  const statements = statementsOf(db);
  const changing = (stack: string, work: () => void): void => {
    db.exec('BEGIN IMMEDIATE');
    try {
      work();
      statements.bump.run(stack);
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  };
  return {
    of(name) {
      const stack = `${name.project}/${name.stack}`;
      return {
        serial: () => Number(statements.serial.get(stack)?.serial ?? 0),
        resources: () => statements.all.all(stack).map((row) => parsed(String(row.state), vault)),
        pending: () => statements.pending.all(stack).map((row) => String(row.urn)),
        begin: (urn, operation) => changing(stack, () => statements.begin.run(stack, urn, operation)),
        abandon: (urn) => changing(stack, () => statements.end.run(stack, urn)),
        put: (resource) =>
          changing(stack, () => {
            statements.put.run(stack, resource.urn, written(resource, vault));
            statements.end.run(stack, resource.urn);
          }),
        remove: (urn) =>
          changing(stack, () => {
            statements.remove.run(stack, urn);
            statements.end.run(stack, urn);
          }),
        settle: () => changing(stack, () => statements.settle.run(stack)),
      };
    },
    close: () => db.close(),
  };
}
