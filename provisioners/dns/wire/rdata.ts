import type { RecordData, RecordType } from '../record.ts';
import { decodeIPv4, decodeIPv6, encodeIPv4, encodeIPv6 } from './address.ts';
import { decodeName, encodeName, endOfName, WireError } from './name.ts';

const NUMBERS = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33 } as const;
const TYPES = new Map<number, keyof typeof NUMBERS>(
  Object.entries(NUMBERS).map(([type, number]) => [number, type as keyof typeof NUMBERS]),
);
const LONGEST_STRING = 255;
const LONGEST_RDATA = 65_535;

/** The number of a type in a message. */
export function typeNumber(type: RecordType): number {
  if (type in NUMBERS) return NUMBERS[type as keyof typeof NUMBERS];
  const number = Number(/^TYPE(\d{1,5})$/.exec(type)?.[1] ?? Number.NaN);
  if (!(number > 0 && number <= 0xffff)) throw new WireError(`Cannot encode type '${type}': it is unknown`);
  return number;
}

export const typeName = (number: number): RecordType => TYPES.get(number) ?? `TYPE${number}`;

export function u16(value: number): Buffer {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff)
    throw new WireError(`Cannot encode ${value}: wanted an integer of 16 bits`);
  return Buffer.from([value >> 8, value & 0xff]);
}

export function u32(value: number): Buffer {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff)
    throw new WireError(`Cannot encode ${value}: wanted an integer of 32 bits`);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Character-strings, those over 255 octets split. */
function encodeTxt(strings: readonly string[]): Buffer {
  if (strings.length === 0) throw new WireError('Cannot encode TXT: it has no string');
  const parts: Buffer[] = [];
  for (const text of strings) {
    if (/[\u0100-\uffff]/.test(text)) throw new WireError(`Cannot encode TXT '${text}': a character is over one octet`);
    const octets = Buffer.from(text, 'latin1');
    for (let at = 0; at === 0 || at < octets.length; at += LONGEST_STRING) {
      const part = octets.subarray(at, at + LONGEST_STRING);
      parts.push(Buffer.from([part.length]), part);
    }
  }
  return Buffer.concat(parts);
}

function encode(record: RecordData): Buffer {
  switch (record.type) {
    case 'A':
      return encodeIPv4(record.data);
    case 'AAAA':
      return encodeIPv6(record.data);
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return encodeName(record.data);
    case 'TXT':
      return encodeTxt(record.data);
    case 'MX':
      return Buffer.concat([u16(record.data.preference), encodeName(record.data.exchange)]);
    case 'SRV': {
      const { priority, weight, port, target } = record.data;
      return Buffer.concat([u16(priority), u16(weight), u16(port), encodeName(target)]);
    }
    case 'SOA': {
      const { mname, rname, serial, refresh, retry, expire, minimum } = record.data;
      return Buffer.concat([
        encodeName(mname),
        encodeName(rname),
        ...[serial, refresh, retry, expire, minimum].map(u32),
      ]);
    }
    default:
      if (!/^([0-9a-f]{2})*$/.test(record.data))
        throw new WireError(`Cannot encode ${record.type}: '${record.data}' is not hexadecimal`);
      return Buffer.from(record.data, 'hex');
  }
}

/** RDATA of a record, without compression. @throws WireError for data that its type cannot hold */
export function encodeRdata(record: RecordData): Buffer {
  const rdata = encode(record);
  if (rdata.length > LONGEST_RDATA)
    throw new WireError(`Cannot encode ${record.type}: ${rdata.length} octets are too many`);
  return rdata;
}

function decodeTxt(message: Buffer, start: number, end: number): string[] {
  // Most are of one string, for which no list must grow.
  if (start < end && start + 1 + (message[start] ?? 0) === end) return [message.toString('latin1', start + 1, end)];
  const strings: string[] = [];
  for (let at = start; at < end; ) {
    const next = at + 1 + (message[at] ?? 0);
    if (next > end) throw new WireError('Cannot decode TXT: a string runs over its end');
    strings.push(message.toString('latin1', at + 1, next));
    at = next;
  }
  return strings;
}

function exactly(start: number, end: number, length: number, type: string): void {
  if (end - start !== length) throw new WireError(`Cannot decode ${type}: ${end - start} octets, wanted ${length}`);
}

function atLeast(start: number, end: number, length: number, type: string): void {
  if (end - start < length)
    throw new WireError(`Cannot decode ${type}: ${end - start} octets, wanted ${length} or more`);
}

function decodeSoa(message: Buffer, start: number, end: number): RecordData {
  const second = endOfName(message, start);
  const numbers = endOfName(message, second);
  exactly(numbers, end, 20, 'SOA');
  const at = (index: number) => message.readUInt32BE(numbers + index * 4);
  return {
    type: 'SOA',
    data: {
      mname: decodeName(message, start),
      rname: decodeName(message, second),
      serial: at(0),
      refresh: at(1),
      retry: at(2),
      expire: at(3),
      minimum: at(4),
    },
  };
}

/** Reads RDATA of a type number at `start`, up to `end`; the whole message is needed for compressed names. */
export function decodeRdata(number: number, message: Buffer, start: number, end: number): RecordData {
  const type = typeName(number);
  switch (type) {
    case 'A':
      exactly(start, end, 4, type);
      return { type, data: decodeIPv4(message, start) };
    case 'AAAA':
      exactly(start, end, 16, type);
      return { type, data: decodeIPv6(message.subarray(start, end)) };
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return { type, data: decodeName(message, start) };
    case 'TXT':
      return { type, data: decodeTxt(message, start, end) };
    case 'MX':
      atLeast(start, end, 3, type);
      return {
        type,
        data: { preference: message.readUInt16BE(start), exchange: decodeName(message, start + 2) },
      };
    case 'SRV': {
      atLeast(start, end, 7, type);
      const [priority, weight, port] = [0, 2, 4].map((at) => message.readUInt16BE(start + at)) as [
        number,
        number,
        number,
      ];
      return { type, data: { priority, weight, port, target: decodeName(message, start + 6) } };
    }
    case 'SOA':
      return decodeSoa(message, start, end);
    default:
      return { type, data: message.toString('hex', start, end) };
  }
}
