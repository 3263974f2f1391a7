import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../core/secret.ts';
import { decodeRaw, encodeRecord, type Message, type RawRecord } from './message.ts';
import { decodeName, encodeName, endOfName, WireError } from './name.ts';
import { u16 } from './rdata.ts';

export type TsigAlgorithm = 'hmac-sha256' | 'hmac-sha384' | 'hmac-sha512';

/** A shared key; the secret in base64, as `tsig-keygen` prints it. */
export interface TsigKey {
  readonly name: string;
  readonly algorithm: TsigAlgorithm;
  readonly secret: Secret;
}

const TSIG = 250;
const CLASS_ANY = 255;
/** Seconds by which the clocks may differ (RFC 8945 section 10). */
export const FUDGE = 300;
const HASHES = { 'hmac-sha256': 'sha256', 'hmac-sha384': 'sha384', 'hmac-sha512': 'sha512' } as const;
/** TSIG errors by number, RFC 8945 section 3. */
const ERRORS = new Map([
  [0, 'NOERROR'],
  [16, 'BADSIG'],
  [17, 'BADKEY'],
  [18, 'BADTIME'],
  [22, 'BADTRUNC'],
]);

/** What a TSIG record says besides its name. */
interface Tsig {
  readonly algorithm: string;
  /** Seconds since 1970. */
  readonly time: number;
  readonly fudge: number;
  readonly mac: Buffer;
  readonly originalId: number;
  readonly error: number;
  readonly other: Buffer;
}

/** 48 bits of seconds. */
function u48(seconds: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(seconds, 0, 6);
  return bytes;
}

/** The TSIG variables that a full digest covers, RFC 8945 section 4.3.3. */
const variables = (keyName: string, tsig: Omit<Tsig, 'mac' | 'originalId'>): Buffer =>
  Buffer.concat([
    encodeName(keyName.toLowerCase()),
    u16(CLASS_ANY),
    Buffer.alloc(4),
    encodeName(tsig.algorithm),
    u48(tsig.time),
    ...[tsig.fudge, tsig.error, tsig.other.length].map(u16),
    tsig.other,
  ]);

const keyObjects = new WeakMap<TsigKey, KeyObject>();

/** Prepared once, for a zone is confirmed by many signed questions. */
function keyObject(key: TsigKey): KeyObject {
  const made = keyObjects.get(key) ?? createSecretKey(Buffer.from(key.secret.reveal(), 'base64'));
  keyObjects.set(key, made);
  return made;
}

const macOf = (key: TsigKey, parts: readonly Buffer[]): Buffer => {
  const hmac = createHmac(HASHES[key.algorithm], keyObject(key));
  for (const part of parts) hmac.update(part);
  return hmac.digest();
};

const withLength = (mac: Buffer): Buffer => Buffer.concat([u16(mac.length), mac]);

/** Signs a request; `now` in seconds since 1970. Returns the MAC too, for the reply's digest begins with it. */
export function sign(message: Buffer, key: TsigKey, now: number): { signed: Buffer; mac: Buffer } {
  const tsig = { algorithm: key.algorithm, time: now, fudge: FUDGE, error: 0, other: Buffer.alloc(0) };
  const mac = macOf(key, [message, variables(key.name, tsig)]);
  return { signed: attach(message, key, mac, now), mac };
}

/** Puts a TSIG record with the given MAC behind a message. */
export function attach(message: Buffer, key: TsigKey, mac: Buffer, now: number): Buffer {
  const fixed = Buffer.concat([encodeName(key.algorithm), u48(now), u16(FUDGE), withLength(mac)]);
  const rdata = Buffer.concat([fixed, message.subarray(0, 2), u16(0), u16(0)]);
  const signed = Buffer.concat([message, encodeRecord(key.name.toLowerCase(), TSIG, CLASS_ANY, 0, rdata)]);
  signed.writeUInt16BE(signed.readUInt16BE(10) + 1, 10);
  return signed;
}

function decodeTsig(bytes: Buffer, raw: RawRecord): Tsig {
  const at = endOfName(bytes, raw.rdata);
  const tail = at + 10 > raw.end ? raw.end : at + 10 + bytes.readUInt16BE(at + 8);
  const behind = tail + 6 > raw.end ? undefined : tail + 6 + bytes.readUInt16BE(tail + 4);
  if (behind !== raw.end) throw new WireError('Cannot decode TSIG: its lengths do not add up');
  const other = bytes.subarray(tail + 6, behind);
  return {
    algorithm: decodeName(bytes, raw.rdata).toLowerCase(),
    time: bytes.readUIntBE(at, 6),
    fudge: bytes.readUInt16BE(at + 6),
    mac: bytes.subarray(at + 10, tail),
    originalId: bytes.readUInt16BE(tail),
    error: bytes.readUInt16BE(tail + 2),
    other,
  };
}

/** The message as it was before it was signed: without TSIG, with its original id. */
function unsigned({ bytes }: Message, raw: RawRecord, tsig: Tsig): Buffer {
  const bare = Buffer.from(bytes.subarray(0, raw.start));
  bare.writeUInt16BE(tsig.originalId, 0);
  bare.writeUInt16BE(bare.readUInt16BE(10) - 1, 10);
  return bare;
}

/**
 * What a signature is worth:
 * - `verified`: the key's holder wrote it, at about our time; `error` is the TSIG error, `serverTime` comes with BADTIME;
 * - `pending`: without TSIG between signed messages, covered by the next one;
 * - `unsigned`: nobody vouches for it; `error` is a hint;
 * - `forged`: the MAC, key or time is wrong.
 */
export type Verdict =
  | { readonly trust: 'verified'; readonly error: string; readonly serverTime?: number }
  | { readonly trust: 'pending' }
  | { readonly trust: 'unsigned'; readonly error: string }
  | { readonly trust: 'forged'; readonly reason: string };

/** At most so many messages may go without TSIG between signed ones, RFC 8945 section 5.3.1. */
const MOST_UNSIGNED = 99;

/** Verifies the messages that answer one request, in their order. */
export function replyVerifier(key: TsigKey, requestMac: Buffer, now: () => number): (message: Message) => Verdict {
  let previous = requestMac;
  let first = true;
  let pending: Buffer[] = [];
  return (message) => {
    const last = message.additional.at(-1);
    const raw = last === undefined ? undefined : decodeRaw(message.bytes, last);
    if (raw?.type !== TSIG) {
      if (first || pending.length >= MOST_UNSIGNED) return { trust: 'unsigned', error: 'NOERROR' };
      pending.push(message.bytes);
      return { trust: 'pending' };
    }
    const tsig = decodeTsig(message.bytes, raw);
    const error = ERRORS.get(tsig.error) ?? `TSIG${tsig.error}`;
    if (tsig.mac.length === 0) return { trust: 'unsigned', error };
    const name = decodeName(message.bytes, raw.start);
    if (name.toLowerCase() !== key.name.toLowerCase() || tsig.algorithm !== key.algorithm)
      return { trust: 'forged', reason: `signed with key '${name}' and ${tsig.algorithm}` };
    const timers = Buffer.concat([u48(tsig.time), u16(tsig.fudge)]);
    const covered = first ? variables(key.name, tsig) : timers;
    const mac = macOf(key, [withLength(previous), ...pending, unsigned(message, raw, tsig), covered]);
    if (mac.length !== tsig.mac.length || !timingSafeEqual(mac, tsig.mac))
      return { trust: 'forged', reason: 'its MAC is wrong' };
    const serverTime = error === 'BADTIME' && tsig.other.length === 6 ? tsig.other.readUIntBE(0, 6) : undefined;
    if (serverTime === undefined && Math.abs(now() - tsig.time) > tsig.fudge)
      return { trust: 'forged', reason: `it was signed ${Math.abs(now() - tsig.time)} s from now` };
    previous = mac;
    first = false;
    pending = [];
    return { trust: 'verified', error, ...(serverTime === undefined ? {} : { serverTime }) };
  };
}
