import type { DatabaseSync } from 'node:sqlite';

/** Runs work in a sandbox's database, all or nothing; with `IMMEDIATE` one writer at a time over all processes, the others wait. */
export const transactionIn =
  (database: DatabaseSync) =>
  <T>(work: () => T, mode: 'IMMEDIATE' | 'DEFERRED' = 'IMMEDIATE'): T => {
    database.exec(`BEGIN ${mode}`);
    try {
      const value = work();
      database.exec('COMMIT');
      return value;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };
