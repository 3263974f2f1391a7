import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Runs vitest with the reporter over these test files: what it prints, and the line of counts. */
function testRun(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'counts-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.test.js`), text);
  const counts = join(folder, 'counts');
  const reporter = `--reporter=${join(ROOT, 'scripts/test-counts.ts')}`;
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const { stdout, status } = spawnSync(process.execPath, [vitest, 'run', '--root', folder, '--globals', reporter], {
    env: { PATH: process.env.PATH, LAYANAN_TEST_COUNTS: counts },
    encoding: 'utf8',
  });
  return { status, stdout: stdout.trim().split('\n').filter(Boolean), counts: readFileSync(counts, 'utf8') };
}

describe('testCounts()', () => {
  it('counts tests and names what was skipped, a suite once', () => {
    const run = testRun({
      a: "it('a', () => {}); describe.skip('Samba (missing)', () => { it('x', () => {}); it('y', () => {}); });",
      b: "describe('b', () => { it('b', () => {}); it.skip('later', () => {}); });",
    });
    expect(run.counts).toBe('2 passed, 0 failed, 3 skipped\n');
    expect(run.stdout.sort()).toEqual(['Skipped: a.test.js: Samba (missing)', 'Skipped: b.test.js: b > later']);
    expect(run.status).toBe(0);
  });

  it('counts as failed what vitest fails for outside a test', () => {
    const run = testRun({
      load: "import './missing.js'; it('never', () => {});",
      hook: "describe('h', () => { beforeAll(() => { throw new Error('hook'); }); it('x', () => {}); });",
      stray:
        "it('ok', () => { setTimeout(() => { throw new Error('stray'); }); return new Promise((r) => setTimeout(r, 5)); });",
      plain: "it('fails', () => { throw new Error('plain'); });",
    });
    const [, failed] = /^1 passed, (\d+) failed, (\d+) skipped\n$/.exec(run.counts) ?? [];
    expect(Number(failed)).toBeGreaterThanOrEqual(4);
    expect(run.status).toBe(1);
  });
});
