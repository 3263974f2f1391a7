import { describe, expect, it } from 'vitest';
import { closest } from '../../../core/load/closest.ts';
import { meantDate } from '../../../core/load/date.ts';

describe('closest()', () => {
  it.each([
    ['titel', ['title', 'state'], 'title'],
    ['DisplayName', ['displayName'], 'displayName'],
    ['requestor', ['requester', 'service'], 'requester'],
    ['sapec', ['spec', 'state'], 'spec'],
    ['warna', ['title', 'spec'], undefined],
    ['', ['a'], 'a'],
    ['x'.repeat(60_000), ['title'], undefined],
  ])('takes %.20j among %j to be %j', (wanted, candidates, meant) => {
    expect(closest(wanted, candidates)).toBe(meant);
  });
});

describe('meantDate()', () => {
  it.each([
    ['2026-02-30', '2026-02-28'],
    ['2028-02-30', '2028-02-29'],
    ['2026-1-2', '2026-01-02'],
    ['2026/11/02', '2026-11-02'],
    ['2 November 2026', '2026-11-02'],
    ['17 Agustus 2026', '2026-08-17'],
    ['02-11-2026', '2026-11-02'],
    ['2026-11-02T08:00:00Z', '2026-11-02'],
    ['2026-13-01', undefined],
    ['besok', undefined],
  ])('takes %j to be %j', (written, meant) => {
    expect(meantDate(written)).toBe(meant);
  });
});
