import { type Dn, type DnText, formatDn, parseDn } from '../../directory/dn.ts';
import { type Attributes, type Entry, type Modification, textOf } from '../../directory/protocol.ts';
import type { DnsRecord } from '../record.ts';
import { WireError } from '../wire/name.ts';
import { decodeDnsRecord } from './dns-record.ts';

/** What the directory keeps at one name. */
export interface NodeState {
  readonly exists: boolean;
  /** `dNSTombstoned`; TRUE: deleted, and kept so that the deletion reaches all servers. */
  readonly flag: 'TRUE' | 'FALSE' | undefined;
  readonly values: readonly Buffer[];
}

/** One `dnsNode`: a name with its records; several RRsets are one node. */
export interface ZoneNode extends NodeState {
  /** Lower case. */
  readonly name: string;
  readonly dn: DnText;
  /** Live records, each with the value that it was read from; none at a tombstone. */
  readonly records: readonly { readonly record: DnsRecord; readonly value: Buffer }[];
}

export const NODE_ATTRIBUTES = ['dnsRecord', 'dNSTombstoned'] as const;
const APEX = '@';

/**
 * The name of an object below its zone. @throws WireError for a name that the directory would take for another one: dots
 * separate labels there, and `@` is the zone itself
 */
function relativeName(name: string, zone: string): string {
  if (name === zone) return APEX;
  const relative = name.slice(0, -zone.length - 1);
  if (relative === APEX || relative.includes('\\'))
    throw new WireError(`Cannot name '${name}' in a directory: a label is '@' or has a character that needs an escape`);
  return relative;
}

/** The text of RFC 1035 section 5.1 for a name as the directory keeps it. */
const escaped = (relative: string): string =>
  Array.from(Buffer.from(relative), (octet) => {
    if (octet === 0x5c) return '\\\\';
    return octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : `\\${String(octet).padStart(3, '0')}`;
  }).join('');

export const nodeDn = (zoneDn: Dn, zone: string, name: string): DnText =>
  formatDn([{ type: 'DC', value: relativeName(name, zone) }, ...zoneDn]);

/** ldapts hands in text where octets happen to be UTF-8. */
const octets = (value: string | Buffer): Buffer => (typeof value === 'string' ? Buffer.from(value, 'utf8') : value);

/** Reads an entry. @throws WireError for values that cannot be understood */
export function nodeOf(entry: Entry, name: string, dn: DnText): ZoneNode {
  const text = textOf(entry, 'dNSTombstoned');
  const flag = text === 'TRUE' || text === 'FALSE' ? text : undefined;
  const values = (entry.attributes.dnsRecord ?? []).map(octets);
  const records = values.flatMap((value) => {
    const record = flag === 'TRUE' ? undefined : decodeDnsRecord(name, value);
    return record === undefined ? [] : [{ record, value }];
  });
  return { exists: true, flag, values, name: name.toLowerCase(), dn, records };
}

export const absentNode = (name: string, dn: DnText): ZoneNode => ({
  ...{ exists: false, flag: undefined, values: [] },
  ...{ name, dn, records: [] },
});

/** The name of an entry of a zone; undefined for the loser of a replication conflict, which no server answers from. */
export function nameOfEntry({ dn }: Entry, zone: string): string | undefined {
  const relative = parseDn(dn)[0]?.value ?? '';
  if (relative.includes('\nCNF:')) return undefined;
  return relative === APEX ? zone : `${escaped(relative)}.${zone}`;
}

const dnsRecord = (operation: Modification['operation'], values: readonly Buffer[]): Modification[] =>
  values.length === 0 ? [] : [{ operation, attribute: 'dnsRecord', values }];

/**
 * Turns a node from what was read into something else, or into nothing when that is no longer there: every old value is
 * deleted by name. A value that others add meanwhile goes unnoticed: the directory has no test for it.
 */
export function modifications(from: NodeState, to: Omit<NodeState, 'exists'>): readonly Modification[] {
  const flag = (operation: Modification['operation'], value: NodeState['flag']): Modification[] =>
    value === undefined || from.flag === to.flag ? [] : [{ operation, attribute: 'dNSTombstoned', values: [value] }];
  return [
    ...flag('delete', from.flag),
    ...flag('add', to.flag),
    ...dnsRecord('delete', from.values),
    ...dnsRecord('add', to.values),
  ];
}

export const newNode = (values: readonly Buffer[]): Attributes => ({
  objectClass: ['top', 'dnsNode'],
  dnsRecord: values,
});
