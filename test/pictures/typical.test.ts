import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT, removeCommandLines } from '../builders/command-line.ts';
import { treeFaults } from '../scripts/report/markdown-tree.ts';
import { commentsPage } from './page.ts';
import { typicalPulls } from './typical.ts';

const pulls = await typicalPulls();
afterAll(() => {
  process.chdir(ROOT);
  removeCommandLines();
});

const readme = readFileSync(join(ROOT, 'requests/README.md'), 'utf8');
const named = [...readme.matchAll(/\]\((pictures\/[^)]+)\)/g)].map((match) => match[1] ?? '');

describe('the typical pull requests', () => {
  it.each(pulls.map((pull) => [pull.title, pull] as const))('%s: a comment of allowed nodes', (_, { body }) => {
    expect(
      treeFaults(body, (url) => url.startsWith('https://github.com/') || url.startsWith('https://github.test/')),
    ).toEqual([]);
    expect(Buffer.byteLength(body)).toBeLessThan(65_536);
  });

  it('stand each the way its title says', () => {
    const verdicts = pulls.map(({ body }) => body.split('\n')[1]);
    expect(verdicts).toEqual([
      '⏳ **Menunggu persetujuan 1 permintaan (3 akan dibuat)**',
      '❌ **2 kesalahan harus diperbaiki**',
      '✅ **Siap digabung (1 diubah)**',
      '⏳ **Menunggu persetujuan 34 permintaan (34 akan dibuat)**',
      '⏳ **Menunggu pejabat menyebut 4 penghapusan satu per satu (4 dihapus)**',
      '✅ **Selesai: 1 perubahan diterapkan**',
    ]);
  });

  it('make one page of HTML without scripts', () => {
    const page = commentsPage(pulls);
    expect(page).not.toMatch(/<script|javascript:|<img/i);
    for (const { title } of pulls) expect(page).toContain(`<h2>${title}</h2>`);
  });

  it('are pictured in the README, each picture small and one of them', () => {
    expect(named).toHaveLength(4);
    for (const path of named) {
      const file = join(ROOT, 'requests', path);
      expect(existsSync(file)).toBe(true);
      expect(statSync(file).size).toBeLessThan(150_000);
      expect(pulls.map(({ name }) => `pictures/${name}.png`)).toContain(path);
    }
  });
});
