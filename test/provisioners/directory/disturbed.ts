/** A proxy around any directory client that does wrong what it is told to, once. */
import { failure, refusal } from '../../../provisioners/directory/directory-error.ts';
import type { DirectoryClient, Entry } from '../../../provisioners/directory/protocol.ts';

export type Trouble =
  | {
      readonly on: 'write';
      readonly effect: 'refused' | 'unsent' | 'lost' | 'lost-before' | 'ignored';
      readonly after?: number;
    }
  /** `cut` is a short list that looks complete. */
  | { readonly on: 'read'; readonly effect: 'unreadable' | 'short' | 'cut'; readonly after?: number };

export interface Disturbed {
  readonly client: DirectoryClient;
  readonly writes: { operation: string; name: string }[];
  disturb(trouble: Trouble): void;
  /** Runs once before the next write is sent. */
  beforeNextWrite(action: () => Promise<void>): void;
}

export function disturbed(client: DirectoryClient): Disturbed {
  const troubles: { trouble: Trouble; passes: number }[] = [];
  const actions: (() => Promise<void>)[] = [];
  const writes: { operation: string; name: string }[] = [];
  const next = (on: Trouble['on']): Trouble['effect'] | undefined => {
    const index = troubles.findIndex((one) => one.trouble.on === on);
    const found = troubles[index];
    if (found === undefined || found.passes-- > 0) return undefined;
    troubles.splice(index, 1);
    return found.trouble.effect;
  };
  const write = async (operation: string, name: string, send: () => Promise<void>) => {
    await actions.shift()?.();
    writes.push({ operation, name });
    const effect = next('write');
    if (effect === 'refused') throw refusal(operation, 51, '0000200E: busy');
    if (effect === 'unsent') throw failure(operation, 'no-connection', 'unsent', 'Connection refused');
    if (effect === 'ignored') return;
    if (effect !== 'lost-before') await send();
    if (effect === 'lost' || effect === 'lost-before')
      throw failure(operation, 'no-reply', 'lost', 'Operation timed out');
  };
  return {
    writes,
    disturb: (trouble) => void troubles.push({ trouble, passes: trouble.after ?? 0 }),
    beforeNextWrite: (action) => void actions.push(action),
    client: {
      async search(request): Promise<readonly Entry[]> {
        const effect = next('read');
        if (effect === 'unreadable') throw refusal('search', 50, '00002098: no rights');
        const entries = await client.search(request);
        if (effect === 'short') throw failure('search', 'incomplete', 'refused', 'The last page is missing');
        return effect === 'cut' ? entries.slice(0, -1) : entries;
      },
      add: (name, attributes) => write('add', name, () => client.add(name, attributes)),
      modify: (name, changes) => write('modify', name, () => client.modify(name, changes)),
      modifyDn: (name, rdn, superior) => write('modifyDN', name, () => client.modifyDn(name, rdn, superior)),
      del: (name) => write('del', name, () => client.del(name)),
    },
  };
}
