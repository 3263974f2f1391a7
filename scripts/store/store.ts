import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Entry } from '../../core/journal/entry.ts';
import { type History, historyOf } from '../../core/journal/history.ts';
import { type Journal, openJournal } from '../../core/journal/journal.ts';
import { type Lock, lockUnit } from './lock.ts';

/** The folder in which a checkout keeps what is not in git: journal, hand-over, plans, index, sandbox. */
export interface Store {
  readonly folder: string;
  /** A file or folder below it, with the folders above it made. */
  path(...parts: string[]): string;
  /** Units that have a chain. */
  units(): readonly string[];
  /** Opens the chain of a unit, checked whole. */
  journal(unit: string): Journal;
  /** What the chains of these units tell. */
  history(units: Iterable<string>): History;
  lock(unit: string, waiting: (unit: string) => void): Promise<Lock>;
}

/** Opens a store; nothing is made before something is kept in it. */
export function openStore(folder: string, now: () => string): Store {
  const root = resolve(folder);
  const chains = join(root, 'journal');
  const units = () =>
    existsSync(chains)
      ? readdirSync(chains)
          .filter((name) => name.endsWith('.jsonl'))
          .map((name) => name.slice(0, -'.jsonl'.length))
          .sort()
      : [];
  const journal = (unit: string) => openJournal(chains, unit, now);
  return {
    folder: root,
    path(...parts) {
      const path = join(root, ...parts);
      mkdirSync(join(path, '..'), { recursive: true });
      return path;
    },
    units,
    journal,
    history(wanted) {
      const known = new Set(units());
      const entries: Entry[] = [...wanted].filter((unit) => known.has(unit)).flatMap((unit) => journal(unit).entries);
      return historyOf(entries);
    },
    lock: (unit, waiting) => lockUnit(join(root, 'locks'), unit, waiting),
  };
}
