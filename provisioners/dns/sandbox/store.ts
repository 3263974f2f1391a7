import { DatabaseSync } from 'node:sqlite';
import { transactionIn } from '../../transaction.ts';
import type { DnsRecord, RecordData, RecordType, Soa } from '../record.ts';
import { rdataOf } from '../rules.ts';
import { isWithin } from '../wire/name.ts';
import { decodeRdata, typeNumber } from '../wire/rdata.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS zones (name TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS records (
    zone TEXT NOT NULL, name TEXT NOT NULL, type INTEGER NOT NULL, ttl INTEGER NOT NULL, rdata BLOB NOT NULL,
    PRIMARY KEY (zone, name, type, rdata)
  ) WITHOUT ROWID;`;

/** The records of the zones, one row each; names lower case. Several processes may hold the same file. */
export interface ZoneStore {
  /** Runs under the write lock; a throw undoes all of it. */
  transaction<T>(work: () => T): T;
  /** The longest zone that holds a name. */
  zoneOf(name: string): string | undefined;
  has(zone: string): boolean;
  all(zone: string): DnsRecord[];
  at(zone: string, name: string, type?: RecordType): DnsRecord[];
  below(zone: string, name: string): boolean;
  wildcards(zone: string): boolean;
  put(zone: string, record: DnsRecord): void;
  retime(zone: string, name: string, type: RecordType, ttl: number): void;
  remove(zone: string, name: string, type: RecordType, record?: RecordData): void;
  close(): void;
}

function initialise(database: DatabaseSync, zones: readonly string[]): void {
  database.exec('PRAGMA busy_timeout = 20000; PRAGMA synchronous = OFF; BEGIN IMMEDIATE;');
  database.exec(SCHEMA);
  for (const zone of zones) {
    const { changes } = database.prepare('INSERT OR IGNORE INTO zones VALUES (?)').run(zone);
    if (changes === 0) continue;
    const put = database.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?)');
    const ns = `ns1.${zone}`;
    const soa: Soa = {
      mname: ns,
      rname: `hostmaster.${zone}`,
      serial: 1,
      refresh: 3600,
      retry: 600,
      expire: 86400,
      minimum: 60,
    };
    put.run(zone, zone, typeNumber('SOA'), 300, rdataOf({ type: 'SOA', data: soa }));
    put.run(zone, zone, typeNumber('NS'), 300, rdataOf({ type: 'NS', data: ns }));
  }
  database.exec('COMMIT');
}

interface Row {
  readonly name: string;
  readonly type: number;
  readonly ttl: number;
  readonly rdata: Uint8Array;
}

function recordOf({ name, type, ttl, rdata }: Row): DnsRecord {
  const bytes = Buffer.from(rdata);
  return { name, ttl, ...decodeRdata(type, bytes, 0, bytes.length) };
}

/** Opens the file (or `:memory:`) and makes the zones that it lacks, each with SOA and NS. */
export function openZoneStore(path: string, zones: readonly string[]): ZoneStore {
  const database = new DatabaseSync(path);
  initialise(database, zones);
  const columns = 'SELECT name, type, ttl, rdata FROM records WHERE zone = ?';
  const select = {
    all: database.prepare(columns),
    name: database.prepare(`${columns} AND name = ?`),
    rrset: database.prepare(`${columns} AND name = ? AND type = ?`),
    zones: database.prepare('SELECT name FROM zones ORDER BY length(name) DESC'),
    below: database.prepare('SELECT 1 FROM records WHERE zone = ? AND substr(name, -length(?)) = ? LIMIT 1'),
    wildcards: database.prepare("SELECT 1 FROM records WHERE zone = ? AND name >= '*.' AND name < '*/' LIMIT 1"),
  };
  const change = {
    put: database.prepare('INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?)'),
    retime: database.prepare('UPDATE records SET ttl = ? WHERE zone = ? AND name = ? AND type = ?'),
    rrset: database.prepare('DELETE FROM records WHERE zone = ? AND name = ? AND type = ?'),
    record: database.prepare('DELETE FROM records WHERE zone = ? AND name = ? AND type = ? AND rdata = ?'),
  };
  const zoneNames = () => (select.zones.all() as unknown as { name: string }[]).map((row) => row.name);
  const records = (rows: unknown): DnsRecord[] => (rows as Row[]).map(recordOf);
  return {
    transaction: transactionIn(database),
    zoneOf: (name) => zoneNames().find((zone) => isWithin(name, zone)),
    has: (zone) => zoneNames().includes(zone),
    all: (zone) => records(select.all.all(zone)),
    at: (zone, name, type) =>
      records(type === undefined ? select.name.all(zone, name) : select.rrset.all(zone, name, typeNumber(type))),
    below: (zone, name) => select.below.get(zone, `.${name}`, `.${name}`) !== undefined,
    wildcards: (zone) => select.wildcards.get(zone) !== undefined,
    put: (zone, record) =>
      void change.put.run(zone, record.name.toLowerCase(), typeNumber(record.type), record.ttl, rdataOf(record)),
    retime: (zone, name, type, ttl) => void change.retime.run(ttl, zone, name, typeNumber(type)),
    remove: (zone, name, type, record) =>
      void (record === undefined
        ? change.rrset.run(zone, name, typeNumber(type))
        : change.record.run(zone, name, typeNumber(type), rdataOf(record))),
    close: () => database.close(),
  };
}
