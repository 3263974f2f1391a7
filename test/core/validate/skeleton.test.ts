import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { skeletonOf } from '../../../core/validate/skeleton.ts';

/** Small letters, digits and separators that look like other ones in UTS 39, by its table of confusables. */
const PAIRS = [
  ['admin1', 'adminl'],
  ['l0ket', 'loket'],
  ['kurniawan', 'kumiawan'],
] as const;

describe('skeletonOf()', () => {
  it.each(PAIRS)('is the same for %s and %s', (a, b) => {
    expect(skeletonOf(a)).toBe(skeletonOf(b));
  });

  it.each([
    ['andi', 'anbi'],
    ['orang01', 'orang10'],
    ['a.b', 'a-b'],
  ])('differs for %s and %s', (a, b) => {
    expect(skeletonOf(a)).not.toBe(skeletonOf(b));
  });

  it('finds every single character that was put in place of one that looks like it', () => {
    const name = fc.stringMatching(/^[a-z0-9._-]{1,20}$/);
    const swap = fc.constantFrom(['0', 'o'], ['1', 'l'], ['m', 'rn']);
    fc.assert(
      fc.property(name, name, swap, (before, after, [a = '', b = '']) => {
        expect(skeletonOf(before + a + after)).toBe(skeletonOf(before + b + after));
      }),
    );
  });
});
