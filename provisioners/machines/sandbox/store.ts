import { DatabaseSync } from 'node:sqlite';
import { transactionIn } from '../../transaction.ts';
import type { VirtualMachine } from '../protocol.ts';

/** The machines of a datacenter, one row each. Several processes may hold the same file. */
export interface MachineStore {
  /** Runs alone; a throw undoes all of it. */
  transaction<T>(work: () => T): T;
  all(): readonly VirtualMachine[];
  get(uuid: string): VirtualMachine | undefined;
  named(folder: string, name: string): VirtualMachine | undefined;
  /** What all machines have together. */
  sum(): Pick<VirtualMachine, 'numCPU' | 'memoryMB' | 'diskGb'>;
  put(machine: VirtualMachine): void;
  remove(uuid: string): void;
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS machines (uuid TEXT PRIMARY KEY, folder TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE,
    cores INTEGER NOT NULL, memory INTEGER NOT NULL, disk INTEGER NOT NULL, state TEXT NOT NULL,
    UNIQUE (folder, name)) WITHOUT ROWID;`;

/** @param file a path, or `:memory:` for one process */
export function openMachineStore(file: string): MachineStore {
  const database = new DatabaseSync(file, { timeout: 20_000 });
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${SCHEMA}`);
  const parse = (row: Record<string, unknown> | undefined) =>
    row === undefined ? undefined : (JSON.parse(String(row.state)) as VirtualMachine);
  const all = database.prepare('SELECT state FROM machines ORDER BY folder, name');
  const get = database.prepare('SELECT state FROM machines WHERE uuid = ?');
  const named = database.prepare('SELECT state FROM machines WHERE folder = ? AND name = ?');
  const put = database.prepare('INSERT OR REPLACE INTO machines VALUES (?, ?, ?, ?, ?, ?, ?)');
  const sum = database.prepare('SELECT total(cores) numCPU, total(memory) memoryMB, total(disk) diskGb FROM machines');
  const remove = database.prepare('DELETE FROM machines WHERE uuid = ?');
  return {
    transaction: transactionIn(database),
    all: () => all.all().flatMap((row) => parse(row) ?? []),
    get: (uuid) => parse(get.get(uuid)),
    named: (folder, name) => parse(named.get(folder, name)),
    sum: () => sum.get() as ReturnType<MachineStore['sum']>,
    put(machine) {
      const { uuid, folder, name, numCPU, memoryMB, diskGb } = machine;
      put.run(uuid, folder, name, numCPU, memoryMB, diskGb, JSON.stringify(machine));
    },
    remove: (uuid) => void remove.run(uuid),
    close: () => database.close(),
  };
}
