import type { Provisioner } from '../../core/provisioner.ts';
import type { Change, Observed } from '../../core/resource.ts';
import { outcomeOf, type Run, refuse } from './changes.ts';
import { adoptMailbox, deleteMailbox, writeMailbox } from './mailbox-changes.ts';
import { type Clock, patient } from './patience.ts';
import type { CloudClient } from './protocol.ts';
import { readCloud } from './read.ts';
import { skuByPart } from './skus.ts';
import { tenant } from './tenant.ts';
import { adoptUser, deleteUser, updateUser } from './user-changes.ts';
import { createUser } from './user-create.ts';

export interface CloudOptions {
  readonly client: CloudClient;
  readonly now: () => Date;
  /** Uniform integers in `[0, max)`; `node:crypto`'s in production. */
  readonly randomInt: (max: number) => number;
  /** Waits so many milliseconds; a timer where left out. */
  readonly pause?: (ms: number) => Promise<void>;
}

const timer = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const isMailboxDelete = (change: Change) => change.kind === 'mailbox' && change.action === 'delete';

/** Mailboxes go with their users and licences, so their deletes are looked at once those are written. */
const inOrder = (changes: readonly Change[]): readonly Change[] => [
  ...changes.filter((change) => !isMailboxDelete(change)),
  ...changes.filter(isMailboxDelete),
];

async function write(run: Run, change: Change): Promise<Observed | undefined> {
  if (change.kind === 'cloud-user')
    switch (change.action) {
      case 'create':
        return createUser(run, change);
      case 'update':
        return updateUser(run, change);
      case 'adopt':
        return adoptUser(run, change);
      case 'delete':
        return deleteUser(run, change);
    }
  if (change.kind === 'mailbox')
    switch (change.action) {
      case 'create':
      case 'update':
        return writeMailbox(run, change);
      case 'adopt':
        return adoptMailbox(run, change);
      case 'delete':
        return deleteMailbox(run, change);
    }
  throw refuse(change, 'WrongKind', `'${change.kind}' is not of Microsoft 365`);
}

/** Users and mailboxes of one Microsoft 365 tenant. */
export function createCloud({ client, now, randomInt, pause = timer }: CloudOptions): Provisioner {
  const clock: Clock = { now, pause, randomInt };
  const target = tenant(patient(client, clock), clock);
  const mailboxBefore = new Map<string, string>();
  return {
    kinds: ['cloud-user', 'mailbox'],
    read: (wanted) => readCloud(target, wanted, skuByPart),
    names: () => target.userNames(),
    async *apply(changes, port) {
      const run: Run = { tenant: target, port, skuByPart, mailboxBefore };
      for (const change of inOrder(changes)) yield outcomeOf(change, () => write(run, change));
    },
  };
}
