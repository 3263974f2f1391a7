import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCensus } from '../../../core/validate/census.ts';
import { checkCensus, checkCross } from '../../../core/validate/cross.ts';
import type { Facts } from '../../../core/validate/facts.ts';
import { type Fingerprints, newFingerprints } from '../../../core/validate/fingerprints.ts';
import { anOrganisation, aUnit } from '../organisation/builders.ts';
import { changedOf, someFacts, treeOf } from './builders.ts';
import { projectMessages } from './messages.ts';

const organisation = anOrganisation([], [aUnit('djp', { quotas: { accounts: 3 } }), aUnit('djl')]);

const trees = fc.uniqueArray(
  fc
    .record({
      id: fc.constantFrom('djp/a', 'djp/b', 'djp/c', 'djp/d', 'djl/a', 'djl/b'),
      names: fc.array(fc.constantFrom('account:x', 'account:y', 'name:x', 'name:z'), { maxLength: 3 }),
      accounts: fc.nat({ max: 2 }),
    })
    .map(({ id, names, accounts }) => someFacts(id, names, { accounts })),
  { selector: (one) => one.id, minLength: 1 },
);

/** Fingerprints of one bit: every other name is taken for this one. */
const mistaken = (): Fingerprints => {
  const numbers: number[] = [];
  const at = (text: string) => text.length % 2;
  return {
    enter(text, number) {
      const first = numbers[at(text)];
      if (first === undefined) numbers[at(text)] = number;
      return first;
    },
    get: (text) => numbers[at(text)],
  };
};

function checked(tree: readonly Facts[], fingerprints: Fingerprints) {
  const recalled: string[] = [];
  const recall = (id: string) => {
    recalled.push(id);
    return tree.find((one) => one.id === id) ?? expect.fail(`'${id}' was never added`);
  };
  const census = newCensus(recall, fingerprints);
  for (const one of tree) census.add(one);
  const findings = checkCensus(census, (id) => changedOf(recall(id)), organisation, projectMessages);
  return { findings, recalled, census };
}

describe('checkCensus()', () => {
  it.each([
    ['fingerprints', newFingerprints],
    ['mistaken fingerprints', mistaken],
  ])('finds by %s what is found where every request of the tree is at hand', (_, fingerprints) => {
    fc.assert(
      fc.property(trees, (tree) => {
        const { changed, lookup } = treeOf(tree);
        expect(checked(tree, fingerprints()).findings).toEqual(
          checkCross(changed, lookup, organisation, projectMessages),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('recalls nothing where nothing is wrong', () => {
    const tree = [someFacts('djp/a', ['account:x'], { accounts: 3 }), someFacts('djl/a', ['account:y'])];
    expect(checked(tree, newFingerprints())).toMatchObject({ findings: [], recalled: [] });
  });

  it('recalls only who shares a name', () => {
    const tree = [
      someFacts('djp/a', ['account:x']),
      someFacts('djp/b', ['account:y']),
      someFacts('djl/a', ['account:x']),
    ];
    const { recalled, census } = checked(tree, newFingerprints());
    expect(census.contested()).toEqual(['djp/a', 'djl/a']);
    expect(new Set(recalled)).toEqual(new Set(['djp/a', 'djl/a']));
  });
});

describe('newFingerprints()', () => {
  it('keep the first number of each text, however many there are', () => {
    const fingerprints = newFingerprints();
    const texts = Array.from({ length: 20_000 }, (_, number) => `account:pegawai.${number}`);
    for (const [number, text] of texts.entries()) expect(fingerprints.enter(text, number)).toBeUndefined();
    for (const [number, text] of texts.entries()) expect(fingerprints.enter(text, 7)).toBe(number);
    expect(fingerprints.get('account:pegawai.19999')).toBe(19_999);
    expect(fingerprints.get('account:siapa')).toBeUndefined();
  });

  it('answer as a map does', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 3 }), { maxLength: 60 }), (texts) => {
        const fingerprints = newFingerprints();
        const map = new Map<string, number>();
        for (const [number, text] of texts.entries()) {
          expect(fingerprints.enter(text, number)).toBe(map.get(text));
          if (!map.has(text)) map.set(text, number);
        }
        for (const [text, number] of map) expect(fingerprints.get(text)).toBe(number);
      }),
    );
  });
});
