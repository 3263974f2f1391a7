import type { Lang } from '../report/view.ts';
import type { Asker } from './asker.ts';

/** Asks at the process's terminal; nobody is asked in CI or where input or messages go elsewhere. */
export async function terminalAsker(lang: Lang): Promise<Asker | undefined> {
  const { stdin, stderr, env } = process;
  if (stdin.isTTY !== true || stderr.isTTY !== true || env.CI !== undefined) return undefined;
  const { clackAsker } = await import('./clack.ts');
  return clackAsker(lang, { input: stdin, output: stderr });
}
