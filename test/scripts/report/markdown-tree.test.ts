import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cell, code, fenced, inline, link } from '../../../scripts/report/escape.ts';
import { hostile } from './hostile.ts';
import { treeFaults } from './markdown-tree.ts';

const ours = (address: string) => address.startsWith('https://contoh.test/');

describe('a tree of GitHub Markdown', () => {
  it('shows what would be alive', () => {
    expect(treeFaults('hai @orang')).toEqual(['live text: hai @orang']);
    expect(treeFaults('https://x.test')).toContain('link: https://x.test');
    expect(treeFaults('<img src=x>')).toEqual(['html: <img src=x>']);
    expect(treeFaults('![x](y)')).toHaveLength(1);
    expect(treeFaults('a[^1]\n\n[^1]: b')).not.toEqual([]);
  });

  it('holds only allowed nodes, whatever 5,000 users write into each context', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const page = [
          `| a | ${cell(text)} |`,
          '|---|---|',
          `| ${code(text)} | ${link(text, `https://contoh.test/${text}`)} |`,
          '',
          `Satu ${inline(text)} dua`,
          '',
          inline(text),
          '',
          `- ${inline(text)}<br>${code(text)}`,
          '',
          '<details>',
          `<summary>${code(text)}</summary>`,
          '',
          fenced('diff', text.split('\n')),
          '',
          '</details>',
        ].join('\n');
        expect(treeFaults(page, ours)).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });
});
