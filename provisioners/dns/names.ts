import { decodeIPv6, encodeIPv4, encodeIPv6 } from './wire/address.ts';
import { isWithin } from './wire/name.ts';

/** Types of which RRsets are written; others are read as "the name is in use". */
export const MANAGED_TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'PTR', 'SRV', 'TXT'] as const;
export type ManagedType = (typeof MANAGED_TYPES)[number];

const MANAGED: ReadonlySet<string> = new Set(MANAGED_TYPES);
export const isManaged = (type: string): type is ManagedType => MANAGED.has(type);

/** One RRset, taken from the key of a resource. */
export interface Target {
  readonly type: ManagedType;
  readonly name: string;
  readonly zone: string;
}

const OWNER_PREFIX = '_layanan.';
/** Letters, digits, hyphens within (RFC 1123 section 2.1); an internationalised label is written as `xn--`. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** The service and the protocol of an SRV, before the name that offers it (RFC 2782, RFC 6335 section 5.1). */
const SERVICE = /^_[a-z0-9](?:[a-z0-9-]{0,13}[a-z0-9])?\._(?:tcp|udp|tls|sctp)\./;
const LONGEST_NAME = 253;

/** Where the owner of a name is written; beside the name, because a CNAME allows nothing at it. */
export const ownerName = (name: string): string => OWNER_PREFIX + name;

/** The name whose owner is written at a name. */
export const ownedName = (marker: string): string | undefined =>
  marker.startsWith(OWNER_PREFIX) ? marker.slice(OWNER_PREFIX.length) : undefined;

/** What a name that has only its marker is taken for: an address, whichever way. */
export const usualType = (zone: string): ManagedType => (/\.(in-addr|ip6)\.arpa$/.test(zone) ? 'PTR' : 'A');

/** The longest of the zones that holds a name. */
export const zoneOf = (name: string, zones: readonly string[]): string | undefined =>
  zones
    .filter((zone) => isWithin(name, zone))
    .reduce<string | undefined>((best, zone) => (zone.length > (best?.length ?? 0) ? zone : best), undefined);

/** What is wrong with a host name, in lower case and without the final dot; undefined where nothing is. */
export function hostNameFault(name: string): string | undefined {
  if (name.length > LONGEST_NAME) return `it has ${name.length} characters, at most ${LONGEST_NAME} fit`;
  const wrong = name.split('.').find((label) => !LABEL.test(label));
  if (wrong === undefined) return undefined;
  return `label '${wrong}' is not 1 to 63 lower-case letters, digits and inner hyphens`;
}

/** Takes a key `<TYPE> <name>` apart, or says why no such record may be written here. */
export function targetOf(key: string, zones: readonly string[]): Target | { readonly fault: string } {
  const [type, name, ...rest] = key.split(' ');
  const managed = MANAGED_TYPES.find((one) => one === type);
  if (managed === undefined || name === undefined || rest.length > 0)
    return { fault: `Key '${key}' is not '<TYPE> <name>' with one of ${MANAGED_TYPES.join(', ')}` };
  const host = managed === 'SRV' ? name.replace(SERVICE, '') : name;
  const fault =
    (managed === 'SRV' && host === name ? `it does not begin with '_<service>._<protocol>.'` : undefined) ??
    hostNameFault(host) ??
    (ownerName(name).length > LONGEST_NAME ? 'its owner record does not fit' : undefined);
  if (fault !== undefined) return { fault: `Name '${name}' is refused: ${fault}` };
  const zone = zoneOf(name, zones);
  if (zone === undefined) return { fault: `Name '${name}' is in none of the zones ${zones.join(', ')}` };
  if (zone === name) return { fault: `Name '${name}' is the apex of its zone` };
  return { type: managed, name, zone };
}

/** The name of an address in the reverse tree: `3.2.1.10.in-addr.arpa`, or nibbles under `ip6.arpa`. @throws WireError */
export function reverseName(address: string): string {
  if (!address.includes(':')) return `${[...encodeIPv4(address)].reverse().join('.')}.in-addr.arpa`;
  return `${[...encodeIPv6(address).toString('hex')].reverse().join('.')}.ip6.arpa`;
}

/** An IPv6 address as RFC 5952 writes it. @throws WireError */
export const canonicalIPv6 = (address: string): string => decodeIPv6(encodeIPv6(address));
