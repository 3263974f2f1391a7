import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const TOOLS = ['bash', 'dirname', 'mktemp', 'rm', 'timeout', 'tee', 'grep', 'tail', 'id', 'sh', 'cat'];

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Runs the gate with an npm whose `run check` and `test` are these lines of sh, and workflows so checked; without apt-get. */
function gate(npm: { check: string; test: string; workflows?: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'gate-'));
  folders.push(folder);
  const bin = join(folder, 'bin');
  for (const name of ['bin', '.ci', 'scripts']) mkdirSync(join(folder, name));
  copyFileSync(join(ROOT, '.ci/run'), join(folder, '.ci/run'));
  const text = `#!/bin/sh\ncase $1 in run) ${npm.check} ;; test) ${npm.test} ;; esac\n`;
  writeFileSync(join(bin, 'npm'), text, { mode: 0o755 });
  const workflows = `#!/bin/sh\n${npm.workflows ?? 'exit 0'}\n`;
  writeFileSync(join(folder, 'scripts/check-workflows'), workflows, { mode: 0o755 });
  for (const tool of TOOLS) {
    symlinkSync(execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim(), join(bin, tool));
  }
  const { status, stdout } = spawnSync('bash', [join(folder, '.ci/run')], {
    env: { PATH: bin },
    encoding: 'utf8',
    input: 'typed\n',
  });
  return { status, lines: stdout.trimEnd().split('\n') };
}

const GREEN = "echo '7 passed, 0 failed, 1 skipped'";

describe('.ci/run', () => {
  it('ends with the counts of npm test', () => {
    const { status, lines } = gate({ check: 'exit 0', test: `${GREEN}; echo afterwards` });
    expect(status).toBe(0);
    expect(lines.at(-1)).toBe('7 passed, 0 failed, 1 skipped');
  });

  it('runs the tests with CI set and without anything on stdin', () => {
    const { lines } = gate({ check: 'exit 0', test: `echo "CI=$CI"; cat; ${GREEN}` });
    expect(lines).toContain('CI=true');
    expect(lines).not.toContain('typed');
  });

  it('fails when a test failed', () => {
    const { status, lines } = gate({ check: 'exit 0', test: "echo '6 passed, 1 failed, 0 skipped'; exit 1" });
    expect(status).toBe(1);
    expect(lines.slice(-2)).toEqual(['Failed: npm test', '6 passed, 1 failed, 0 skipped']);
  });

  it('fails when the check fails, runs the tests all the same, and its last line says so', () => {
    const { status, lines } = gate({ check: 'exit 1', test: GREEN });
    expect(status).toBe(1);
    expect(lines.slice(-2)).toEqual(['Failed: npm run check', '7 passed, 1 failed, 1 skipped']);
  });

  it('fails when a workflow has a fault', () => {
    const { status, lines } = gate({ check: 'exit 0', test: GREEN, workflows: 'exit 1' });
    expect(status).toBe(1);
    expect(lines.slice(-2)).toEqual(['Failed: Workflows', '7 passed, 1 failed, 1 skipped']);
  });

  it('fails when the test run ends without its counts, even with exit code 0', () => {
    for (const end of ['exit 0', 'exit 1']) {
      const { status, lines } = gate({ check: 'exit 0', test: end });
      expect(status).toBe(1);
      expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
    }
  });
});
