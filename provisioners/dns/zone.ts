import type { Observed, RequestId } from '../../core/resource.ts';
import { ownerName, type Target } from './names.ts';
import type { DnsRecord, RecordType, Soa } from './record.ts';
import { normalValue } from './values.ts';

/** One RRset as it was read: normalised values, and the records as the server gave them for compare-and-set. */
export interface Rrset {
  readonly type: RecordType;
  readonly ttl: number;
  readonly values: readonly string[];
  readonly records: readonly DnsRecord[];
}

/** A zone as it was read: names in lower case, each with its RRsets; most names have one, and a zone has many. */
export interface ZoneImage {
  readonly zone: string;
  readonly names: Map<string, readonly Rrset[]>;
}

/** RRSIG, NSEC, NSEC3, NSEC3PARAM: the zone's signer makes them, so they do not count as use of a name (RFC 4034, 5155). */
const SIGNING: ReadonlySet<RecordType> = new Set<RecordType>(['TYPE46', 'TYPE47', 'TYPE50', 'TYPE51']);
const DNAME: RecordType = 'TYPE39';
const MARKER = 'layanan:';

/** An RRset of which more records may come. */
type Growing = Rrset & { readonly records: DnsRecord[] };

function rrsetOf(type: RecordType, records: DnsRecord[]): Growing {
  const values = records.flatMap((record) => normalValue(record) ?? []).sort();
  return { type, ttl: records[0]?.ttl ?? 0, values, records };
}

/** An RRset of one record, as most are. */
function single(record: DnsRecord): Growing {
  const value = normalValue(record);
  return { type: record.type, ttl: record.ttl, values: value === undefined ? [] : [value], records: [record] };
}

/** Puts what was read of one RRset in place of what was known. */
export function putRrset(image: ZoneImage, name: string, type: RecordType, records: readonly DnsRecord[]): void {
  const others = (image.names.get(name) ?? []).filter((one) => one.type !== type);
  const there = records.length > 0 ? [...others, rrsetOf(type, [...records])] : others;
  if (there.length > 0) image.names.set(name, there);
  else image.names.delete(name);
}

/** Sorts the records of a transfer. */
export function imageOf(zone: string, records: readonly DnsRecord[]): ZoneImage {
  const names = new Map<string, Growing[]>();
  const several = new Set<Growing[]>();
  for (const record of records) {
    if (SIGNING.has(record.type)) continue;
    const name = record.name.toLowerCase();
    const there = names.get(name);
    const held = there?.find((one) => one.type === record.type);
    if (there === undefined) names.set(name, [single(record)]);
    else if (held === undefined) there.push(single(record));
    else {
      held.records.push(record);
      several.add(there);
    }
  }
  for (const there of several)
    for (const [at, { type, records }] of there.entries()) if (records.length > 1) there[at] = rrsetOf(type, records);
  return { zone, names };
}

/** What stands at a name of one type. */
export const typeAt = ({ names }: ZoneImage, name: string, type: RecordType): Rrset | undefined =>
  names.get(name)?.find((one) => one.type === type);

export const rrsetAt = (image: ZoneImage, { name, type }: Target): Rrset | undefined => typeAt(image, name, type);

/** The start of authority, as it was read. */
export function soaOf(image: ZoneImage): Soa | undefined {
  const [soa] = typeAt(image, image.zone, 'SOA')?.records ?? [];
  return soa?.type === 'SOA' ? soa.data : undefined;
}

/** The owner's TXT, whose one value names the request. */
export const markerOf = (request: RequestId): string => `${MARKER}${request}`;
export const markerAt = (image: ZoneImage, name: string): Rrset | undefined =>
  typeAt(image, ownerName(name), 'TXT');

/** The request that a marker names; null without one, or with one that is not ours to understand. */
export function ownerIn(marker: Rrset | undefined): RequestId | null {
  const values = marker?.values ?? [];
  const [value] = values;
  if (values.length !== 1 || !value?.startsWith(MARKER) || value === MARKER) return null;
  return value.slice(MARKER.length);
}

/** The request that owns a name. */
export const ownerOf = (image: ZoneImage, name: string): RequestId | null => ownerIn(markerAt(image, name));

/** Whether a name or its owner's name holds anything. */
export const inUse = (image: ZoneImage, name: string): boolean =>
  image.names.has(name) || image.names.has(ownerName(name));

/** The name at or above this one that hands it to other servers: a delegation, or a DNAME above. */
export function cutAbove({ zone, names }: ZoneImage, name: string): string | undefined {
  for (let at = name; at !== zone && at.includes('.'); at = at.slice(at.indexOf('.') + 1)) {
    const there = names.get(at);
    if (there?.some(({ type }) => type === 'NS' || (type === DNAME && at !== name))) return at;
  }
  return undefined;
}

/**
 * An RRset as `core` sees it; undefined where a create may be planned. At a name that is in use, or kept by its marker, it
 * is an object without values: its owner fills it by an update, for others it is foreign.
 */
export function observedAt(image: ZoneImage, target: Target): Observed | undefined {
  const rrset = rrsetAt(image, target);
  if (rrset === undefined && !inUse(image, target.name)) return undefined;
  return observed(target, rrset, ownerOf(image, target.name));
}

/** An RRset, or the place that is kept for it, with its owner. */
export const observed = (
  { type, name, zone }: Target,
  rrset: Rrset | undefined,
  owner: RequestId | null,
): Observed => ({
  kind: 'dns-record',
  key: `${type} ${name}`,
  owner,
  fields: { zone, ttl: rrset?.ttl ?? 0, values: rrset?.values ?? [] },
  phase: 'ready',
});
