import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Engine } from '../../stacks/engine.ts';
import type { Provider } from '../../stacks/provider.ts';
import type { OpenEngine } from './target.ts';

export interface EmbeddedEngineOptions {
  /** The SQLite file of the states, shared by processes; the key that seals their secrets stands beside it. */
  readonly file: string;
  readonly providers: readonly Provider[];
  readonly now: () => Date;
}

const KEY_BYTES = 32;

/** The key beside a file of states; whoever comes second takes the first one's. */
function keyBeside(file: string): Buffer {
  const path = `${file}.key`;
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  try {
    return readFileSync(path);
  } catch {
    writeFileSync(draft, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  }
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path);
}

/** The embedded engine over a file, loaded and opened when a stack is to be run for the first time. */
export function embeddedEngine({ file, providers, now }: EmbeddedEngineOptions): { open: OpenEngine; close(): void } {
  let opened: Promise<Engine & Disposable> | undefined;
  let engine: Disposable | undefined;
  const load = async () => {
    const { createEmbeddedEngine } = await import('../../stacks/embedded/engine.ts');
    const loaded = createEmbeddedEngine({ file, key: keyBeside(file), providers, now });
    engine = loaded;
    return loaded;
  };
  return {
    open: () => {
      opened ??= load();
      return opened;
    },
    close: () => engine?.[Symbol.dispose](),
  };
}
