import type { Observed, RequestId } from '../../core/resource.ts';
import { ownedName, type Target } from './names.ts';
import type { DnsClient } from './protocol.ts';
import type { DnsRecord, RecordType, Soa } from './record.ts';
import { normalValue } from './values.ts';

/** One RRset as it was read: normalised values, and the records as the server gave them for compare-and-set. */
export interface Rrset {
  readonly type: RecordType;
  readonly ttl: number;
  readonly values: readonly string[];
  readonly records: readonly DnsRecord[];
}

/** Records by their names in lower case. A zone has many, so that RRsets are made of them where one is asked for. */
type Names = Map<string, readonly DnsRecord[]>;

/** A zone as it was read. */
export interface ZoneImage {
  readonly zone: string;
  readonly names: Names;
  /** What stands where owners are written, by the names that they own. */
  readonly markers: Names;
}

/** RRSIG, NSEC, NSEC3, NSEC3PARAM: the zone's signer makes them, so they do not count as use of a name (RFC 4034, 5155). */
const SIGNING: ReadonlySet<RecordType> = new Set<RecordType>(['TYPE46', 'TYPE47', 'TYPE50', 'TYPE51']);
const DNAME: RecordType = 'TYPE39';
const MARKER = 'layanan:';

/** The RRset of records of one type; of one record, as most are, without ado. */
function rrsetOf(type: RecordType, records: readonly DnsRecord[]): Rrset {
  const ttl = records[0]?.ttl ?? 0;
  const value = records.length === 1 && records[0] !== undefined ? normalValue(records[0]) : undefined;
  if (value !== undefined) return { type, ttl, values: [value], records };
  return { type, ttl, values: records.flatMap((record) => normalValue(record) ?? []).sort(), records };
}

/** The RRsets of the records of one name. */
export function rrsetsOf(records: readonly DnsRecord[]): readonly Rrset[] {
  const type = records[0]?.type;
  if (type !== undefined && records.every((record) => record.type === type)) return [rrsetOf(type, records)];
  return Array.from(
    Map.groupBy(records, (record) => record.type),
    ([one, own]) => rrsetOf(one, own),
  );
}

function rrsetIn(records: readonly DnsRecord[] | undefined, type: RecordType): Rrset | undefined {
  if (records === undefined) return undefined;
  const own = records.every((record) => record.type === type) ? records : records.filter((one) => one.type === type);
  return own.length === 0 ? undefined : rrsetOf(type, own);
}

/** Puts what was read of one RRset in place of what was known. */
export function putRrset(image: ZoneImage, name: string, type: RecordType, records: readonly DnsRecord[]): void {
  const owned = ownedName(name);
  const [names, at] = owned === undefined ? [image.names, name] : [image.markers, owned];
  const there = [...(names.get(at) ?? []).filter((one) => one.type !== type), ...records];
  if (there.length > 0) names.set(at, there);
  else names.delete(at);
}

/** Reads a zone whole, and sorts its records while they come. @throws TargetError */
export async function readImage(client: DnsClient, zone: string): Promise<ZoneImage> {
  const image = { zone, names: new Map<string, DnsRecord[]>(), markers: new Map<string, DnsRecord[]>() };
  await client.transfer(zone, (record) => {
    if (SIGNING.has(record.type)) return;
    const name = record.name.toLowerCase();
    const owned = ownedName(name);
    const names = owned === undefined ? image.names : image.markers;
    const there = names.get(owned ?? name);
    if (there === undefined) names.set(owned ?? name, [record]);
    else there.push(record);
  });
  return image;
}

/** What stands at a name, not an owner's, of one type. */
export const rrsetAt = (
  { names }: ZoneImage,
  { name, type }: { readonly name: string; readonly type: RecordType },
): Rrset | undefined => rrsetIn(names.get(name), type);

/** The start of authority, as it was read. */
export function soaOf(image: ZoneImage): Soa | undefined {
  const [soa] = rrsetAt(image, { name: image.zone, type: 'SOA' })?.records ?? [];
  return soa?.type === 'SOA' ? soa.data : undefined;
}

/** The owner's TXT, whose one value names the request. */
export const markerOf = (request: RequestId): string => `${MARKER}${request}`;
export const markerAt = ({ markers }: ZoneImage, name: string): Rrset | undefined => rrsetIn(markers.get(name), 'TXT');

/** The request that a marker names; null without one, or with one that is not ours to understand. */
export function ownerIn(marker: readonly DnsRecord[] | undefined): RequestId | null {
  const texts = rrsetIn(marker, 'TXT')?.values ?? [];
  const [text] = texts;
  if (texts.length !== 1 || !text?.startsWith(MARKER) || text === MARKER) return null;
  return text.slice(MARKER.length);
}

/** The request that owns a name. */
export const ownerOf = ({ markers }: ZoneImage, name: string): RequestId | null => ownerIn(markers.get(name));

/** Whether a name or its owner's name holds anything. */
export const inUse = (image: ZoneImage, name: string): boolean => image.names.has(name) || image.markers.has(name);

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
