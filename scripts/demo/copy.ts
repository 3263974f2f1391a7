import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Options } from '../workspace/options.ts';
import type { Workspace } from '../workspace/workspace.ts';

const STAMP = 'shown';

/** A copy of requests and store, in which an act may do what it likes. */
export interface Copy {
  /** Options of a workspace on the copy. */
  readonly on: Options;
  /** Marks the act as shown: the next run does not show it again. */
  done(): void;
}

/** Copies requests and store below the store; undefined where the act of that name was shown already. */
export function copyFor(act: string, { options, store }: Workspace): Copy | undefined {
  const stamp = store.path(act, STAMP);
  if (existsSync(stamp)) return undefined;
  const copy = dirname(stamp);
  const on = { ...options, requests: join(copy, 'requests'), store: join(copy, 'store') };
  cpSync(options.requests, on.requests, { recursive: true });
  for (const part of ['journal', 'sandbox', 'keys', 'bast'].filter((one) => existsSync(store.path(one))))
    cpSync(store.path(part), join(on.store, part), { recursive: true });
  return { on, done: () => writeFileSync(stamp, '') };
}
