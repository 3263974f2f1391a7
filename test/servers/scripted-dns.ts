import { createHmac } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import type { DnsRecord } from '../../provisioners/dns/record.ts';
import { decodeMessage, decodeRaw, encodeRecord } from '../../provisioners/dns/wire/message.ts';
import { encodeName, endOfName } from '../../provisioners/dns/wire/name.ts';
import { encodeRdata, typeNumber, u16, u32 } from '../../provisioners/dns/wire/rdata.ts';
import { attach, FUDGE, type TsigKey } from '../../provisioners/dns/wire/tsig.ts';

/** A request as it arrived, and what signs the replies to it. */
export interface Arrived {
  readonly id: number;
  readonly mac: Buffer;
  readonly socket: Socket;
  send(message: Buffer): void;
}

/** A reply of one message, unsigned. */
export function reply(id: number, answers: readonly DnsRecord[], { rcode = 0, flags = 0x8400 } = {}): Buffer {
  const records = answers.map((record) =>
    encodeRecord(record.name, typeNumber(record.type), 1, record.ttl, encodeRdata(record)),
  );
  return Buffer.concat([u16(id), u16(flags | rcode), u16(0), u16(records.length), u16(0), u16(0), ...records]);
}

const u48 = (seconds: number) => Buffer.concat([u16(Math.floor(seconds / 2 ** 32)), u32(seconds % 2 ** 32)]);
const hmac = (key: TsigKey, ...parts: Buffer[]) =>
  createHmac(key.algorithm.slice(5), Buffer.from(key.secret.reveal(), 'base64')).update(Buffer.concat(parts)).digest();

/** Signs replies as RFC 8945 says, written apart from the code under test: the first in full, later ones with timers only. */
export function signer(key: TsigKey, requestMac: Buffer, now: number) {
  let previous = requestMac;
  let first = true;
  return (message: Buffer, unsignedBefore: readonly Buffer[] = []): Buffer => {
    const timers = Buffer.concat([u48(now), u16(FUDGE)]);
    const full = Buffer.concat([encodeName(key.name), u16(255), u32(0), encodeName(key.algorithm), timers, u32(0)]);
    const mac = hmac(key, u16(previous.length), previous, ...unsignedBefore, message, first ? full : timers);
    previous = mac;
    first = false;
    return attach(message, key, mac, now);
  };
}

/** The MAC of a signed request. */
function macOf(request: Buffer): Buffer {
  const last = decodeMessage(request).additional.at(-1);
  if (last === undefined) return Buffer.alloc(0);
  const at = endOfName(request, decodeRaw(request, last).rdata) + 8;
  return request.subarray(at + 2, at + 2 + request.readUInt16BE(at));
}

/** A TCP server that does to each request what the test says. */
export async function startScripted(script: (arrived: Arrived) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let held = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      held = Buffer.concat([held, chunk]);
      if (held.length < 2 || held.length < 2 + held.readUInt16BE(0)) return;
      const request = held.subarray(2);
      const send = (message: Buffer) => void socket.write(Buffer.concat([u16(message.length), message]));
      script({ id: request.readUInt16BE(0), mac: macOf(request), socket, send });
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
