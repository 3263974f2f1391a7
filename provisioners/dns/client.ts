import { randomInt } from 'node:crypto';
import { type DnsClient, dnsError } from './protocol.ts';
import type { DnsRecord, Soa } from './record.ts';
import { type Endpoint, ExchangeError, exchange } from './wire/exchange.ts';
import {
  decodeMessage,
  decodeRecord,
  encodeQuery,
  encodeUpdateMessage,
  type Message,
  rcodeName,
} from './wire/message.ts';
import { WireError } from './wire/name.ts';
import { replyVerifier, sign, type TsigKey } from './wire/tsig.ts';

export interface DnsSettings extends Endpoint {
  readonly key: TsigKey;
  /** Seconds since 1970; the system's clock when left out. */
  readonly now?: () => number;
}

const systemClock = (): number => Math.floor(Date.now() / 1000);

/** One signed request and the messages that answer it. */
interface Call {
  readonly operation: string;
  encode(id: number): Buffer;
  /** RCODEs that are an answer, not a refusal. */
  readonly answers?: readonly string[];
  /** Told of each message that is trusted; true when the answer is complete. */
  receive(message: Message): boolean;
}

/** @throws TargetError unless the message is from the key's holder and belongs to the request */
function trustedBy(call: Call, id: number, verify: ReturnType<typeof replyVerifier>): (message: Message) => boolean {
  const { operation } = call;
  return (message) => {
    if (message.id !== id || !message.response)
      throw dnsError(operation, 'BADREPLY', 'lost', 'The reply belongs to another request');
    const verdict = verify(message);
    const rcode = rcodeName(message.rcode);
    if (verdict.trust === 'forged')
      throw dnsError(operation, 'BADREPLY', 'lost', `The signature of the reply does not hold: ${verdict.reason}`);
    if (verdict.trust === 'unsigned') {
      const code = verdict.error === 'NOERROR' ? rcode : verdict.error;
      throw dnsError(operation, code, 'lost', 'The reply is not signed, so that its refusal is only a hint');
    }
    const error = verdict.trust === 'verified' ? verdict.error : 'NOERROR';
    if (verdict.trust === 'verified' && verdict.serverTime !== undefined)
      throw dnsError(operation, error, 'refused', `The clocks differ: the server's says ${isoOf(verdict.serverTime)}`);
    if (error !== 'NOERROR') throw dnsError(operation, error, 'refused', 'The server refused the signature');
    if (rcode !== 'NOERROR' && !call.answers?.includes(rcode))
      throw dnsError(operation, rcode, 'refused', 'The server refused');
    return verdict.trust === 'verified';
  };
}

const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** A call that was sent and is not answered yet. */
interface Pending {
  readonly call: Call;
  readonly trusted: (message: Message) => boolean;
  complete: boolean;
  resolve(): void;
  reject(error: unknown): void;
}

function signedRequest(settings: DnsSettings, call: Call, id: number, now: () => number) {
  let request: { signed: Buffer; mac: Buffer };
  try {
    request = sign(call.encode(id), settings.key, now());
  } catch (error) {
    throw dnsError(call.operation, 'FORMERR', 'unsent', (error as Error).message, error);
  }
  if (request.signed.length > 0xffff)
    throw dnsError(call.operation, 'FORMERR', 'unsent', `${request.signed.length} octets do not fit into a message`);
  return request;
}

/** What a call ends with when its exchange does: a reply that cannot be read is the server's fault, all else is ours. */
function errorOf({ operation }: Call, error: unknown): unknown {
  if (error instanceof ExchangeError)
    return dnsError(operation, error.code, error.sent ? 'lost' : 'unsent', error.message, error);
  return error instanceof WireError ? dnsError(operation, 'BADREPLY', 'lost', error.message, error) : error;
}

/** Hands a message to the call that it answers; true when none is left unanswered. */
function receiver(open: Map<number, Pending>): (bytes: Buffer) => boolean {
  return (bytes) => {
    const message = decodeMessage(bytes);
    const pending = open.get(message.id);
    if (pending === undefined) throw new WireError('The reply belongs to another request');
    try {
      const closed = pending.trusted(message);
      pending.complete = pending.call.receive(message) || pending.complete;
      if (!pending.complete || !closed) return false;
      pending.resolve();
    } catch (error) {
      pending.reject(errorOf(pending.call, error));
    }
    open.delete(message.id);
    return open.size === 0;
  };
}

/** Sends calls over one connection; each is answered, or fails, by itself. */
function perform(settings: DnsSettings, calls: readonly Call[]): readonly Promise<void>[] {
  const now = settings.now ?? systemClock;
  const first = randomInt(0x1_0000);
  const open = new Map<number, Pending>();
  const requests: Buffer[] = [];
  const answers = calls.map((call, index) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const id = (first + index) % 0x1_0000;
    try {
      const { signed, mac } = signedRequest(settings, call, id, now);
      const trusted = trustedBy(call, id, replyVerifier(settings.key, mac, now));
      open.set(id, { call, trusted, complete: false, resolve, reject });
      requests.push(signed);
    } catch (error) {
      reject(error);
    }
    return promise;
  });
  const fail = (error: unknown) => {
    for (const { call, reject } of open.values()) reject(errorOf(call, error));
  };
  if (open.size > 0) exchange(settings, requests, receiver(open)).catch(fail);
  return answers;
}

const performOne = async (settings: DnsSettings, call: Call): Promise<void> => {
  await perform(settings, [call])[0];
};

/** A transfer, whose records are handed over while the server still sends: what is done with them costs no time then. */
function transfer(settings: DnsSettings, zone: string, receive: (record: DnsRecord) => void): Promise<void> {
  const operation = `AXFR ${zone}`;
  let first: Soa | undefined;
  let closed = false;
  const take = (message: Message): boolean => {
    for (const at of message.answers) {
      const record = decodeRecord(message.bytes, at);
      const soa = record.type === 'SOA' ? record.data : undefined;
      if (closed || (first === undefined && soa === undefined))
        throw dnsError(operation, 'BADREPLY', 'lost', 'The transfer does not stand between two SOA records');
      if (first !== undefined && soa !== undefined) {
        closed = true;
        if (soa.serial !== first.serial)
          throw dnsError(operation, 'BADREPLY', 'lost', 'The zone changed during its transfer');
      } else receive(record);
      first ??= soa;
    }
    if (message.answers.length === 0)
      throw dnsError(operation, 'BADREPLY', 'lost', 'The transfer holds an empty message');
    return closed;
  };
  return performOne(settings, { operation, encode: (id) => encodeQuery(id, zone, 'AXFR'), receive: take });
}

/** One question, and who asked it. */
interface Question {
  readonly call: Call;
  answered(outcome: Promise<void>): void;
}

/** Questions that are asked at once share a connection, this many at most. */
const MOST_QUESTIONS = 256;

function asker(settings: DnsSettings): DnsClient['query'] {
  let waiting: Question[] = [];
  const flush = () => {
    const due = waiting;
    waiting = [];
    for (let at = 0; at < due.length; at += MOST_QUESTIONS) {
      const share = due.slice(at, at + MOST_QUESTIONS);
      const outcomes = perform(
        settings,
        share.map(({ call }) => call),
      );
      for (const [index, { answered }] of share.entries()) answered(outcomes[index] ?? Promise.resolve());
    }
  };
  return async (name, type) => {
    const operation = `QUERY ${name} ${type}`;
    let answers: readonly DnsRecord[] = [];
    const receive = (message: Message): boolean => {
      if (!message.authoritative || message.truncated)
        throw dnsError(operation, 'NOTAUTH', 'refused', 'The answer is not that of the authority, or not whole');
      answers = message.answers.map((at) => decodeRecord(message.bytes, at));
      return true;
    };
    // An alias whose target does not exist answers with both: the alias, and NXDOMAIN (RFC 6604 section 3).
    const call: Call = { operation, encode: (id) => encodeQuery(id, name, type), answers: ['NXDOMAIN'], receive };
    const { promise, resolve } = Promise.withResolvers<void>();
    if (waiting.push({ call, answered: resolve }) === 1) queueMicrotask(flush);
    await promise;
    return answers;
  };
}

/** A client of a real server: UPDATE, AXFR and QUERY over TCP, signed (RFC 8945), each reply's signature verified. */
export function connectDns(settings: DnsSettings): DnsClient {
  return {
    atomic: 'message',
    update: (message) =>
      performOne(settings, {
        operation: `UPDATE ${message.zone}`,
        encode: (id) => encodeUpdateMessage(id, message),
        receive: () => true,
      }),
    transfer: (zone, receive) => transfer(settings, zone, receive),
    query: asker(settings),
  };
}
