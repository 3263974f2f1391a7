import type { Prerequisite, Update, UpdateMessage } from '../protocol.ts';
import type { DnsRecord, RecordType } from '../record.ts';
import { decodeName, encodeName, endOfName, WireError } from './name.ts';
import { decodeRdata, encodeRdata, typeNumber, u16, u32 } from './rdata.ts';

/** Classes and meta types of RFC 1035, 2136 and 5936. */
export const CLASS = { IN: 1, NONE: 254, ANY: 255 } as const;
const TYPE = { SOA: 6, AXFR: 252, ANY: 255 } as const;
const UPDATE = 5 << 11;
const HEADER = 12;

/** RCODEs by number, RFC 1035, 2136 and 6895. */
const RCODES = [
  'NOERROR',
  'FORMERR',
  'SERVFAIL',
  'NXDOMAIN',
  'NOTIMP',
  'REFUSED',
  'YXDOMAIN',
  'YXRRSET',
  'NXRRSET',
  'NOTAUTH',
  'NOTZONE',
];
export const rcodeName = (rcode: number): string => RCODES[rcode] ?? `RCODE${rcode}`;

/** The type of a record, and where in its message it stands, its data, and the end of both. */
export interface RawRecord {
  readonly type: number;
  readonly start: number;
  readonly rdata: number;
  readonly end: number;
}

/** A message, taken apart as far as every message is alike. */
export interface Message {
  readonly bytes: Buffer;
  readonly id: number;
  readonly rcode: number;
  readonly response: boolean;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  /** Offsets of the records of two sections. */
  readonly answers: readonly number[];
  readonly additional: readonly number[];
}

export const encodeRecord = (name: string, type: number, cls: number, ttl: number, rdata: Buffer): Buffer =>
  Buffer.concat([encodeName(name), u16(type), u16(cls), u32(ttl), u16(rdata.length), rdata]);

const EMPTY = Buffer.alloc(0);

function encodePrerequisite(prerequisite: Prerequisite): Buffer[] {
  const { name } = prerequisite;
  switch (prerequisite.kind) {
    case 'nameNotInUse':
      return [encodeRecord(name, TYPE.ANY, CLASS.NONE, 0, EMPTY)];
    case 'nameInUse':
      return [encodeRecord(name, TYPE.ANY, CLASS.ANY, 0, EMPTY)];
    case 'rrsetAbsent':
      return [encodeRecord(name, typeNumber(prerequisite.type), CLASS.NONE, 0, EMPTY)];
    case 'rrsetExists':
      return [encodeRecord(name, typeNumber(prerequisite.type), CLASS.ANY, 0, EMPTY)];
    case 'rrsetEquals':
      if (prerequisite.records.length === 0) throw new WireError(`Cannot encode rrsetEquals of '${name}': it is empty`);
      return prerequisite.records.map((record) =>
        encodeRecord(name, typeNumber(record.type), CLASS.IN, 0, encodeRdata(record)),
      );
  }
}

function encodeUpdate(update: Update): Buffer {
  switch (update.kind) {
    case 'add': {
      const { record } = update;
      return encodeRecord(record.name, typeNumber(record.type), CLASS.IN, record.ttl, encodeRdata(record));
    }
    case 'deleteRrset':
      return encodeRecord(update.name, typeNumber(update.type), CLASS.ANY, 0, EMPTY);
    case 'deleteName':
      return encodeRecord(update.name, TYPE.ANY, CLASS.ANY, 0, EMPTY);
    case 'deleteRecord':
      return encodeRecord(update.name, typeNumber(update.record.type), CLASS.NONE, 0, encodeRdata(update.record));
  }
}

/** An UPDATE (RFC 2136 section 2), unsigned. @throws WireError for what no message can hold */
export function encodeUpdateMessage(id: number, { zone, prerequisites, updates }: UpdateMessage): Buffer {
  const before = prerequisites.flatMap(encodePrerequisite);
  const after = updates.map(encodeUpdate);
  const header = [u16(id), u16(UPDATE), u16(1), u16(before.length), u16(after.length), u16(0)];
  return Buffer.concat([...header, encodeName(zone), u16(TYPE.SOA), u16(CLASS.IN), ...before, ...after]);
}

/** A QUERY without recursion, unsigned. */
export const encodeQuery = (id: number, name: string, type: RecordType | 'AXFR'): Buffer =>
  Buffer.concat([
    ...[id, 0, 1, 0, 0, 0].map(u16),
    encodeName(name),
    u16(type === 'AXFR' ? TYPE.AXFR : typeNumber(type)),
    u16(CLASS.IN),
  ]);

/** What stands between the name of a record and its data: type, class, TTL, and the length of the data. */
const FIXED = 10;

/** The offset behind the record at an offset. @throws WireError where the message ends in it */
function endOfRecord(bytes: Buffer, start: number): number {
  const rdata = endOfName(bytes, start) + FIXED;
  const end = rdata > bytes.length ? rdata : rdata + bytes.readUInt16BE(rdata - 2);
  if (end > bytes.length) throw new WireError('Cannot decode the message: it ends within a record');
  return end;
}

/** The record at one of the offsets of a message, before its name and data are understood. */
export function decodeRaw(bytes: Buffer, start: number): RawRecord {
  const at = endOfName(bytes, start);
  return { type: bytes.readUInt16BE(at), start, rdata: at + FIXED, end: endOfRecord(bytes, start) };
}

/** Takes a message apart, as far as where each part ends. @throws WireError for one that breaks RFC 1035 in that */
export function decodeMessage(bytes: Buffer): Message {
  if (bytes.length < HEADER) throw new WireError(`Cannot decode the message: ${bytes.length} octets, a header has 12`);
  const flags = bytes.readUInt16BE(2);
  let at = HEADER;
  for (let left = bytes.readUInt16BE(4); left > 0; left--) at = endOfName(bytes, at) + 4;
  const sections = [6, 8, 10].map((counter) => {
    const offsets: number[] = [];
    for (let left = bytes.readUInt16BE(counter); left > 0; left--) {
      offsets.push(at);
      at = endOfRecord(bytes, at);
    }
    return offsets;
  });
  if (at !== bytes.length)
    throw new WireError(`Cannot decode the message: ${bytes.length - at} octets stand behind it`);
  return {
    bytes,
    id: bytes.readUInt16BE(0),
    rcode: flags & 0xf,
    response: (flags & 0x8000) !== 0,
    authoritative: (flags & 0x400) !== 0,
    truncated: (flags & 0x200) !== 0,
    answers: sections[0] ?? [],
    additional: sections[2] ?? [],
  };
}

/** The record of class IN at one of the offsets of a message, with its data. @throws WireError */
export function decodeRecord(bytes: Buffer, start: number): DnsRecord {
  const at = endOfName(bytes, start);
  const rdata = at + FIXED;
  const { type, data } = decodeRdata(bytes.readUInt16BE(at), bytes, rdata, rdata + bytes.readUInt16BE(at + 8));
  // One shape for all, which a zone of many records is read faster by than by a spread.
  return { name: decodeName(bytes, start), ttl: bytes.readUInt32BE(at + 4), type, data } as DnsRecord;
}
