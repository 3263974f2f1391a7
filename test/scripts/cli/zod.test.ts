import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Whether zod came with its languages, and what it says of a wrong object, in a process of its own. */
function zodWith(before: string): { readonly languages: number; readonly said: readonly string[] } {
  const code = `${before}
    const { locales, strictObject, string, email } = await import('zod');
    const { error } = strictObject({ a: string().min(3), b: email() }).safeParse({ a: '', b: 'x', c: 1 });
    console.log(JSON.stringify({ languages: Object.keys(locales).length, said: error.issues.map((one) => one.message) }));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: ROOT, encoding: 'utf8' });
  return JSON.parse(output);
}

const LOAD = `await (await import(${JSON.stringify(join(ROOT, 'scripts/cli/zod.ts'))})).loadZod();`;

describe('loadZod()', () => {
  it('leaves out the languages, which zod brings by itself', () => {
    expect(zodWith('').languages).toBeGreaterThan(50);
    expect(zodWith(LOAD).languages).toBe(0);
  });

  it('changes nothing of what zod says', () => {
    expect(zodWith(LOAD).said).toEqual(zodWith('').said);
  });
});
