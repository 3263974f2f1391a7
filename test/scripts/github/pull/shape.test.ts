import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../../policies/load.ts';
import type { ChangedFile } from '../../../../scripts/git/git.ts';
import { MOST_FILES, shapeOf } from '../../../../scripts/github/pull/shape.ts';
import { ROOT } from '../../../builders/command-line.ts';

const { messages } = loadPolicies(`${ROOT}/policies`, 'sandbox');
const plain = (path: string, mode = '100644'): ChangedFile => ({ path, mode, blob: 'a'.repeat(40) });
const shape = (changes: readonly ChangedFile[], conflicts: readonly string[] = []) =>
  shapeOf({ base: '', head: '', mergeBase: '', tree: '', changes, conflicts }, 'requests/', messages);
const codes = (...given: Parameters<typeof shape>) => shape(...given).findings.map((one) => one.code);

describe('shapeOf()', () => {
  it('takes request files, and nothing is wrong with them', () => {
    expect(shape([plain('requests/djp/a.yaml')])).toEqual({ requests: ['requests/djp/a.yaml'], findings: [] });
  });

  it('is silent about a pull request without requests', () => {
    expect(shape([plain('core/a.ts'), plain('requests/README.md')])).toEqual({ requests: [], findings: [] });
  });

  it.each([
    ['requests/djp/andi.yaml.txt', 'djp/andi.yaml'],
    ['requests/djp/Andi.yaml', 'djp/andi.yaml'],
    ['requests/djp/andi.yml', 'djp/andi.yaml'],
    ['requests/andi.yaml', undefined],
  ])('tells of %s alone that a request has another name', (path, suggestion) => {
    const [found] = shape([plain(path), plain('README.md')]).findings;
    expect(found).toMatchObject({ code: 'request/path', file: path });
    expect(found?.suggestion).toBe(suggestion);
    expect(shape([{ path, mode: '000000', blob: null }]).requests).toEqual([]);
  });

  it.each([
    'policies/rails.ts',
    '.github/workflows/apply.yml',
    'requests/README.md',
    'requests/djp/deep/a.yaml',
    'requests/djp/A.yaml',
    'requests/../x.yaml',
    'requests/djp/a.yaml\nx',
  ])('refuses %j beside a request', (path) => {
    expect(codes([plain('requests/djp/a.yaml'), plain(path)])).toEqual(['pull/other-path']);
  });

  it.each(['120000', '160000', '100755'])('refuses a request of mode %s unread', (mode) => {
    expect(codes([plain('requests/djp/a.yaml', mode)])).toEqual(['pull/no-plain-file']);
  });

  it('takes the removal of a request, whose mode is none', () => {
    expect(codes([{ path: 'requests/djp/a.yaml', mode: '000000', blob: null }])).toEqual([]);
  });

  it('names what the base has changed too', () => {
    expect(codes([plain('requests/djp/a.yaml')], ['requests/djp/a.yaml'])).toEqual(['pull/conflict']);
  });

  it('stops at the number of files, before any is read', () => {
    const many = Array.from({ length: MOST_FILES + 1 }, (_, n) => plain(`requests/djp/a${n}.yaml`));
    expect(codes(many)).toEqual(['pull/too-many']);
  });
});
