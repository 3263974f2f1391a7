import type { DirectoryClient } from '../../../../provisioners/directory/protocol.ts';

export interface Interruption {
  /** The n-th write, from 1. */
  readonly at: number;
  readonly position: 'before' | 'after';
  /** What happens there; what it throws, the caller gets. */
  readonly act: () => Promise<void>;
}

/** A directory at which something happens around one of its writes. */
export function interrupted(directory: DirectoryClient, { at, position, act }: Interruption): DirectoryClient {
  let count = 0;
  const around = async (write: () => Promise<void>): Promise<void> => {
    const here = ++count === at;
    if (here && position === 'before') await act();
    await write();
    if (here && position === 'after') await act();
  };
  return {
    ...directory,
    add: (dn, attributes) => around(() => directory.add(dn, attributes)),
    modify: (dn, changes) => around(() => directory.modify(dn, changes)),
  };
}

/** A run that ended: nothing after it is done by it. */
export const killed = async (): Promise<never> => {
  throw new Error('Killed');
};
