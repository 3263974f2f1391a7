import type { Kind } from '../../core/kinds.ts';
import type { Observed } from '../../core/resource.ts';
import { ACCOUNT_ATTRIBUTES, accountFields } from './account.ts';
import { failure } from './directory-error.ts';
import { byIdentity, type Dn, dnKey, formatDn, parseDn, sentDn } from './dn.ts';
import { entryAt } from './entry-at.ts';
import { all, equals, type Filter } from './filter.ts';
import { GROUP_ATTRIBUTES, groupFields } from './group.ts';
import { MARKER, type Marker, OPEN_GROUP, parseMarker } from './marker.ts';
import { bytesOf, type DirectoryClient, type Entry, textOf, textsOf } from './protocol.ts';

/** The lowest of the usual server limits (MaxPageSize). */
export const PAGE_SIZE = 1000;

/** An object as it stands: as data, and as the entry that a write must know. */
export interface Found {
  readonly observed: Observed;
  readonly entry: Entry;
  readonly marker: Marker | undefined;
  /** objectGUID in hexadecimal. */
  readonly identity: string;
}

/** A group whose members requests may change. */
export interface OpenGroup {
  readonly key: string;
  readonly entry: Entry;
}

/** A reading's or a batch's view on the domain: which groups are open is read once. Rejects with a TargetError where anything could not be read completely. */
export interface Session {
  readonly client: DirectoryClient;
  readonly base: Dn;
  /** @param expected `few`: asked without pages, which is one question instead of two; more than a server gives at once is an error */
  find(filter: Filter, expected?: 'few' | 'many'): Promise<readonly Found[]>;
  /** One object by its objectGUID, whatever its name is by now; undefined when it is gone. */
  findIdentity(identity: string): Promise<Found | undefined>;
  /** As it is now; undefined where no group of that key is open. */
  openGroup(key: string): Promise<OpenGroup | undefined>;
}

/** The kind of an entry by its object classes; undefined for computers and all that is not managed here. */
export function foundKind(entry: Entry): Kind | undefined {
  const classes = textsOf(entry, 'objectClass').map((name) => name.toLowerCase());
  if (classes.includes('computer')) return undefined;
  if (classes.includes('group')) return 'directory-group';
  return classes.includes('user') ? 'directory-account' : undefined;
}

const keyOf = (entry: Entry) => (textOf(entry, 'sAMAccountName') ?? '').toLowerCase();

type Search = (filter: Filter, attributes: readonly string[]) => Promise<readonly Entry[]>;

const incomplete = (text: string) => failure('search', 'incomplete', 'refused', text);

/** By the members' own back link, with the group's count as proof that none is missing. */
async function membersOf(search: Search, group: Entry): Promise<readonly string[]> {
  const wanted = textsOf(group, 'member').length;
  if (wanted === 0) return [];
  const members = await search(equals('memberOf', sentDn(parseDn(group.dn))), ['sAMAccountName']);
  if (members.length === wanted) return members.map(keyOf);
  throw incomplete(`Group '${keyOf(group)}' has ${wanted} members, but ${members.length} could be read`);
}

const OPEN = [equals('objectClass', 'group'), equals(MARKER, OPEN_GROUP)];

/** Keys of the open groups by DN key: the memberships of which it is told. */
async function openGroupKeys(search: Search): Promise<Map<string, string>> {
  const entries = await search(all(...OPEN), ['sAMAccountName']);
  return new Map(entries.map((entry) => [dnKey(parseDn(entry.dn)), keyOf(entry)]));
}

/** Whether the password is the one that was handed over: nobody has changed it at a first sign-in yet. */
const awaitsFirst = (entry: Entry): boolean => textOf(entry, 'pwdLastSet') === '0';

/** Reads an entry; of a group its members too. */
async function found(entry: Entry, base: Dn, groupsByDn: ReadonlyMap<string, string>, search: Search): Promise<Found> {
  const identity = bytesOf(entry, 'objectGUID')?.toString('hex');
  if (identity === undefined) throw incomplete(`'${entry.dn}' came without objectGUID`);
  const kind = foundKind(entry) ?? 'directory-account';
  const marker = parseMarker(textOf(entry, MARKER));
  const fields =
    kind === 'directory-group'
      ? groupFields(entry, base, await membersOf(search, entry), groupsByDn)
      : accountFields(entry, base, groupsByDn);
  const handover = awaitsFirst(entry) ? marker?.handover : undefined;
  const observed: Observed = {
    kind,
    key: keyOf(entry),
    owner: marker?.request ?? null,
    fields,
    identity,
    ...(handover === undefined ? {} : { handover }),
    phase: 'ready',
  };
  return { observed, entry, marker, identity };
}

const ATTRIBUTES = [...ACCOUNT_ATTRIBUTES, ...GROUP_ATTRIBUTES];

export function openSession(client: DirectoryClient, domain: Dn): Session {
  const baseText = formatDn(domain);
  const few: Search = (filter, attributes) => client.search({ base: baseText, scope: 'sub', filter, attributes });
  const search: Search = (filter, attributes) =>
    client.search({ base: baseText, scope: 'sub', filter, attributes, pageSize: PAGE_SIZE });
  let opened: Promise<Map<string, string>> | undefined;
  const groupKeys = () => {
    opened ??= openGroupKeys(search);
    return opened;
  };

  return {
    client,
    base: domain,
    async openGroup(key) {
      const [entry] = await few(all(...OPEN, equals('sAMAccountName', key)), ACCOUNT_ATTRIBUTES);
      // What is opened while a run goes on is seen by what it reads from now on.
      if (entry !== undefined) (await groupKeys()).set(dnKey(parseDn(entry.dn)), keyOf(entry));
      return entry && { key: keyOf(entry), entry };
    },
    async findIdentity(identity) {
      const byDn = await groupKeys();
      const entry = await entryAt(client, byIdentity(identity), ATTRIBUTES);
      return entry && found(entry, domain, byDn, search);
    },
    async find(filter, expected = 'many') {
      const byDn = await groupKeys();
      const entries = await (expected === 'few' ? few : search)(filter, ATTRIBUTES);
      const list: Found[] = [];
      for (const entry of entries) list.push(await found(entry, domain, byDn, search));
      return list;
    },
  };
}
