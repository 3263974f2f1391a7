import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './command-line.ts';

export interface ChildOptions {
  /** The folder in which it runs; the repository by default. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The repository whose `scripts/main.ts` is run. */
  readonly root?: string;
  /** Closes standard output before anything is written, as `| true` does. */
  readonly closes?: boolean;
}

/** The command line in a process of its own. */
export async function child(args: readonly string[], { cwd = ROOT, env = {}, root = ROOT, closes }: ChildOptions = {}) {
  const main = join(root, 'scripts/main.ts');
  const { PATH = '', HOME = '' } = process.env;
  const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    cwd,
    env: { PATH, HOME, LAYANAN_LANG: 'en', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (closes) started.stdout.destroy();
  let out = '';
  let err = '';
  started.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  started.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const exit = await new Promise<number | null>((resolve) => started.on('close', resolve));
  return { exit, out, err };
}
