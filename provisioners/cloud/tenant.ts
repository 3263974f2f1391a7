import { TargetError } from '../../core/errors.ts';
import type { Fields } from '../../core/kinds.ts';
import { differing } from '../../core/plan/fields.ts';
import type { WritePort } from '../../core/provisioner.ts';
import type { Change, Observed } from '../../core/resource.ts';
import { call } from './call.ts';
import { type Mailbox, observedMailbox } from './mailbox.ts';
import { listAll } from './pages.ts';
import type { Clock } from './patience.ts';
import { type CloudClient, type CloudRequest, type CloudResponse, operationOf } from './protocol.ts';
import { readMailbox, readMarkedUsers, readUser, readUserNames } from './requests.ts';
import { observedUser, type User } from './user.ts';

/** Another replica may not know yet what was written; three minutes cover what Microsoft's staff report. */
const REPLICA_WAITS = [1, 2, 4, 8, 15, 30, 60, 60].map((seconds) => seconds * 1000);

/** Reads and writes of one tenant, in the terms of users and mailboxes. */
export interface Tenant {
  readonly clock: Clock;
  user(idOrUpn: string): Promise<User | undefined>;
  markedUsers(): Promise<readonly User[]>;
  userNames(): Promise<readonly string[]>;
  mailbox(user: User): Promise<Mailbox | undefined>;
  observe(kind: 'cloud-user' | 'mailbox', upn: string): Promise<Observed | undefined>;
  list(request: CloudRequest): Promise<readonly unknown[]>;
  /** A write by the port, under the change that it serves. */
  write(change: Change, port: WritePort, request: () => CloudRequest): Promise<CloudResponse>;
  /** Reads until it is as wanted or three minutes have passed; resolves with what was read last. */
  until<T>(read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T>;
  /** Reads a resource back until it has these fields. @throws TargetError `ReadBackMismatch` */
  readBack(change: Change, wanted: Fields): Promise<Observed>;
}

const kindOf = (change: Change): 'cloud-user' | 'mailbox' => (change.kind === 'mailbox' ? 'mailbox' : 'cloud-user');

async function poll<T>(clock: Clock, read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  let value = await read();
  for (const wait of REPLICA_WAITS) {
    if (wanted(value)) break;
    await clock.pause(wait);
    value = await read();
  }
  return value;
}

async function readBack(target: Tenant, change: Change, wanted: Fields): Promise<Observed> {
  const lacking = (observed: Observed | undefined) =>
    observed === undefined || differing(change.kind, wanted, observed.fields) !== undefined;
  const observed = await target.until(
    () => target.observe(kindOf(change), change.key),
    (value) => !lacking(value),
  );
  if (observed !== undefined && !lacking(observed)) return observed;
  const names = observed ? Object.keys(differing(change.kind, wanted, observed.fields)?.after ?? {}) : ['all'];
  throw new TargetError({
    system: change.kind === 'mailbox' ? 'exchange' : 'graph',
    operation: 'read back',
    code: 'ReadBackMismatch',
    effect: 'refused',
    message: `Wanted the fields as written, got another value of ${names.join(', ')}`,
  });
}

export function tenant(client: CloudClient, clock: Clock): Tenant {
  const self: Tenant = {
    clock,
    user: (idOrUpn) => readUser(client, idOrUpn),
    markedUsers: () => readMarkedUsers(client),
    userNames: () => readUserNames(client),
    mailbox: (user) => readMailbox(client, user),
    list: (request) => listAll(client, request),
    async observe(kind, upn) {
      const user = await self.user(upn);
      if (user === undefined) return undefined;
      return kind === 'cloud-user' ? observedUser(user) : observedMailbox(user, await self.mailbox(user));
    },
    write(change, port, request) {
      const shape = request();
      const { kind, key, request: owner } = change;
      return port.write({ system: shape.api, operation: operationOf(shape), kind, key, request: owner }, () =>
        call(client, shape),
      );
    },
    until: (read, wanted) => poll(clock, read, wanted),
    readBack: (change, wanted) => readBack(self, change, wanted),
  };
  return self;
}
