import type { DnsRecord, RecordData } from '../record.ts';
import { decodeName, encodeName, endOfName, WireError } from '../wire/name.ts';
import { decodeRdata, encodeRdata, typeName, typeNumber, u16 } from '../wire/rdata.ts';

/**
 * Values of the attribute `dnsRecord` ([MS-DNSP] 2.3.2.2): 24 octets, then the data. Numbers of the header are little
 * endian but for the TTL, numbers in the data are big endian. Names are counted: octets, labels, then as in a message.
 *
 * | octets | |
 * |---|---|
 * | 0, 2 | length of the data; type |
 * | 4, 5 | version 5; rank, 0xF0 for a zone's own data |
 * | 6, 8 | flags; serial |
 * | 12 | TTL |
 * | 16, 20 | 0; hours since 1601 when it was refreshed, 0 for a static record |
 */
const HEADER = 24;
const VERSION = 5;
const ZONE_RANK = 0xf0;
const TOMBSTONE = 0;
/** 100 ns since 1601 at the beginning of 1970. */
const EPOCH = 116_444_736_000_000_000n;

function header(type: number, length: number, rank: number, serial: number, ttl: number): Buffer {
  const bytes = Buffer.alloc(HEADER);
  bytes.writeUInt16LE(length, 0);
  bytes.writeUInt16LE(type, 2);
  bytes.set([VERSION, rank], 4);
  bytes.writeUInt32LE(serial, 8);
  bytes.writeUInt32BE(ttl, 12);
  return bytes;
}

function countedName(name: string): Buffer {
  const wire = encodeName(name);
  let labels = 0;
  for (let at = 0; wire[at]; at += (wire[at] ?? 0) + 1) labels++;
  return Buffer.concat([Buffer.from([wire.length, labels]), wire]);
}

function encodeData(record: RecordData): Buffer {
  switch (record.type) {
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return countedName(record.data);
    case 'MX':
      return Buffer.concat([u16(record.data.preference), countedName(record.data.exchange)]);
    case 'SRV': {
      const { priority, weight, port, target } = record.data;
      return Buffer.concat([u16(priority), u16(weight), u16(port), countedName(target)]);
    }
    case 'SOA':
      throw new WireError('Cannot encode SOA: the directory servers keep it');
    default:
      return encodeRdata(record);
  }
}

/** A static record of the zone. @throws WireError for data that its type cannot hold */
export function encodeDnsRecord(record: DnsRecord, serial: number): Buffer {
  const data = encodeData(record);
  return Buffer.concat([header(typeNumber(record.type), data.length, ZONE_RANK, serial, record.ttl), data]);
}

/** What stands at a name that was deleted, until the servers have all forgotten it. */
export function encodeTombstone(serial: number, now: Date): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE(BigInt(now.getTime()) * 10_000n + EPOCH);
  return Buffer.concat([header(TOMBSTONE, time.length, 0, serial, 0), time]);
}

/** The same record with the next serial: another value, which a writer who read the old one cannot delete. */
export function withNextSerial(value: Buffer): Buffer {
  const next = Buffer.from(value);
  next.writeUInt32LE((next.readUInt32LE(8) + 1) >>> 0, 8);
  return next;
}

/** A counted name at an offset, and where it ends. */
function nameAt(value: Buffer, at: number): { name: string; end: number } {
  const end = at + 2 + (value[at] ?? 0);
  const counted = value.subarray(0, end);
  if (endOfName(counted, at + 2) !== end) throw new WireError('Cannot decode a counted name: its length is wrong');
  return { name: decodeName(counted, at + 2), end };
}

function decodeSoa(value: Buffer): RecordData {
  const at = (index: number) => value.readUInt32BE(HEADER + index * 4);
  const mname = nameAt(value, HEADER + 20);
  const rname = nameAt(value, mname.end);
  const [serial, refresh, retry, expire, minimum] = [at(0), at(1), at(2), at(3), at(4)];
  return { type: 'SOA', data: { mname: mname.name, rname: rname.name, serial, refresh, retry, expire, minimum } };
}

function decodeData(number: number, value: Buffer): RecordData {
  const type = typeName(number);
  switch (type) {
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return { type, data: nameAt(value, HEADER).name };
    case 'MX':
      return {
        type,
        data: { preference: value.readUInt16BE(HEADER), exchange: nameAt(value, HEADER + 2).name },
      };
    case 'SRV': {
      const [priority, weight, port] = [value.readUInt16BE(24), value.readUInt16BE(26), value.readUInt16BE(28)];
      return { type, data: { priority, weight, port, target: nameAt(value, HEADER + 6).name } };
    }
    case 'SOA':
      return decodeSoa(value);
    default:
      return decodeRdata(number, value, HEADER, value.length);
  }
}

/** Reads one value; undefined for a tombstone. @throws WireError for what is no such value */
export function decodeDnsRecord(name: string, value: Buffer): DnsRecord | undefined {
  if (value.length < HEADER || value.readUInt16LE(0) !== value.length - HEADER || value[4] !== VERSION)
    throw new WireError(`Cannot decode dnsRecord of '${name}': its length or version is wrong`);
  const number = value.readUInt16LE(2);
  if (number === TOMBSTONE) return undefined;
  try {
    return { name, ttl: value.readUInt32BE(12), ...decodeData(number, value) };
  } catch (error) {
    throw new WireError(`Cannot decode dnsRecord of '${name}': ${(error as Error).message}`, { cause: error });
  }
}
