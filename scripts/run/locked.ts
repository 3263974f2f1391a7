import type { Journal } from '../../core/journal/journal.ts';
import type { Store } from '../store/store.ts';

/** Holds the locks of some units, in one order so that no two processes wait for each other, while `work` runs. */
export async function withUnits<T>(
  store: Store,
  units: Iterable<string>,
  waiting: (unit: string) => void,
  work: (journals: ReadonlyMap<string, Journal>) => Promise<T>,
): Promise<T> {
  using locks = new DisposableStack();
  const journals = new Map<string, Journal>();
  for (const unit of [...new Set(units)].sort()) {
    locks.use(await store.lock(unit, waiting));
    journals.set(unit, store.journal(unit));
  }
  return await work(journals);
}
