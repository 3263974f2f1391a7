import type { Fields, Kind } from './kinds.ts';

/** `<unit>/<name>`: the path of the request file below `requests/`, without `.yaml`. */
export type RequestId = string;

/** Names one object at a target. */
export interface Id {
  readonly kind: Kind;
  readonly key: string;
}

/** One desired thing, owned by a request. */
export interface Resource extends Id {
  readonly request: RequestId;
  readonly fields: Fields;
  /** Must exist and be ready before this one is written. */
  readonly needs?: readonly Id[];
  /** An address that was chosen from a pool; another free one of the same pool is the same wish. */
  readonly chosen?: { readonly pool: string; readonly value: string };
}

/**
 * `ready`, or what the object still waits for, since when, and until when that is normal (ISO 8601 UTC). Where people are
 * waited for, `whom` tells who: a team of policies/organisation, or the requester.
 */
export type Phase =
  | 'ready'
  | {
      readonly waitsFor: string;
      readonly since?: string;
      readonly until?: string;
      readonly whom?: { readonly team: string } | 'requester';
    };

/** An object as it was read. `owner` is the request in its marker, null without a marker. */
export interface Observed extends Id {
  readonly owner: RequestId | null;
  readonly fields: Fields;
  /** What the target calls the object for ever (objectGUID, Entra id); never compared across targets. */
  readonly identity?: string;
  /** Names the sealed file whose secret is valid here; no part of a precondition. */
  readonly handover?: string;
  readonly phase: Phase;
}

/** What could not be read, and why. Without a key: nothing of that kind was read completely. */
export interface Unread {
  readonly kind: Kind;
  readonly key?: string;
  readonly reason: string;
}

/** A finite supply: `free` units of `total` where it is known, and for addresses the next free ones in order. */
export interface PoolReading {
  readonly key: string;
  readonly free: number;
  readonly total?: number;
  readonly next?: readonly string[];
}

/** What the targets hold, as plain data, each object once: complete, or it says what was not read. */
export interface Reading {
  readonly objects: readonly Observed[];
  readonly unread: readonly Unread[];
  readonly pools: readonly PoolReading[];
}

/** What a machine or a namespace takes of the hosts; memory and storage in GB. */
export const CAPACITIES = ['cores', 'memoryGb', 'storageGb'] as const;
export type Capacity = (typeof CAPACITIES)[number];

/**
 * A pool to be read: addresses of a network (`first`..`last` inclusive, IPv4), licences of a SKU, or what all hosts have
 * together (`capacity:cores`).
 */
export type Pool =
  | {
      readonly key: string;
      readonly type: 'addresses';
      readonly first: string;
      readonly last: string;
      readonly want: number;
      /** The record that says which address the request has, where the reverse zone does not. */
      readonly forward?: Id;
    }
  | { readonly key: string; readonly type: 'licences'; readonly sku: string }
  | { readonly key: `capacity:${Capacity}`; readonly type: 'capacity' };

/** What a run needs to know: objects by key, objects by owner, pools. */
export interface Wanted {
  readonly keys: readonly Id[];
  readonly owners: ReadonlySet<RequestId>;
  readonly pools: readonly Pool[];
}

/**
 * One write to one resource, as data. `precondition` hashes owner, identity and managed fields that were read.
 * `before` and `after` of an update hold the fields that change and no others; a create has all desired fields,
 * a delete and an adopt all fields that were read.
 */
export type Change = Id & {
  readonly request: RequestId;
  readonly precondition: string;
  readonly chosen?: { readonly pool: string; readonly value: string };
} & (
    | { readonly action: 'create'; readonly after: Fields }
    | { readonly action: 'update'; readonly before: Fields; readonly after: Fields }
    | { readonly action: 'delete'; readonly before: Fields }
    | { readonly action: 'adopt'; readonly before: Fields }
  );

/** Why a resource gets no change now. */
export type HeldReason =
  | 'unread'
  | 'foreign'
  | 'not-ready'
  | 'needs'
  | 'exhausted'
  | 'sibling'
  | 'drift'
  | 'orphan'
  | 'absent';

/** A resource that gets no change now. `detail` is English, for engineers; texts for people come from `messages`. */
export interface Held extends Id {
  readonly request: RequestId;
  readonly reason: HeldReason;
  readonly detail: string;
  /** What it waits for itself, where it stands and is not ready. */
  readonly waits?: Exclude<Phase, 'ready'>;
}

/** Changes and held of one run. `digest` binds the run: SHA-256 over the canonical changes. */
export interface Plan {
  readonly digest: string;
  readonly changes: readonly Change[];
  readonly held: readonly Held[];
}

/** What became of one change, with what was read back. `unknown`: sent, and no answer. */
export interface Outcome {
  readonly change: Change;
  readonly result: 'done' | 'failed' | 'unknown';
  readonly values: Fields;
  readonly phase?: Phase;
  readonly error?: {
    readonly system: string;
    readonly operation: string;
    readonly code?: string;
    readonly message: string;
  };
  /** A sealed file for the recipient, relative to the store. */
  readonly handover?: string;
}

/** A key for maps and messages: `directory-account:andi.pratama`. */
export const idOf = (id: Id): string => `${id.kind}:${id.key}`;

/** What a target keeps unique: the key, without the type that goes before a DNS name. */
export const nameOf = (key: string): string => key.slice(key.lastIndexOf(' ') + 1);
