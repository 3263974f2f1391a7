import { TargetError } from '../../../core/errors.ts';
import { codesOf, LDAP } from '../../directory/directory-error.ts';
import { type Dn, formatDn, parseDn } from '../../directory/dn.ts';
import { equals } from '../../directory/filter.ts';
import type { DirectoryClient } from '../../directory/protocol.ts';
import { dnsError } from '../protocol.ts';

/** Where a directory keeps zones: for the domain's servers, for those of the forest, and as Windows 2000 did. */
const containers = (base: Dn, forest: Dn): readonly Dn[] => [
  [{ type: 'CN', value: 'MicrosoftDNS' }, { type: 'DC', value: 'DomainDnsZones' }, ...base],
  [{ type: 'CN', value: 'MicrosoftDNS' }, { type: 'DC', value: 'ForestDnsZones' }, ...forest],
  [{ type: 'CN', value: 'MicrosoftDNS' }, { type: 'CN', value: 'System' }, ...base],
];

/** A partition that this controller does not hold answers with a referral. */
const REFERRAL = 10;

async function isThere(directory: DirectoryClient, zone: Dn): Promise<boolean> {
  const base = formatDn(zone);
  try {
    const filter = equals('objectClass', 'dnsZone');
    return (await directory.search({ base, scope: 'base', filter, attributes: ['objectClass'] })).length > 0;
  } catch (error) {
    const ldap = error instanceof TargetError ? codesOf(error).ldap : undefined;
    if (ldap === LDAP.noSuchObject || ldap === REFERRAL) return false;
    throw error;
  }
}

/**
 * Finds the object of a zone.
 * @throws TargetError NOTAUTH where there is none, or one in several partitions, of which servers load an arbitrary one
 */
export async function placeOfZone(
  directory: DirectoryClient,
  { base, forest = base }: { readonly base: string; readonly forest?: string },
  zone: string,
): Promise<Dn> {
  const places = containers(parseDn(base), parseDn(forest)).map((container) => [
    { type: 'DC', value: zone },
    ...container,
  ]);
  const found: Dn[] = [];
  for (const place of places) if (await isThere(directory, place)) found.push(place);
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return only;
  const where = found.length === 0 ? 'No partition' : `${found.length} partitions`;
  throw dnsError(`ZONE ${zone}`, 'NOTAUTH', 'refused', `${where} of the directory holds the zone`);
}
