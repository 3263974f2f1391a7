import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookupOf } from '../../../core/validate/census.ts';
import type { Facts } from '../../../core/validate/facts.ts';
import { openIndex } from '../../../scripts/index/request-index.ts';

const facts = fc
  .record({
    unit: fc.constantFrom('djp', 'djl'),
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    claims: fc.uniqueArray(fc.constantFrom('account:x', 'account:y', 'name:z')),
    accounts: fc.integer({ min: 0, max: 3 }),
    batch: fc.option(fc.constantFrom('one', 'two'), { nil: undefined }),
  })
  .map(
    ({ unit, name, claims, accounts, batch }): Facts => ({
      id: `${unit}/${name}`,
      unit,
      file: `requests/${unit}/${name}.yaml`,
      claims: claims.map((claim) => ({ name: claim, at: 'spec.login' })),
      usage: { accounts },
      ...(batch === undefined ? {} : { batch }),
    }),
  );
const trees = fc.uniqueArray(facts, { selector: (one) => one.id });

describe('openIndex()', () => {
  it('answers as a map of the same tree does, whatever moved it there and whatever is laid on top', () => {
    const folder = mkdtempSync(join(tmpdir(), 'index-'));
    let run = 0;
    fc.assert(
      fc.property(fc.array(trees, { minLength: 1, maxLength: 4 }), trees, (history, change) => {
        const index = openIndex(join(folder, `${run++}.sqlite`));
        let before: readonly Facts[] = [];
        for (const [at, tree] of history.entries()) {
          const kept = new Set(tree.map((one) => one.id));
          index.move(
            `tree-${at}`,
            tree,
            before.map((one) => one.id).filter((id) => !kept.has(id)),
          );
          before = tree;
        }
        const [gone] = before.filter((one) => change.every((other) => other.id !== one.id));
        const removed = gone ? [gone.id] : [];
        const without = new Set([...removed, ...change.map((one) => one.id)]);
        const expected = lookupOf([...before.filter((one) => !without.has(one.id)), ...change]);
        const lookup = index.with(change, removed);
        for (const name of ['account:x', 'account:y', 'name:z'])
          expect(lookup.claimants(name).map((one) => one.id)).toEqual(expected.claimants(name).map((one) => one.id));
        for (const unit of ['djp', 'djl']) {
          expect(lookup.usage(unit).accounts ?? 0).toBe(expected.usage(unit).accounts ?? 0);
          for (const batch of ['one', 'two']) expect(lookup.batch(unit, batch)).toBe(expected.batch(unit, batch));
        }
        index.close();
      }),
      { numRuns: 100 },
    );
    rmSync(folder, { recursive: true });
  });

  it('keeps the state at which it stands', () => {
    const folder = mkdtempSync(join(tmpdir(), 'index-'));
    const file = join(folder, 'index.sqlite');
    const first = openIndex(file);
    expect(first.state).toBeUndefined();
    first.move('tree-1', [], []);
    first.close();
    const second = openIndex(file);
    expect(second.state).toBe('tree-1');
    second.close();
    rmSync(folder, { recursive: true });
  });

  it('stays as it was when a move fails half way', () => {
    const folder = mkdtempSync(join(tmpdir(), 'index-'));
    const index = openIndex(join(folder, 'index.sqlite'));
    const one: Facts = { id: 'djp/a', unit: 'djp', file: 'f', claims: [], usage: {} };
    index.move('tree-1', [one], []);
    const failing = (function* () {
      yield { ...one, id: 'djp/b' };
      throw new Error('cut');
    })();
    expect(() => index.move('tree-2', failing, ['djp/a'])).toThrow('cut');
    expect([index.state, index.get('djp/a')?.id, index.get('djp/b')]).toEqual(['tree-1', 'djp/a', undefined]);
    index.close();
    rmSync(folder, { recursive: true });
  });
});
