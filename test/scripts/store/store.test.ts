import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../scripts/store/store.ts';
import { commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { fulfilled } from '../../builders/fulfilled.ts';
import { addressFile } from '../../builders/request-files.ts';
import { snapshot } from '../../builders/snapshot.ts';
import { steps } from '../../builders/steps.ts';

afterEach(removeCommandLines);

const NOW = '2026-11-20T03:00:00.000Z';

/** A store that two units have written to. */
async function used() {
  const line = commandLine({ 'djp/uji': addressFile() });
  await fulfilled(line, ['djp/uji']);
  line.write('djp-timur/uji', addressFile({ host: 'timur', zone: 'djp-timur.contoh.test' }));
  await steps(line).approve('djp-timur/uji', { as: 'timur-kasubbag-tik' });
  const store = openStore(line.options.store, () => NOW);
  return { line, store };
}

describe('openStore()', () => {
  it('makes nothing before something is kept in it', () => {
    const { options } = commandLine();
    const store = openStore(options.store, () => NOW);
    expect(store.units()).toEqual([]);
    expect(store.history(['djp']).fulfilled.size).toBe(0);
    expect(store.keptHistory().fulfilled.size).toBe(0);
    expect(existsSync(options.store)).toBe(false);
  });

  it('tells the history of the units that are asked for, and of no other', async () => {
    const { store } = await used();
    expect(store.units()).toEqual(['djp', 'djp-timur']);
    expect([...store.history(['djp']).fulfilled.keys()]).toEqual(['djp/uji']);
    expect([...store.history(['djp-timur', 'tidak-ada']).fulfilled.keys()]).toEqual([]);
  });

  it('tells the same history kept or read', async () => {
    const { store } = await used();
    for (const _ of ['made', 'kept'])
      expect(store.keptHistory().fulfilled.get('djp/uji')).toEqual(store.history(['djp']).fulfilled.get('djp/uji'));
  });

  it('writes nothing by reading', async () => {
    const { line, store } = await used();
    store.keptHistory();
    // SQLite's shared memory is no part of what is kept.
    const kept = () => Object.entries(snapshot(line.options.store)).filter(([name]) => !name.endsWith('-shm'));
    const before = kept();
    store.keptHistory();
    store.history(store.units());
    expect(kept()).toEqual(before);
  });

  it('passes over what is no journal', async () => {
    const { line, store } = await used();
    const units = store.units();
    writeFileSync(join(line.options.store, 'journal/djp.jsonl.bak'), 'cadangan');
    expect(store.units()).toEqual(units);
  });
});
