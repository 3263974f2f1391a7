import { DatabaseSync } from 'node:sqlite';
import type { Fields } from '../../../core/kinds.ts';
import type { WorkEvent } from '../../../core/work-order/event.ts';
import { transactionIn } from '../../transaction.ts';
import type { Ticket } from '../protocol.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS tickets (
    key TEXT PRIMARY KEY, owner TEXT, fields TEXT NOT NULL, revision INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS tickets_by_owner ON tickets (owner);
  CREATE TABLE IF NOT EXISTS events (
    key TEXT NOT NULL, number INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (key, number)
  ) WITHOUT ROWID;`;

/** Tickets and what happened to each, in SQLite. Several processes may hold the same file. */
export interface TicketStore {
  /** Runs under the write lock; a throw undoes all of it. */
  transaction<T>(work: () => T): T;
  all(): Ticket[];
  ownedBy(owner: string): Ticket[];
  get(key: string): Ticket | undefined;
  put(ticket: Omit<Ticket, 'events'>): void;
  append(key: string, event: WorkEvent): void;
  /** Takes the ticket away with what happened to it. */
  remove(key: string): void;
  close(): void;
}

interface Row {
  readonly key: string;
  readonly owner: string | null;
  readonly fields: string;
  readonly revision: number;
}

/** Opens the file, or `:memory:`. */
export function openTicketStore(path: string): TicketStore {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA busy_timeout = 20000; PRAGMA synchronous = OFF;');
  database.exec(SCHEMA);
  const columns = 'SELECT key, owner, fields, revision FROM tickets';
  const select = {
    all: database.prepare(`${columns} ORDER BY key`),
    owned: database.prepare(`${columns} WHERE owner = ? ORDER BY key`),
    one: database.prepare(`${columns} WHERE key = ?`),
    events: database.prepare('SELECT event FROM events WHERE key = ? ORDER BY number'),
  };
  const change = {
    put: database.prepare('INSERT OR REPLACE INTO tickets VALUES (?, ?, ?, ?)'),
    append: database.prepare('INSERT INTO events SELECT ?, 1 + coalesce(max(number), 0), ? FROM events WHERE key = ?'),
    remove: database.prepare('DELETE FROM tickets WHERE key = ?'),
    forget: database.prepare('DELETE FROM events WHERE key = ?'),
  };
  const eventsOf = (key: string) =>
    (select.events.all(key) as unknown as { event: string }[]).map((row) => JSON.parse(row.event) as WorkEvent);
  const ticketOf = (row: Row): Ticket => ({
    key: row.key,
    owner: row.owner,
    fields: JSON.parse(row.fields) as Fields,
    revision: row.revision,
    events: eventsOf(row.key),
  });
  return {
    transaction: transactionIn(database),
    all: () => (select.all.all() as unknown as Row[]).map(ticketOf),
    ownedBy: (owner) => (select.owned.all(owner) as unknown as Row[]).map(ticketOf),
    get(key) {
      const row = select.one.get(key) as unknown as Row | undefined;
      return row && ticketOf(row);
    },
    put: ({ key, owner, fields, revision }) => void change.put.run(key, owner, JSON.stringify(fields), revision),
    append: (key, event) => void change.append.run(key, JSON.stringify(event), key),
    remove(key) {
      change.remove.run(key);
      change.forget.run(key);
    },
    close: () => database.close(),
  };
}
