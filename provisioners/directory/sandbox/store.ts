/** Entries, links and index of the sandbox, in one SQLite file that several processes share. */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { transactionIn } from '../../transaction.ts';
import { type Dn, dnKey, type Rdn } from '../dn.ts';
import { typeOf } from './schema.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS entries (
    guid TEXT PRIMARY KEY, rid INTEGER NOT NULL, parent TEXT, rdn_key TEXT NOT NULL, rdn TEXT NOT NULL,
    attributes TEXT NOT NULL, password TEXT, bad_passwords INTEGER NOT NULL DEFAULT 0,
    delegated INTEGER NOT NULL DEFAULT 0, usn INTEGER NOT NULL);
  CREATE UNIQUE INDEX IF NOT EXISTS place ON entries (ifnull(parent, ''), rdn_key);
  CREATE TABLE IF NOT EXISTS links (grp TEXT NOT NULL, member TEXT NOT NULL, PRIMARY KEY (grp, member)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS back_links ON links (member);
  CREATE TABLE IF NOT EXISTS indexed (attribute TEXT NOT NULL, value TEXT NOT NULL, guid TEXT NOT NULL,
    PRIMARY KEY (attribute, value, guid)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS indexed_guid ON indexed (guid);
  CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
`;
const WAIT_MS = 20_000;

/** One entry as it is stored; `values` has no computed attributes and no links. */
export interface Row {
  readonly guid: string;
  readonly rid: number;
  readonly parent: string | null;
  readonly rdn: Rdn;
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** `salt:hash`, null without a password. */
  readonly password: string | null;
  readonly badPasswords: number;
  readonly delegated: boolean;
  readonly usn: number;
}

const rowOf = (raw: Record<string, unknown>): Row => ({
  guid: String(raw.guid),
  rid: Number(raw.rid),
  parent: raw.parent === null ? null : String(raw.parent),
  rdn: JSON.parse(String(raw.rdn)) as Rdn,
  values: JSON.parse(String(raw.attributes)) as Row['values'],
  password: raw.password === null ? null : String(raw.password),
  badPasswords: Number(raw.bad_passwords),
  delegated: raw.delegated === 1,
  usn: Number(raw.usn),
});

/** The file, with statements prepared once. */
function openDatabase(file: string) {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA busy_timeout = ${WAIT_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${TABLES}`);
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  const all = (sql: string, ...values: SQLInputValue[]) => statement(sql).all(...values) as Record<string, unknown>[];
  return {
    close: () => db.close(),
    run: (sql: string, ...values: SQLInputValue[]) => void statement(sql).run(...values),
    rows: (sql: string, ...values: SQLInputValue[]) => all(sql, ...values).map(rowOf),
    guids: (sql: string, ...values: SQLInputValue[]) => all(sql, ...values).map((raw) => String(raw.guid)),
    transaction: transactionIn(db),
    /** The next value of a counter that starts at `first`. */
    next(name: string, first: number): number {
      const sql = `INSERT INTO counters VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`;
      return Number(all(sql, name, first)[0]?.value);
    },
  };
}
type Database = ReturnType<typeof openDatabase>;

const PUT = `INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (guid) DO UPDATE SET
  parent = excluded.parent, rdn_key = excluded.rdn_key, rdn = excluded.rdn, attributes = excluded.attributes,
  password = excluded.password, bad_passwords = excluded.bad_passwords, delegated = excluded.delegated,
  usn = excluded.usn`;

/** Writes a row with the next update sequence number, and its values into the index. */
function putRow(db: Database, row: Omit<Row, 'usn'>): void {
  const key = row.parent === null ? row.rdn.value : dnKey([row.rdn]);
  const json = [JSON.stringify(row.rdn), JSON.stringify(row.values)];
  const state = [row.password, row.badPasswords, row.delegated ? 1 : 0, db.next('usn', 1)];
  db.run(PUT, row.guid, row.rid, row.parent, key, ...json, ...state);
  db.run('DELETE FROM indexed WHERE guid = ?', row.guid);
  for (const [name, values] of Object.entries(row.values))
    if (typeOf(name)?.indexed)
      for (const value of values)
        db.run('INSERT OR IGNORE INTO indexed VALUES (?, ?, ?)', name.toLowerCase(), value.toLowerCase(), row.guid);
}

const EQUAL = 'SELECT guid FROM indexed WHERE attribute = ? AND value = ?';
const BETWEEN = 'SELECT DISTINCT guid FROM indexed WHERE attribute = ? AND value >= ? AND value < ?';
const LAST = '\u{10ffff}';

export type Store = ReturnType<typeof openStore>;

/** @param file path of the database, or `:memory:` */
export function openStore(file: string) {
  const db = openDatabase(file);
  return {
    close: db.close,
    transaction: db.transaction,
    next: db.next,
    byGuid: (guid: string): Row | undefined => db.rows('SELECT * FROM entries WHERE guid = ?', guid)[0],
    byRid: (rid: number): Row | undefined => db.rows('SELECT * FROM entries WHERE rid = ?', rid)[0],
    child: (parent: string | null, key: string): Row | undefined =>
      db.rows("SELECT * FROM entries WHERE ifnull(parent, '') = ? AND rdn_key = ?", parent ?? '', key)[0],
    everything: (): Row[] => db.rows('SELECT * FROM entries ORDER BY rid'),
    hasChildren: (guid: string) => db.rows('SELECT * FROM entries WHERE parent = ? LIMIT 1', guid).length > 0,
    withValue: (attribute: string, value: string) => db.guids(EQUAL, attribute.toLowerCase(), value.toLowerCase()),
    withPrefix(attribute: string, prefix: string) {
      const first = prefix.toLowerCase();
      return db.guids(BETWEEN, attribute.toLowerCase(), first, `${first}${LAST}`);
    },
    membersOf: (guid: string) => db.guids('SELECT member AS guid FROM links WHERE grp = ?', guid),
    hasMembers: (group: string) => db.guids('SELECT member AS guid FROM links WHERE grp = ? LIMIT 1', group).length > 0,
    isMember: (group: string, member: string) =>
      db.guids('SELECT member AS guid FROM links WHERE grp = ? AND member = ?', group, member).length > 0,
    groupsOf: (guid: string) => db.guids('SELECT grp AS guid FROM links WHERE member = ?', guid),
    link: (group: string, member: string) => db.run('INSERT INTO links VALUES (?, ?)', group, member),
    unlink: (group: string, member: string) => db.run('DELETE FROM links WHERE grp = ? AND member = ?', group, member),
    put: (row: Omit<Row, 'usn'>) => putRow(db, row),
    remove(guid: string) {
      db.run('DELETE FROM links WHERE grp = ? OR member = ?', guid, guid);
      db.run('DELETE FROM indexed WHERE guid = ?', guid);
      db.run('DELETE FROM entries WHERE guid = ?', guid);
    },
  };
}

/** Where the tree hangs: the root entry stands for the whole base of the domain. */
export interface Tree {
  readonly store: Store;
  readonly base: Dn;
  readonly now: () => Date;
}
