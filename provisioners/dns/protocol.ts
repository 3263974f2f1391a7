import { type Effect, TargetError } from '../../core/errors.ts';
import type { DnsRecord, RecordData, RecordType } from './record.ts';

/** What must hold before a message is carried out, RFC 2136 section 2.4. */
export type Prerequisite =
  | { readonly kind: 'nameNotInUse' | 'nameInUse'; readonly name: string }
  | { readonly kind: 'rrsetAbsent' | 'rrsetExists'; readonly name: string; readonly type: RecordType }
  /** Compare-and-set: the RRset holds exactly these records; its TTL is compared where it is given and the target can. */
  | {
      readonly kind: 'rrsetEquals';
      readonly name: string;
      readonly records: readonly RecordData[];
      readonly ttl?: number;
    };

/** What a message does, RFC 2136 section 2.5. */
export type Update =
  | { readonly kind: 'add'; readonly record: DnsRecord }
  | { readonly kind: 'deleteRrset'; readonly name: string; readonly type: RecordType }
  | { readonly kind: 'deleteName'; readonly name: string }
  | { readonly kind: 'deleteRecord'; readonly name: string; readonly record: RecordData };

/** One message of one zone: all of it is done, or nothing, unless the server says otherwise. */
export interface UpdateMessage {
  readonly zone: string;
  readonly prerequisites: readonly Prerequisite[];
  readonly updates: readonly Update[];
}

/**
 * One authoritative server, in the shapes of its protocol. All reject with a TargetError of system `dns`, whose code is
 * the RCODE's or TSIG error's name, or what became of the connection.
 */
export interface DnsClient {
  /**
   * `message`: a message is atomic, so that many changes may share one, and every change of the zone raises its serial.
   * `name`: it is atomic for each name only, so that each change has a message of its own.
   */
  readonly atomic: 'message' | 'name';
  /** Resolves when the server answered NOERROR, which does not say that anything changed. */
  update(message: UpdateMessage): Promise<void>;
  /**
   * All records of a zone (AXFR), its SOA first, handed over as they come. Resolves at the closing SOA; where it rejects,
   * what came before is worth nothing. What `receive` throws ends it, as it is.
   */
  transfer(zone: string, receive: (record: DnsRecord) => void): Promise<void>;
  /** The answer section, from the authority; empty where there is no such name or type. */
  query(name: string, type: RecordType): Promise<readonly DnsRecord[]>;
}

/** The error of a DNS operation. */
export const dnsError = (
  operation: string,
  code: string,
  effect: Effect,
  message: string,
  cause?: unknown,
): TargetError => new TargetError({ system: 'dns', operation, code, effect, message }, { cause });
