import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');
const QUICKLY = `(await import('./scripts/cli/modules.ts')).findModulesQuickly();`;

/** A process of its own, with or without the quick way. */
function run(before: string, code: string) {
  const args = ['--input-type=module', '-e', `${before}${code}`];
  return spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
}

/** Whether zod came with its languages, and what it says of a wrong object. */
function zodWith(before: string): { readonly languages: number; readonly said: readonly string[] } {
  const code = `
    const { locales, strictObject, string, email } = await import('zod');
    const { error } = strictObject({ a: string().min(3), b: email() }).safeParse({ a: '', b: 'x', c: 1 });
    console.log(JSON.stringify({ languages: Object.keys(locales).length, said: error.issues.map((one) => one.message) }));`;
  return JSON.parse(run(before, code).stdout);
}

describe('findModulesQuickly()', () => {
  it('leaves out the languages of zod, which it brings by itself', () => {
    expect(zodWith('').languages).toBeGreaterThan(50);
    expect(zodWith(QUICKLY).languages).toBe(0);
  });

  it('changes nothing of what zod says', () => {
    expect(zodWith(QUICKLY).said).toEqual(zodWith('').said);
  });

  it('finds every client, with the SDK of its target', { timeout: 60_000 }, () => {
    const code = `
      import { globSync } from 'node:fs';
      const files = globSync('{provisioners,scripts}/**/client.ts');
      for (const file of files) await import(\`./\${file}\`);
      console.log(files.length >= 4);`;
    expect(run(QUICKLY, code)).toMatchObject({ stderr: '', stdout: 'true\n' });
  });

  it('leaves out nothing of that name for anybody but zod', () => {
    const { status, stderr } = run(QUICKLY, `await import('../locales/index.js');`);
    expect(status).toBe(1);
    expect(stderr).toContain('locales/index.js');
  });

  it('names a module that is not there', () => {
    const { status, stderr } = run(QUICKLY, `await import('./core/nothing-here.ts');`);
    expect(status).toBe(1);
    expect(stderr).toContain('core/nothing-here.ts');
  });

  it('names a package that is not there, by which optional ones are told', () => {
    const { stdout } = run(QUICKLY, `await import('no-such-package').catch(({ code }) => console.log(code));`);
    expect(stdout).toBe('ERR_MODULE_NOT_FOUND\n');
  });
});
