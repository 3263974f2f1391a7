import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RECIPE } from './recipe.ts';

const PROGRAM = join(import.meta.dirname, 'template.py');
/** The system's python has the samba module; another one may come first in PATH. */
export const PYTHON = '/usr/bin/python3';
/** Debian's servers are in sbin, which is not on everybody's PATH. */
export const ENV = { ...process.env, PATH: `/usr/bin:/usr/sbin:/sbin:${process.env.PATH}` };

/**
 * The folder with the domain, made where it is missing (some seconds), once for all processes. Its name tells Samba's
 * version and the recipe, so that a change of either makes another one.
 */
export function sambaTemplate(version: string): string {
  const input = JSON.stringify(RECIPE);
  const content = createHash('sha256').update(version).update(input).update(readFileSync(PROGRAM));
  const folder = join(tmpdir(), `layanan-samba-${content.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const args = [`${folder}.lock`, PYTHON, PROGRAM, folder];
  const { status, stderr, error } = spawnSync('flock', args, { input, env: ENV, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Cannot make the domain of the tests: ${error?.message ?? stderr.slice(-2000)}`);
  return folder;
}
