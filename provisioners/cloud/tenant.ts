import { ZodError } from 'zod';
import { TargetError } from '../../core/errors.ts';
import type { Fields } from '../../core/kinds.ts';
import { differing } from '../../core/plan/fields.ts';
import type { WritePort } from '../../core/provisioner.ts';
import type { Change, Observed } from '../../core/resource.ts';
import { call, refusalOf, unexpected } from './call.ts';
import { type Mailbox, observedMailbox, parseMailbox } from './mailbox.ts';
import { MARKER_PREFIX } from './marker.ts';
import { listAll } from './pages.ts';
import type { Clock } from './patience.ts';
import { type CloudClient, type CloudRequest, type CloudResponse, operationOf } from './protocol.ts';
import { observedUser, parseUser, USER_SELECT, type User } from './user.ts';

export const userPath = (idOrUpn: string): string => `/users/${encodeURIComponent(idOrUpn)}`;

export const cmdlet = (name: string, parameters: Readonly<Record<string, unknown>>): CloudRequest => ({
  api: 'exchange',
  method: 'POST',
  path: '/InvokeCommand',
  body: { CmdletInput: { CmdletName: name, Parameters: parameters } },
});

/** Graph's 404 of an object, as opposed to a wrong path. */
export const isMissing = (error: unknown): boolean =>
  error instanceof TargetError && error.code === 'Request_ResourceNotFound';

const isMissingMailbox = (error: unknown): boolean =>
  refusalOf(error)?.status === 404 && /ManagementObjectNotFoundException|couldn't be found on/.test(String(error));

function parsed<T>(request: CloudRequest, body: unknown, parse: (body: unknown) => T): T {
  try {
    return parse(body);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    throw unexpected(request, 'UnexpectedAnswer', `Member '${error.issues[0]?.path.join('.')}' is not as documented`);
  }
}

/** Another replica may not know yet what was written; three minutes cover what Microsoft's staff report. */
const REPLICA_WAITS = [1, 2, 4, 8, 15, 30, 60, 60].map((seconds) => seconds * 1000);

/** Reads and writes of one tenant, in the terms of users and mailboxes. */
export interface Tenant {
  readonly clock: Clock;
  /** Undefined where Graph says that there is none, which right after a creation is no proof. */
  user(idOrUpn: string): Promise<User | undefined>;
  /** All users with a marker of ours. */
  markedUsers(): Promise<readonly User[]>;
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

export function tenant(client: CloudClient, clock: Clock): Tenant {
  const self: Tenant = {
    clock,
    async user(idOrUpn) {
      const request: CloudRequest = {
        api: 'graph',
        method: 'GET',
        path: userPath(idOrUpn),
        query: { $select: USER_SELECT },
      };
      try {
        return parsed(request, (await call(client, request)).body, parseUser);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async markedUsers() {
      const request: CloudRequest = {
        api: 'graph',
        method: 'GET',
        path: '/users',
        // startsWith on extension attributes is an advanced query: it needs the header and the count.
        headers: { ConsistencyLevel: 'eventual' },
        query: {
          $filter: `startsWith(onPremisesExtensionAttributes/extensionAttribute1,'${MARKER_PREFIX}')`,
          $count: 'true',
          $top: '999',
          $select: USER_SELECT,
        },
      };
      return (await listAll(client, request)).map((entry) => parsed(request, entry, parseUser));
    },
    async mailbox(user) {
      const request = cmdlet('Get-Mailbox', { Identity: user.userPrincipalName });
      try {
        const mailboxes = (await listAll(client, request)).map((entry) => parsed(request, entry, parseMailbox));
        // A principal name may be another mailbox's alias.
        return mailboxes.find((mailbox) => mailbox.ExternalDirectoryObjectId === user.id);
      } catch (error) {
        if (isMissingMailbox(error)) return undefined;
        throw error;
      }
    },
    async observe(kind, upn) {
      const user = await self.user(upn);
      if (user === undefined) return undefined;
      return kind === 'cloud-user' ? observedUser(user) : observedMailbox(user, await self.mailbox(user));
    },
    list: (request) => listAll(client, request),
    write(change, port, request) {
      const shape = request();
      const { kind, key, request: owner } = change;
      return port.write({ system: shape.api, operation: operationOf(shape), kind, key, request: owner }, () =>
        call(client, shape),
      );
    },
    async until(read, wanted) {
      let value = await read();
      for (const wait of REPLICA_WAITS) {
        if (wanted(value)) break;
        await clock.pause(wait);
        value = await read();
      }
      return value;
    },
    async readBack(change, wanted) {
      const lacking = (observed: Observed | undefined) =>
        observed === undefined || differing(change.kind, wanted, observed.fields) !== undefined;
      const kind = change.kind === 'mailbox' ? 'mailbox' : 'cloud-user';
      const observed = await self.until(
        () => self.observe(kind, change.key),
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
    },
  };
  return self;
}
