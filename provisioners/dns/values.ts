import { isIPv4, isIPv6 } from 'node:net';
import type { Fields } from '../../core/kinds.ts';
import { canonicalIPv6, hostNameFault, type ManagedType, type Target } from './names.ts';
import type { DnsRecord, RecordData } from './record.ts';

/** The fields of a `dns-record`. */
export interface RecordFields {
  readonly zone: string;
  readonly ttl: number;
  readonly values: readonly string[];
}

const LONGEST_TTL = 2 ** 31 - 1;
const LONGEST_TXT = 4096;
/** What is not the same octet in both encodings. */
const NOT_ASCII = /[^\0-\x7f]/;

/** The root is written as a dot where a value has more than a name. */
const nameText = (name: string): string => (name === '' ? '.' : name.toLowerCase());

/** A record's data as one value in the form that requests use; undefined for a type that is not managed. */
export function normalValue(record: DnsRecord): string | undefined {
  switch (record.type) {
    case 'A':
      return record.data;
    case 'AAAA':
      return canonicalIPv6(record.data);
    case 'CNAME':
    case 'PTR':
      return record.data.toLowerCase();
    case 'MX':
      return `${record.data.preference} ${nameText(record.data.exchange)}`;
    case 'SRV': {
      const { priority, weight, port, target } = record.data;
      return `${priority} ${weight} ${port} ${nameText(target)}`;
    }
    case 'TXT': {
      const octets = record.data.length === 1 ? (record.data[0] ?? '') : record.data.join('');
      return NOT_ASCII.test(octets) ? Buffer.from(octets, 'latin1').toString('utf8') : octets;
    }
    default:
      return undefined;
  }
}

/** What is wrong with numbers of 16 bits and a host name, separated by single spaces. */
function partsFault(value: string, wanted: string): string | undefined {
  const parts = value.split(' ');
  const name = parts.pop() ?? '';
  const numbers = parts.length === wanted.split(' ').length - 1;
  if (!numbers || !parts.every((part) => /^(0|[1-9]\d{0,4})$/.test(part) && Number(part) <= 0xffff))
    return `it is not '${wanted}' with numbers from 0 to 65535`;
  return hostNameFault(name);
}

/** What is wrong with a value of a type; a value must be written as it will be read. */
function valueFault(type: ManagedType, value: string): string | undefined {
  switch (type) {
    case 'A':
      return isIPv4(value) ? undefined : 'it is not an IPv4 address';
    case 'AAAA': {
      if (!isIPv6(value) || value.includes('%')) return 'it is not an IPv6 address';
      const canonical = canonicalIPv6(value);
      return value === canonical ? undefined : `it is written '${canonical}' (RFC 5952)`;
    }
    case 'CNAME':
    case 'PTR':
      return hostNameFault(value);
    case 'MX':
      return partsFault(value, '<preference> <host>');
    case 'SRV':
      return partsFault(value, '<priority> <weight> <port> <host>');
    case 'TXT':
      if (value === '' || Buffer.byteLength(value) > LONGEST_TXT) return `it has not 1 to ${LONGEST_TXT} octets`;
      return /\p{Cc}/u.test(value) || !value.isWellFormed() ? 'it has control characters' : undefined;
  }
}

/** Fields of an RRset that may be written, or what is wrong with them. */
export function recordFields(target: Target, fields: Fields): RecordFields | { readonly fault: string } {
  const { zone, ttl, values } = fields;
  if (zone !== target.zone) return { fault: `Zone '${zone}' is not '${target.zone}', the zone of '${target.name}'` };
  if (typeof ttl !== 'number' || !Number.isInteger(ttl) || ttl < 0 || ttl > LONGEST_TTL)
    return { fault: `TTL '${ttl}' is not an integer from 0 to ${LONGEST_TTL}` };
  if (!Array.isArray(values) || values.length === 0 || new Set(values).size !== values.length)
    return { fault: 'Values are missing, or one stands twice' };
  if (target.type === 'CNAME' && values.length > 1) return { fault: `A CNAME has one value, got ${values.length}` };
  for (const value of values as readonly string[]) {
    const fault = valueFault(target.type, value);
    if (fault !== undefined) return { fault: `Value '${value}' of ${target.type} is refused: ${fault}` };
  }
  return { zone, ttl, values: values as readonly string[] };
}

function dataOf(type: ManagedType, value: string): RecordData {
  const parts = value.split(' ');
  switch (type) {
    case 'TXT':
      return { type, data: [Buffer.from(value, 'utf8').toString('latin1')] };
    case 'MX':
      return { type, data: { preference: Number(parts[0]), exchange: parts[1] ?? '' } };
    case 'SRV': {
      const [priority = 0, weight = 0, port = 0] = parts.slice(0, 3).map(Number);
      return { type, data: { priority, weight, port, target: parts[3] ?? '' } };
    }
    default:
      return { type, data: value };
  }
}

/** The records of an RRset. */
export const recordsOf = ({ type, name }: Target, { ttl, values }: RecordFields): DnsRecord[] =>
  values.map((value): DnsRecord => ({ name, ttl, ...dataOf(type, value) }));
