import type { Approval } from '../approve/evidence.ts';
import { digest } from '../canonical.ts';
import type { Kind } from '../kinds.ts';
import type { Write } from '../provisioner.ts';
import type { ServiceRequest } from '../request.ts';
import type { Change, RequestId } from '../resource.ts';
import type { Reached } from '../term/term.ts';

/** The clock of one ordered item's norm; ISO 8601, UTC. */
export interface NormClock {
  readonly code: string;
  /** When it starts: at once, or when service hours begin again. */
  readonly start: string;
  readonly due: string;
}

/** What is entered; never a secret, never a value that the target made up. */
export type JournalEvent =
  /** An official's approval, or a letter that the service desk attested, as it was shown. */
  | {
      readonly type: 'approved';
      readonly request: RequestId;
      readonly approval: Approval;
      /** Objects (`<kind>:<key>`) whose deletion is approved by name. */
      readonly deletes?: readonly string[];
    }
  /** A request was seen to be approved and complete: the clocks of its norms start. */
  | {
      readonly type: 'accepted';
      readonly request: RequestId;
      /** The request digest of what was accepted. */
      readonly digest: string;
      readonly norms: readonly NormClock[];
    }
  /** A write is about to be sent. */
  | { readonly type: 'intent'; readonly run: string; readonly point: number; readonly write: Write }
  /** The write's answer, or that none came. */
  | {
      readonly type: 'result';
      readonly run: string;
      readonly point: number;
      readonly request: RequestId;
      readonly result: 'done' | 'refused' | 'unsent' | 'lost';
      readonly code?: string;
    }
  /** What became of a change. */
  | {
      readonly type: 'outcome';
      readonly run: string;
      readonly request: RequestId;
      readonly action: Change['action'];
      readonly kind: Change['kind'];
      readonly key: string;
      readonly result: 'done' | 'failed' | 'unknown';
      readonly code?: string;
    }
  /** The targets hold what this version asks for: the next edit is compared with it. */
  | {
      readonly type: 'fulfilled';
      readonly request: RequestId;
      /** SHA-256 over the desired resources of that day. */
      readonly desired: string;
      readonly items: readonly string[];
      /** How many objects it has at the targets, by kind. */
      readonly objects: Readonly<Partial<Record<Kind, number>>>;
      readonly version: ServiceRequest;
      /** The phase of its term, and the day on which it was first seen; absent while the term runs. */
      readonly term?: Reached;
    }
  /** A run begins for a merged pull request: what it tells there is told again until it is entered as `reported`. */
  | {
      readonly type: 'run';
      readonly run: string;
      readonly pull: number;
      readonly requests: readonly RequestId[];
      /** How many changes it planned. */
      readonly planned: number;
    }
  /** What a run did was told on its pull request. */
  | { readonly type: 'reported'; readonly run: string; readonly pull: number }
  /** A hand-over record was made of the fulfilment with that sequence, for both sides to sign. */
  | {
      readonly type: 'handed-over';
      readonly request: RequestId;
      readonly fulfilled: number;
      /** Relative to the store, with its SHA-256. */
      readonly file: string;
      readonly sha256: string;
    }
  /** The last append was torn by a crash; its bytes were never acknowledged and are cut off. */
  | { readonly type: 'repaired'; readonly bytes: number };

/** One link of a unit's chain. */
export type Entry = JournalEvent & {
  readonly sequence: number;
  readonly unit: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly previous: string;
  /** SHA-256 over the canonical entry without this field. */
  readonly hash: string;
};

/** The `previous` of a chain's first entry. */
export const GENESIS = '0'.repeat(64);

/** Links an event to the end of a chain. */
export function link(event: JournalEvent, unit: string, at: string, last: Entry | undefined): Entry {
  const body = { ...event, sequence: (last?.sequence ?? 0) + 1, unit, at, previous: last?.hash ?? GENESIS };
  return { ...body, hash: digest(body) };
}
