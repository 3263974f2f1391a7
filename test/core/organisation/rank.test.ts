import { describe, expect, it } from 'vitest';
import { lineOf, ranksOn, reaches, superiorPost } from '../../../core/organisation/rank.ts';
import { anOrganisation, aPerson, aPost, aUnit } from './builders.ts';

const acting = aPost({ echelon: 'II', from: '2026-11-01', until: '2026-11-30', acting: true });
const head = aPerson('kasubdit', { posts: [aPost({ echelon: 'III' }), acting] });

describe('ranksOn()', () => {
  it.each([
    ['2026-10-31', ['III']],
    ['2026-11-01', ['II', 'III']],
    ['2026-11-30', ['II', 'III']],
    ['2026-12-01', ['III']],
    ['2024-12-31', []],
  ])('counts both ends of a post, acting ones included, highest first: %s', (day, ranks) => {
    expect(ranksOn(head, day).map((post) => post.echelon)).toEqual(ranks);
  });
});

describe('reaches()', () => {
  it('holds I above IV and a rank at its own level', () => {
    expect([reaches('I', 'IV'), reaches('IV', 'IV'), reaches('IV', 'III')]).toEqual([true, true, false]);
  });
});

describe('lineOf()', () => {
  it('ends where the parents run in a circle', () => {
    const circle = anOrganisation([], [aUnit('a', { parent: 'b' }), aUnit('b', { parent: 'a' })]);
    expect(lineOf('a', circle)).toEqual(['a', 'b']);
  });
});

describe('superiorPost()', () => {
  const units = [aUnit('djp'), aUnit('djp-timur', { parent: 'djp' }), aUnit('itjen')];
  const organisation = anOrganisation([], units);
  const at = { unit: 'djp-timur', day: '2026-11-20', minEchelon: 'III' } as const;

  it('accepts a post in the unit above', () => {
    expect(superiorPost(aPerson('x', { posts: [aPost({ echelon: 'III' })] }), at, organisation)?.unit).toBe('djp');
  });

  it('refuses a post below or beside the unit', () => {
    const below = aPerson('x', { posts: [aPost({ unit: 'djp-timur', echelon: 'I' })] });
    const beside = aPerson('y', { posts: [aPost({ unit: 'itjen', echelon: 'I' })] });
    expect(superiorPost(below, { ...at, unit: 'djp' }, organisation)).toBeUndefined();
    expect(superiorPost(beside, at, organisation)).toBeUndefined();
  });

  it('looks past a high post elsewhere to a sufficient one here', () => {
    const both = aPerson('z', { posts: [aPost({ unit: 'itjen', echelon: 'II' }), aPost({ echelon: 'III' })] });
    expect(superiorPost(both, at, organisation)?.unit).toBe('djp');
  });
});
