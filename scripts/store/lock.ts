import { mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';

/** Held until it is disposed of, or until the process ends, however it ends. */
export interface Lock {
  [Symbol.dispose](): void;
}

const PAUSE_MS = 100;

function tryLock(file: string): Lock | undefined {
  const database = new DatabaseSync(file);
  try {
    // An exclusive transaction is an operating system lock: a killed process leaves none behind.
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return { [Symbol.dispose]: () => database.close() };
  } catch (cause) {
    database.close();
    if (cause instanceof Error && cause.message.includes('locked')) return undefined;
    throw cause;
  }
}

/**
 * Locks a unit's chain against other processes on this machine; waits, and tells once that it does.
 * @param waiting called when another process holds the lock
 */
export async function lockUnit(folder: string, unit: string, waiting: (unit: string) => void): Promise<Lock> {
  mkdirSync(folder, { recursive: true });
  for (let told = false; ; told = true) {
    const lock = tryLock(`${folder}/${unit}.sqlite`);
    if (lock !== undefined) return lock;
    if (!told) waiting(unit);
    await wait(PAUSE_MS);
  }
}
