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

/** What stands at a name, and where its owner is written. A zone has many records: RRsets are made where one is asked for. */
export interface Place {
  readonly records: readonly DnsRecord[] | undefined;
  readonly marker: readonly DnsRecord[] | undefined;
}

/** A zone as it was read: each place where something stands, by its name in lower case. */
export interface ZoneImage {
  readonly zone: string;
  readonly places: Map<string, Place>;
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
  const [first, second] = records;
  if (first !== undefined && second === undefined) return [rrsetOf(first.type, records)];
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

/** A place while its zone is read. */
type Filling = { -readonly [part in keyof Place]: DnsRecord[] | undefined };

const empty = (): Filling => ({ records: undefined, marker: undefined });

/** Puts what was read of one RRset in place of what was known. */
export function putRrset({ places }: ZoneImage, name: string, type: RecordType, records: readonly DnsRecord[]): void {
  const owned = ownedName(name);
  const at = owned ?? name;
  const known = places.get(at) ?? empty();
  const part = owned === undefined ? 'records' : 'marker';
  const there = [...(known[part] ?? []).filter((one) => one.type !== type), ...records];
  const place = { ...known, [part]: there.length > 0 ? there : undefined };
  if (place.records === undefined && place.marker === undefined) places.delete(at);
  else places.set(at, place);
}

/** Told of a place when its marker comes, and then, `isLate`, of each record that comes to it. */
export type Marked = (name: string, place: Place, isLate: boolean) => void;

/**
 * Reads a zone whole, and sorts its records while they come. Those of a name, and its owner's, mostly come one after
 * another: the place of the latest is at hand.
 * @throws TargetError
 */
export async function readImage(client: DnsClient, zone: string, marked?: Marked): Promise<ZoneImage> {
  const places = new Map<string, Filling>();
  let latest: string | undefined;
  let place = empty();
  await client.transfer(zone, (record) => {
    if (SIGNING.has(record.type)) return;
    const name = record.name.toLowerCase();
    const owned = ownedName(name);
    const at = owned ?? name;
    if (at !== latest) {
      latest = at;
      place = places.get(at) ?? empty();
      places.set(at, place);
    }
    const isLate = place.marker !== undefined;
    const part = owned === undefined ? 'records' : 'marker';
    const there = place[part];
    if (there === undefined) place[part] = [record];
    else there.push(record);
    if (place.marker !== undefined) marked?.(at, place, isLate);
  });
  return { zone, places };
}

/** What stands at a name, not an owner's, of one type. */
export const rrsetAt = (
  { places }: ZoneImage,
  { name, type }: { readonly name: string; readonly type: RecordType },
): Rrset | undefined => rrsetIn(places.get(name)?.records, type);

/** The start of authority, as it was read. */
export function soaOf(image: ZoneImage): Soa | undefined {
  const [soa] = rrsetAt(image, { name: image.zone, type: 'SOA' })?.records ?? [];
  return soa?.type === 'SOA' ? soa.data : undefined;
}

/** The owner's TXT, whose one value names the request. */
export const markerOf = (request: RequestId): string => `${MARKER}${request}`;
export const markerAt = ({ places }: ZoneImage, name: string): Rrset | undefined =>
  rrsetIn(places.get(name)?.marker, 'TXT');

/** The request that a marker names; null without one, or with one that is not ours to understand. */
export function ownerIn(marker: readonly DnsRecord[] | undefined): RequestId | null {
  let text: string | undefined;
  for (const record of marker ?? []) {
    if (record.type !== 'TXT') continue;
    if (text !== undefined) return null;
    text = normalValue(record);
  }
  return text?.startsWith(MARKER) && text !== MARKER ? text.slice(MARKER.length) : null;
}

/** The request that owns a name. */
export const ownerOf = ({ places }: ZoneImage, name: string): RequestId | null => ownerIn(places.get(name)?.marker);

/** Whether a name or its owner's name holds anything. */
export const inUse = ({ places }: ZoneImage, name: string): boolean => places.has(name);

/** The name at or above this one that hands it to other servers: a delegation, or a DNAME above. */
export function cutAbove({ zone, places }: ZoneImage, name: string): string | undefined {
  for (let at = name; at !== zone && at.includes('.'); at = at.slice(at.indexOf('.') + 1)) {
    const there = places.get(at)?.records;
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
