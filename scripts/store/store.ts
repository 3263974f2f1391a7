import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Entry } from '../../core/journal/entry.ts';
import { type History, historyOf } from '../../core/journal/history.ts';
import { type Journal, openJournal, readJournal } from '../../core/journal/journal.ts';
import { openKeptHistory } from './kept-history.ts';
import { type Lock, lockUnit } from './lock.ts';

/** The folder in which a checkout keeps what is not in git: journal, hand-over, plans, index, sandbox. */
export interface Store {
  readonly folder: string;
  /** A file or folder below it, with the folders above it made. */
  path(...parts: string[]): string;
  /** Units that have a chain. */
  units(): readonly string[];
  /** Opens the chain of a unit, checked whole, to append to it; only under the unit's lock. */
  journal(unit: string): Journal;
  /** A unit's chain from its start, checked whole; empty where there is none. */
  entries(unit: string): readonly Entry[];
  /** What the chains of these units tell, each checked whole. */
  history(units: Iterable<string>): History;
  /** What all chains tell, for reading alone: costs what is new in them, see `openKeptHistory`. */
  keptHistory(): History;
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
  const path = (...parts: string[]) => {
    const whole = join(root, ...parts);
    mkdirSync(dirname(whole), { recursive: true });
    return whole;
  };
  return {
    folder: root,
    path,
    units,
    journal,
    entries: (unit) => (units().includes(unit) ? readJournal(chains, unit) : []),
    history(wanted) {
      const known = new Set(units());
      const entries: Entry[] = [...wanted]
        .filter((unit) => known.has(unit))
        .flatMap((unit) => readJournal(chains, unit));
      return historyOf(entries);
    },
    keptHistory() {
      const known = units();
      if (known.length === 0) return historyOf([]);
      const files = known.map((unit) => ({ unit, file: join(chains, `${unit}.jsonl`) }));
      return openKeptHistory(path('history.sqlite'), files);
    },
    lock: (unit, waiting) => lockUnit(join(root, 'locks'), unit, waiting),
  };
}
