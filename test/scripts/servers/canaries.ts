/** All that the commands of a rig print and keep, and every secret that must not be in it. */
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { foundIn, searcherOf } from '../../faults/encodings.ts';
import { passwordsIn } from '../../faults/tell.ts';

const RECORDER = new URL('./record-random.ts', import.meta.url).href;

/** What makes a process tell the most; the launcher takes `NODE_DEBUG` away, and without it no server is reached. */
export const DEBUG = { NODE_DEBUG: '*', DEBUG: '*' } as const;

export interface Found {
  readonly secrets: number;
  readonly bytes: number;
  /** `where: encoding` for each secret that was found. */
  readonly hits: readonly string[];
}

export interface Canaries {
  /** Variables of a process whose passwords are to be known, with all traces on. */
  readonly env: Readonly<Record<string, string>>;
  /** Remembers texts that a process printed. */
  hear(where: string, ...texts: readonly string[]): void;
  /** A secret that was not made by a process of `env`. */
  know(...secrets: readonly string[]): void;
  /** Looks for all secrets in all that was heard, and in all files below the folders. */
  search(folders: readonly string[]): Found;
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}

/** @param folder for the random numbers; not one that is searched */
export function openCanaries(folder: string): Canaries {
  mkdirSync(folder);
  const heard = new Map<string, Buffer>();
  const known = new Set<string>();
  const secretsMade = () =>
    filesBelow(folder).flatMap((file) => passwordsIn(readFileSync(file, 'utf8').trim().split('\n')));
  return {
    env: { RANDOM_FOLDER: folder, NODE_OPTIONS: `--trace-warnings --trace-uncaught --import ${RECORDER}` },
    hear: (where, ...texts) => void heard.set(`${heard.size} ${where}`, Buffer.from(texts.join('\n'))),
    know: (...secrets) => {
      for (const one of secrets) known.add(one);
    },
    search(folders) {
      const secrets = [...new Set([...known, ...secretsMade()])];
      const kept = folders.flatMap(filesBelow).map((file) => [file, readFileSync(file)] as const);
      const searcher = searcherOf(secrets);
      const places = [...heard, ...kept];
      return {
        secrets: secrets.length,
        bytes: places.reduce((sum, [, text]) => sum + text.length, 0),
        hits: places.flatMap(([where, text]) => foundIn(text, searcher).map((how) => `${where}: ${how}`)),
      };
    },
  };
}
