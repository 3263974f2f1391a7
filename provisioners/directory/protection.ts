/** What is never written, whoever asks: the directory's own administration (tier 0). */
import { PROTECTED_NAMES } from '../../core/protected-names.ts';
import { bySid, type Dn, dnKey, formatDn, isWithin, parseDn, relativeTo, sentDn } from './dn.ts';
import { entryAt } from './entry-at.ts';
import { present } from './filter.ts';
import { bytesOf, type DirectoryClient, type Entry, textOf, textsOf } from './protocol.ts';

/** Relative identifiers of privileged groups and accounts (Microsoft Learn, "Security identifiers"; [MS-DTYP] 2.4.2.4). */
const DOMAIN_RIDS: ReadonlySet<number> = new Set([498, 500, 502, 512, 516, 517, 518, 519, 520, 521, 522, 526, 527]);
const BUILTIN_RIDS: ReadonlySet<number> = new Set([544, 548, 549, 550, 551, 552, 556, 557, 562, 569, 578, 580, 582]);
/** Domain Users and Domain Guests: who makes these privileged has made everybody so. */
const EVERYBODYS: ReadonlySet<number> = new Set([513, 514]);
/** Containers directly below the domain's base. */
const CONTAINERS: readonly Dn[] = [
  'OU=Domain Controllers',
  'CN=Users',
  'CN=Builtin',
  'CN=Computers',
  'CN=System',
  'CN=Configuration',
  'CN=Managed Service Accounts',
  'CN=Program Data',
  'CN=LostAndFound',
  'CN=Keys',
  'OU=Microsoft Exchange Security Groups',
  'CN=Microsoft Exchange System Objects',
  'CN=ForeignSecurityPrincipals',
].map(parseDn);

const ATTRIBUTES = ['sAMAccountName', 'objectSid', 'adminCount', 'memberOf'] as const;

/** Relative identifiers of an entry's SID, which has a binary form ([MS-DTYP] 2.4.2.2); none where it has no SID. */
function relativeIds(entry: Entry): readonly number[] {
  const sid = bytesOf(entry, 'objectSid') ?? Buffer.alloc(0);
  const count = sid.length < 8 ? 0 : sid.readUInt8(1);
  if (sid.length !== 8 + 4 * count) return [];
  return Array.from({ length: count }, (_, i) => sid.readUInt32LE(8 + 4 * i));
}

function privileged(entry: Entry): boolean {
  if (textOf(entry, 'adminCount') === '1') return true;
  // Without a fixed identifier, or known by name in a directory that was moved.
  if (PROTECTED_NAMES.has((textOf(entry, 'sAMAccountName') ?? '').toLowerCase())) return true;
  const ids = relativeIds(entry);
  const last = ids.at(-1) ?? 0;
  return (ids[0] === 32 && BUILTIN_RIDS.has(last)) || (ids[0] === 21 && DOMAIN_RIDS.has(last));
}

/** The group of `primaryGroupID`, which stands in no `memberOf` ([MS-ADTS] 3.1.1.4.5.2); undefined where none is to be seen. */
async function primaryGroupOf(client: DirectoryClient, entry: Entry, rid: number): Promise<Entry | undefined> {
  const domain = relativeIds(entry).slice(0, -1);
  if (domain.length === 0) return undefined;
  return entryAt(client, bySid(['S-1-5', ...domain, rid].join('-')), ATTRIBUTES);
}

/** Why nothing may be written at this place; undefined where it may. `ou` is below the domain's base. */
export function protectedPlace(ou: Dn): string | undefined {
  if (ou.length === 0) return 'it is directly below the base of the domain';
  const container = CONTAINERS.find((one) => isWithin(ou, one));
  return container === undefined ? undefined : `it is in '${formatDn(container)}'`;
}

/**
 * Why an object must not be written: its place, its own privilege, or the privilege of a group that it is in, however
 * deep. Walks up by `memberOf`, so that what cannot be read refuses the write.
 */
export async function protectionOf(client: DirectoryClient, entry: Entry, base: Dn): Promise<string | undefined> {
  const place = protectedPlace(relativeTo(parseDn(entry.dn).slice(1), base));
  if (place !== undefined) return place;
  const primary = Number(textOf(entry, 'primaryGroupID') ?? '0');
  if (DOMAIN_RIDS.has(primary)) return 'its primary group is privileged';
  const seen = new Set<string>();
  const waiting: Entry[] = [entry];
  if (primary !== 0 && !EVERYBODYS.has(primary)) {
    const group = await primaryGroupOf(client, entry, primary);
    if (group === undefined) return 'its primary group cannot be read';
    waiting.push(group);
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (privileged(next)) return `'${textOf(next, 'sAMAccountName') ?? next.dn}' is privileged`;
    for (const text of textsOf(next, 'memberOf')) {
      const dn = parseDn(text);
      if (seen.has(dnKey(dn))) continue;
      seen.add(dnKey(dn));
      const request = {
        base: sentDn(dn),
        scope: 'base',
        filter: present('objectClass'),
        attributes: ATTRIBUTES,
      } as const;
      waiting.push(...(await client.search(request)));
    }
  }
  return undefined;
}
