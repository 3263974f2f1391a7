import { randomInt } from 'node:crypto';
import { TargetError } from '../../core/errors.ts';
import { type DnsClient, dnsError } from './protocol.ts';
import type { DnsRecord, RecordType } from './record.ts';
import { type Endpoint, ExchangeError, exchange } from './wire/exchange.ts';
import {
  decodeMessage,
  decodeRecord,
  encodeQuery,
  encodeUpdateMessage,
  type Message,
  rcodeName,
} from './wire/message.ts';
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

async function perform(settings: DnsSettings, call: Call): Promise<void> {
  const now = settings.now ?? systemClock;
  const id = randomInt(0x1_0000);
  let signed: { signed: Buffer; mac: Buffer };
  try {
    signed = sign(call.encode(id), settings.key, now());
  } catch (error) {
    throw dnsError(call.operation, 'FORMERR', 'unsent', (error as Error).message, error);
  }
  if (signed.signed.length > 0xffff)
    throw dnsError(call.operation, 'FORMERR', 'unsent', `${signed.signed.length} octets do not fit into a message`);
  const trusted = trustedBy(call, id, replyVerifier(settings.key, signed.mac, now));
  let complete = false;
  try {
    await exchange(settings, signed.signed, (bytes) => {
      const message = decodeMessage(bytes);
      const closed = trusted(message);
      complete = call.receive(message) || complete;
      return complete && closed;
    });
  } catch (error) {
    if (error instanceof TargetError) throw error;
    if (error instanceof ExchangeError)
      throw dnsError(call.operation, error.code, error.sent ? 'lost' : 'unsent', error.message, error);
    throw dnsError(call.operation, 'BADREPLY', 'lost', (error as Error).message, error);
  }
}

async function transfer(settings: DnsSettings, zone: string): Promise<readonly DnsRecord[]> {
  const operation = `AXFR ${zone}`;
  const records: DnsRecord[] = [];
  let closed = false;
  const receive = (message: Message): boolean => {
    for (const raw of message.answers) {
      const record = decodeRecord(message.bytes, raw);
      const [soa] = records;
      if (closed || (soa === undefined && record.type !== 'SOA'))
        throw dnsError(operation, 'BADREPLY', 'lost', 'The transfer does not stand between two SOA records');
      if (soa?.type === 'SOA' && record.type === 'SOA') {
        closed = true;
        if (record.data.serial !== soa.data.serial)
          throw dnsError(operation, 'BADREPLY', 'lost', 'The zone changed during its transfer');
      } else records.push(record);
    }
    if (message.answers.length === 0)
      throw dnsError(operation, 'BADREPLY', 'lost', 'The transfer holds an empty message');
    return closed;
  };
  await perform(settings, { operation, encode: (id) => encodeQuery(id, zone, 'AXFR'), receive });
  return records;
}

async function query(settings: DnsSettings, name: string, type: RecordType): Promise<readonly DnsRecord[]> {
  const operation = `QUERY ${name} ${type}`;
  let answers: readonly DnsRecord[] = [];
  const receive = (message: Message): boolean => {
    if (!message.authoritative || message.truncated)
      throw dnsError(operation, 'NOTAUTH', 'refused', 'The answer is not that of the authority, or not whole');
    answers = message.answers.map((raw) => decodeRecord(message.bytes, raw));
    return true;
  };
  // An alias whose target does not exist answers with both: the alias, and NXDOMAIN (RFC 6604 section 3).
  const encode = (id: number) => encodeQuery(id, name, type);
  await perform(settings, { operation, encode, answers: ['NXDOMAIN'], receive });
  return answers;
}

/** A client of a real server: UPDATE, AXFR and QUERY over TCP, signed (RFC 8945), each reply's signature verified. */
export function connectDns(settings: DnsSettings): DnsClient {
  return {
    update: (message) =>
      perform(settings, {
        operation: `UPDATE ${message.zone}`,
        encode: (id) => encodeUpdateMessage(id, message),
        receive: () => true,
      }),
    transfer: (zone) => transfer(settings, zone),
    query: (name, type) => query(settings, name, type),
  };
}
