import type { AccountSearch, Candidate, Discovery } from '../../core/discovery.ts';
import { type Dn, formatDn, parseDn } from './dn.ts';
import { all, any, equals, type Filter, startsWith } from './filter.ts';
import { MARKER } from './marker.ts';
import { protectionOf } from './protection.ts';
import { type DirectoryClient, textOf } from './protocol.ts';
import { type Found, foundKind, openSession, PAGE_SIZE, type Session } from './session.ts';

/** Objects that are read whole at a time, and terms of one filter. */
const PART = 100;

const chunks = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / PART) }, (_, i) => list.slice(i * PART, (i + 1) * PART));

/** Groups are asked for once, however many accounts are in them. */
function remembering(client: DirectoryClient): DirectoryClient {
  const known = new Map<string, ReturnType<DirectoryClient['search']>>();
  const search: DirectoryClient['search'] = (request) => {
    if (request.scope !== 'base') return client.search(request);
    const answer = known.get(request.base) ?? client.search(request);
    known.set(request.base, answer);
    return answer;
  };
  return { ...client, search };
}

const USERS_AND_GROUPS = any(equals('objectClass', 'user'), equals('objectClass', 'group'));

function filtersOf({ logins, prefix }: AccountSearch): Filter[] {
  if (logins !== undefined)
    return chunks([...new Set(logins)]).map((part) => any(...part.map((login) => equals('sAMAccountName', login))));
  return [prefix ? all(USERS_AND_GROUPS, startsWith('sAMAccountName', prefix)) : USERS_AND_GROUPS];
}

async function keysOf(client: DirectoryClient, domain: Dn, search: AccountSearch): Promise<readonly string[]> {
  const base = formatDn([...parseDn(search.ou), ...domain]);
  const attributes = ['sAMAccountName', 'objectClass'];
  const keys = new Set<string>();
  for (const filter of filtersOf(search))
    for (const entry of await client.search({ base, scope: 'sub', filter, attributes, pageSize: PAGE_SIZE }))
      if (foundKind(entry) !== undefined) keys.add((textOf(entry, 'sAMAccountName') ?? '').toLowerCase());
  return [...keys].sort();
}

async function candidateOf({ observed, entry, marker }: Found, { client, base }: Session): Promise<Candidate> {
  const detail = await protectionOf(client, entry, base);
  if (detail !== undefined) return { observed, refused: { reason: 'protected', detail } };
  if (marker !== undefined || textOf(entry, MARKER) === undefined) return { observed };
  return { observed, refused: { reason: 'in-use', detail: `Its ${MARKER} holds a text that is no marker` } };
}

async function* partsOf(session: Session, keys: readonly string[]): AsyncIterable<readonly Candidate[]> {
  for (const part of chunks(keys)) {
    const found = await session.find(any(...part.map((key) => equals('sAMAccountName', key))));
    const candidates: Candidate[] = [];
    for (const one of found) if (foundKind(one.entry) !== undefined) candidates.push(await candidateOf(one, session));
    yield candidates.sort((a, b) => (a.observed.key < b.observed.key ? -1 : 1));
  }
}

/**
 * Lists accounts and groups below an organisational unit, in the order of their logins, with what keeps requests from
 * owning them. Reads only.
 * @param base DN of the domain
 * @throws TargetError where it could not be read completely; NameError for an `ou` that is no name
 */
export async function discoverAccounts(
  client: DirectoryClient,
  base: string,
  search: AccountSearch,
): Promise<Discovery> {
  const domain = parseDn(base);
  const session = openSession(remembering(client), domain);
  const keys = await keysOf(client, domain, search);
  return { total: keys.length, parts: partsOf(session, keys) };
}
