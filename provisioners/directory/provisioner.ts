import type { Handover } from '../../core/handover.ts';
import type { Provisioner } from '../../core/provisioner.ts';
import { applyChange } from './apply.ts';
import { parseDn } from './dn.ts';
import { directoryNames } from './names.ts';
import type { DirectoryClient } from './protocol.ts';
import { DIRECTORY_KINDS, readDirectory } from './read.ts';
import { openSession } from './session.ts';

export interface DirectoryOptions {
  readonly client: DirectoryClient;
  /** Base DN of the domain: `DC=contoh,DC=test`. */
  readonly base: string;
  readonly handover: Handover;
  /** Uniform integers in `[0, max)`; `node:crypto`'s in production. */
  readonly randomInt: (max: number) => number;
}

/** Accounts and groups in Active Directory. */
export function createDirectory({ client, base, handover, randomInt }: DirectoryOptions): Provisioner {
  const domain = parseDn(base);
  return {
    kinds: DIRECTORY_KINDS,
    read: (wanted) => readDirectory(openSession(client, domain), wanted),
    names: () => directoryNames(client, domain),
    async *apply(changes, port) {
      const session = openSession(client, domain);
      for (const change of changes)
        yield await applyChange({ change, session, port, handover, randomInt, progress: { values: {} } });
    },
  };
}
