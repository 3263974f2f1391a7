import { setTimeout as delay } from 'node:timers/promises';
import { type Fault, type Faults, noFaults } from '../faults.ts';
import { type DnsClient, dnsError } from './protocol.ts';
import type { DnsRecord, RecordType } from './record.ts';
import { Refusal } from './rules.ts';
import { answer } from './sandbox/answer.ts';
import { openZoneStore, type ZoneStore } from './sandbox/store.ts';
import { update } from './sandbox/update.ts';
import { encodeQuery, encodeUpdateMessage } from './wire/message.ts';
import { canonicalName, WireError } from './wire/name.ts';
import { FUDGE, type TsigKey } from './wire/tsig.ts';

/** A key and the types that it may write, as BIND's `update-policy { grant <key> zonesub <types>; }`. */
export interface SandboxKey extends TsigKey {
  readonly types: readonly RecordType[] | 'ANY';
}

export interface SandboxSettings {
  /** File of the state, or `:memory:`. Several processes may share a file. */
  readonly path: string;
  readonly zones: readonly string[];
  /** Left out: everyone may do everything. */
  readonly keys?: readonly SandboxKey[];
  readonly faults?: Faults;
  /** Seconds since 1970, for the check of signatures. */
  readonly now?: () => number;
}

/** Who connects: its key and its clock. */
export interface SandboxPeer {
  readonly key: TsigKey;
  readonly now?: () => number;
}

export interface DnsSandbox {
  /** A client of this server. */
  connect(peer?: SandboxPeer): DnsClient;
  close(): void;
}

/** Two octets of length stand before a message; some are left for the signature. */
const LONGEST_MESSAGE = 65_535 - 300;

type Operation = 'UPDATE' | 'AXFR' | 'QUERY';

const systemClock = (): number => Math.floor(Date.now() / 1000);

/** RFC 8945 section 5.2, in its order: key, signature, time. */
function authenticate(
  settings: SandboxSettings,
  peer: SandboxPeer | undefined,
  operation: string,
): SandboxKey | undefined {
  if (settings.keys === undefined) return undefined;
  const untrusted = (code: string) =>
    dnsError(operation, code, 'lost', 'The reply is not signed, so that its refusal is only a hint');
  if (peer === undefined) throw untrusted('REFUSED');
  const known = settings.keys.find((key) => key.name === peer.key.name && key.algorithm === peer.key.algorithm);
  if (known === undefined) throw untrusted('BADKEY');
  if (known.secret.reveal() !== peer.key.secret.reveal()) throw untrusted('BADSIG');
  const now = (settings.now ?? systemClock)();
  if (Math.abs((peer.now ?? systemClock)() - now) > FUDGE)
    throw dnsError(operation, 'BADTIME', 'refused', 'The clocks differ by more than 300 s');
  return known;
}

/** Turns refusals into the errors that a real server's answers give. */
function refusing<T>(operation: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) throw dnsError(operation, error.rcode, 'refused', 'The server refused', error);
    if (error instanceof WireError) throw dnsError(operation, 'FORMERR', 'unsent', error.message, error);
    throw error;
  }
}

/** Runs one operation with the fault that is due. */
async function disturbed<T>(operation: string, fault: Fault | undefined, work: () => T): Promise<T> {
  if (fault === 'fail') throw dnsError(operation, 'SERVFAIL', 'refused', 'The server refused');
  if (fault === 'unreadable') throw dnsError(operation, 'REFUSED', 'refused', 'The server refused');
  if (typeof fault === 'object') await delay(fault.delayMs);
  const value = work();
  if (fault === 'drop-reply' || fault === 'short')
    throw dnsError(operation, 'CLOSED', 'lost', 'The server closed the connection before its answer was complete');
  return value;
}

function transfer(store: ZoneStore, zone: string): DnsRecord[] {
  if (!store.has(zone)) throw new Refusal('NOTAUTH');
  const records = store.all(zone);
  return [...records.filter((one) => one.type === 'SOA'), ...records.filter((one) => one.type !== 'SOA')];
}

function query(store: ZoneStore, name: string, type: RecordType): DnsRecord[] {
  const zone = store.zoneOf(name);
  if (zone === undefined) throw new Refusal('REFUSED');
  return answer(store, zone, name, type);
}

/** An authoritative server of a few zones: prerequisites, updates, transfer and answers as the RFCs say, state in SQLite. */
export function createDnsSandbox(settings: SandboxSettings): DnsSandbox {
  const store = openZoneStore(settings.path, settings.zones);
  const faults = settings.faults ?? noFaults;
  const connect = (peer?: SandboxPeer): DnsClient => {
    const serve = <T>(operation: Operation, subject: string, work: (key: SandboxKey | undefined) => T): Promise<T> => {
      const title = `${operation} ${subject}`;
      const fault = faults.next({ system: 'dns', operation, write: operation === 'UPDATE' });
      return disturbed(title, fault, () => refusing(title, () => work(authenticate(settings, peer, title))));
    };
    const mayWrite = (key: SandboxKey | undefined) => (type: RecordType) =>
      key === undefined || key.types === 'ANY' || key.types.includes(type);
    return {
      atomic: 'message',
      update: (message) =>
        serve('UPDATE', message.zone, (key) => {
          if (encodeUpdateMessage(0, message).length > LONGEST_MESSAGE) throw new WireError('It does not fit');
          store.transaction(() => update(store, message, mayWrite(key)));
        }),
      transfer: async (zone, receive) => {
        for (const record of await serve('AXFR', zone, () => transfer(store, zone))) receive(record);
      },
      query: (name, type) =>
        serve('QUERY', `${name} ${type}`, () => {
          encodeQuery(0, name, type);
          return query(store, canonicalName(name), type);
        }),
    };
  };
  return { connect, close: () => store.close() };
}
