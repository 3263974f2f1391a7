import type { Candidate, Discovery } from '../../core/discovery.ts';
import type { Observed } from '../../core/resource.ts';
import { MANAGED_TYPES, ownerName } from './names.ts';
import type { DnsClient } from './protocol.ts';
import type { RecordType } from './record.ts';
import { cutAbove, markerAt, ownerOf, type Rrset, readImage, rrsetsOf, type ZoneImage } from './zone.ts';

const isManaged = (type: RecordType): boolean => MANAGED_TYPES.some((one) => one === type);

function refusalOf(image: ZoneImage, name: string, type: RecordType): Candidate['refused'] {
  const cut = cutAbove(image, name);
  if (cut !== undefined) return { reason: 'elsewhere', detail: `Other servers hold '${cut}'` };
  if (!isManaged(type)) return { reason: 'unmanaged', detail: `Records of type ${type} are not written here` };
  if (markerAt(image, name) === undefined || ownerOf(image, name) !== null) return undefined;
  return { reason: 'in-use', detail: `'${ownerName(name)}' holds a text that is no marker` };
}

function candidateOf(image: ZoneImage, name: string, { type, ttl, values }: Rrset): Candidate {
  const observed: Observed = {
    kind: 'dns-record',
    key: `${type} ${name}`,
    owner: ownerOf(image, name),
    fields: { zone: image.zone, ttl, values },
    phase: 'ready',
  };
  const refused = refusalOf(image, name, type);
  return { observed, ...(refused ? { refused } : {}) };
}

/**
 * Lists the RRsets of a zone below its apex, of all types, in the order of their keys, with what keeps requests from
 * owning them. Reads only.
 * @throws TargetError where the zone could not be transferred whole
 */
export async function discoverRecords(client: DnsClient, zone: string): Promise<Discovery> {
  const image = await readImage(client, zone);
  const candidates = [...image.places]
    .filter(([name]) => name !== zone)
    .flatMap(([name, { records = [] }]) => rrsetsOf(records).map((rrset) => candidateOf(image, name, rrset)))
    .sort((a, b) => (a.observed.key < b.observed.key ? -1 : 1));
  async function* parts() {
    yield candidates;
  }
  return { total: candidates.length, parts: parts() };
}
