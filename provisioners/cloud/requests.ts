import { ZodError } from 'zod';
import { TargetError } from '../../core/errors.ts';
import { call, refusalOf, unexpected } from './call.ts';
import { type Mailbox, parseMailbox } from './mailbox.ts';
import { MARKER_PREFIX } from './marker.ts';
import { listAll } from './pages.ts';
import type { CloudClient, CloudRequest } from './protocol.ts';
import { parseUser, USER_SELECT, type User } from './user.ts';

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

/** Undefined where Graph says that there is none, which right after a creation is no proof. */
export async function readUser(client: CloudClient, idOrUpn: string): Promise<User | undefined> {
  const query = { $select: USER_SELECT };
  const request: CloudRequest = { api: 'graph', method: 'GET', path: userPath(idOrUpn), query };
  try {
    return parsed(request, (await call(client, request)).body, parseUser);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** All users with a marker of ours. */
export async function readMarkedUsers(client: CloudClient): Promise<readonly User[]> {
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
}

/** Principal names of all users, in lower case. */
export async function readUserNames(client: CloudClient): Promise<readonly string[]> {
  const request: CloudRequest = {
    api: 'graph',
    method: 'GET',
    path: '/users',
    headers: { ConsistencyLevel: 'eventual' },
    query: { $count: 'true', $top: '999', $select: USER_SELECT },
  };
  const users = (await listAll(client, request)).map((entry) => parsed(request, entry, parseUser));
  return users.map((user) => user.userPrincipalName.toLowerCase());
}

export async function readMailbox(client: CloudClient, user: User): Promise<Mailbox | undefined> {
  const request = cmdlet('Get-Mailbox', { Identity: user.userPrincipalName });
  try {
    const mailboxes = (await listAll(client, request)).map((entry) => parsed(request, entry, parseMailbox));
    // A principal name may be another mailbox's alias.
    return mailboxes.find((mailbox) => mailbox.ExternalDirectoryObjectId === user.id);
  } catch (error) {
    if (isMissingMailbox(error)) return undefined;
    throw error;
  }
}
