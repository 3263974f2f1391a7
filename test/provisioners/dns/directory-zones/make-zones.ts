import { TargetError } from '../../../../core/errors.ts';
import { codesOf, LDAP } from '../../../../provisioners/directory/directory-error.ts';
import { type Dn, type DnText, formatDn, parseDn } from '../../../../provisioners/directory/dn.ts';
import { present } from '../../../../provisioners/directory/filter.ts';
import type { Attributes, DirectoryClient } from '../../../../provisioners/directory/protocol.ts';
import { encodeDnsRecord } from '../../../../provisioners/dns/directory-zones/dns-record.ts';
import { encodeName } from '../../../../provisioners/dns/wire/name.ts';

export const BASE = 'DC=contoh,DC=test';
export const CONTAINER: Dn = parseDn(`CN=MicrosoftDNS,DC=DomainDnsZones,${BASE}`);

const APEX_NS = 'ns1.server.test';

/** A SOA as [MS-DNSP] 2.2.2.2.4.3 lays it out, written apart from the code under test. */
function soaValue(): Buffer {
  const counted = (name: string) => {
    const wire = encodeName(name);
    return Buffer.concat([Buffer.from([wire.length, name.split('.').length]), wire]);
  };
  const numbers = Buffer.alloc(20);
  [1, 3600, 600, 86400, 60].forEach((number, index) => {
    numbers.writeUInt32BE(number, index * 4);
  });
  const data = Buffer.concat([numbers, counted(APEX_NS), counted('hostmaster.server.test')]);
  const header = Buffer.from('0000060005f00000010000000000012c0000000000000000', 'hex');
  header.writeUInt16LE(data.length, 0);
  return Buffer.concat([header, data]);
}

async function addMissing(directory: DirectoryClient, dn: DnText, attributes: Attributes): Promise<void> {
  try {
    await directory.add(dn, attributes);
  } catch (error) {
    if (!(error instanceof TargetError && codesOf(error).ldap === LDAP.entryAlreadyExists)) throw error;
  }
}

/** Makes zones with SOA and NS, as an administrator does with the DNS tools, or empties those that are there. */
export async function makeZones(directory: DirectoryClient, zones: readonly string[]): Promise<void> {
  const apex = {
    dnsRecord: [soaValue(), encodeDnsRecord({ name: '', ttl: 300, type: 'NS', data: APEX_NS }, 1)],
  };
  for (const zone of zones) {
    const place: Dn = [{ type: 'DC', value: zone }, ...CONTAINER];
    await addMissing(directory, formatDn(place), { objectClass: ['top', 'dnsZone'] });
    const nodes = await directory.search({
      base: formatDn(place),
      scope: 'one',
      filter: present('objectClass'),
      attributes: ['objectClass'],
      pageSize: 500,
    });
    for (const { dn } of nodes) await directory.del(formatDn(parseDn(dn)));
    await directory.add(formatDn([{ type: 'DC', value: '@' }, ...place]), { objectClass: ['top', 'dnsNode'], ...apex });
  }
}
