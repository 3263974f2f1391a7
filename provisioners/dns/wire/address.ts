import { isIPv4, isIPv6 } from 'node:net';
import { WireError } from './name.ts';

/** The 4 octets of an IPv4 address. */
export function encodeIPv4(address: string): Buffer {
  if (!isIPv4(address)) throw new WireError(`Cannot encode '${address}': wanted an IPv4 address`);
  return Buffer.from(address.split('.').map(Number));
}

const groupsOf = (half: string): number[] =>
  half === ''
    ? []
    : half.split(':').flatMap((group) => {
        if (!group.includes('.')) return [Number.parseInt(group, 16)];
        const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
        return [a * 256 + b, c * 256 + d];
      });

/** Octets as text, with the dot behind them; a zone has many, and writing a number out takes longer than looking it up. */
const DOTTED = Array.from({ length: 256 }, (_, octet) => `${octet}.`);

/** The text of the 4 octets at an offset. */
export const decodeIPv4 = (bytes: Buffer, at: number): string =>
  `${DOTTED[bytes[at] ?? 0]}${DOTTED[bytes[at + 1] ?? 0]}${DOTTED[bytes[at + 2] ?? 0]}${bytes[at + 3] ?? 0}`;

/** The 16 octets of an IPv6 address. */
export function encodeIPv6(address: string): Buffer {
  if (!isIPv6(address) || address.includes('%'))
    throw new WireError(`Cannot encode '${address}': wanted an IPv6 address without a zone`);
  const [left = '', right] = address.split('::');
  const head = groupsOf(left);
  const tail = right === undefined ? [] : groupsOf(right);
  const bytes = Buffer.alloc(16);
  head.forEach((group, index) => {
    bytes.writeUInt16BE(group, index * 2);
  });
  tail.forEach((group, index) => {
    bytes.writeUInt16BE(group, 16 - (tail.length - index) * 2);
  });
  return bytes;
}

/** Canonical text of 16 octets: lower case, no leading zeros, the first longest run of two or more zeros as `::` (RFC 5952). */
export function decodeIPv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2));
  let start = 0;
  let length = 1;
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (to < 8 && groups[to] === 0) to++;
    if (to - from > length) [start, length] = [from, to - from];
  }
  const text = (from: number, to: number) =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  return length === 1 ? text(0, 8) : `${text(0, start)}::${text(start + length, 8)}`;
}
