import { describe, expect, it } from 'vitest';
import { aligned, columnsOf, wrap } from '../../../scripts/report/layout.ts';

describe('columnsOf()', () => {
  it('counts what a terminal shows', () => {
    expect(['abc', 'e\u0301', '日本', '🙂', '—'].map(columnsOf)).toEqual([3, 1, 4, 2, 1]);
  });
});

describe('wrap()', () => {
  it('breaks at spaces, and a long word anywhere', () => {
    expect(wrap('satu dua tiga', 8)).toEqual(['satu dua', 'tiga']);
    expect(wrap('abcdefghijkl', 8)).toEqual(['abcdefgh', 'ijkl']);
  });
});

describe('aligned()', () => {
  it('narrows the widest column and goes on below', () => {
    const lines = aligned([['a', 'satu dua tiga empat lima enam', 'z']], 20);
    expect(lines).toEqual(['a  satu dua tiga   z', '   empat lima', '   enam']);
  });

  it('breaks no name as long as sentences can go on below, and then only in the last column', () => {
    const row = ['djp/kunjungan-dc', 'dc-visit', 'menunggu tim fasilitas'];
    expect(aligned([row], 40)).toEqual(['djp/kunjungan-dc  dc-visit  menunggu tim', `${' '.repeat(28)}fasilitas`]);
    expect(aligned([['djp/kunjungan-dc', 'dc-visit', 'djp/kunjungan-dc#3.1.1']], 44)).toEqual([
      'djp/kunjungan-dc  dc-visit  djp/kunjungan-dc',
      `${' '.repeat(28)}#3.1.1`,
    ]);
  });

  it('takes 200,000 rows', () => {
    expect(aligned(Array(200_000).fill(['a', 'b']), 80)).toHaveLength(200_000);
  });
});
