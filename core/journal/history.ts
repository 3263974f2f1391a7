import type { Approval } from '../approve/evidence.ts';
import type { Kind } from '../kinds.ts';
import type { ServiceRequest } from '../request.ts';
import type { RequestId } from '../resource.ts';
import type { Reached } from '../term/term.ts';
import type { Entry, NormClock } from './entry.ts';

/** The version of a request that the targets were last seen to hold. */
export interface Fulfilled {
  readonly version: ServiceRequest;
  /** SHA-256 over the desired resources of that day. */
  readonly desired: string;
  readonly objects: Readonly<Partial<Record<Kind, number>>>;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** How many versions were fulfilled so far, this one included. */
  readonly serial: number;
  /** Absent while the term runs, and where there is none. */
  readonly term?: Reached;
}

/** What was last ordered by a request: approved and complete, and when that was fulfilled. */
export interface Accepted {
  readonly digest: string;
  /** When it was seen to be approved and complete; ISO 8601, UTC. */
  readonly at: string;
  readonly norms: readonly NormClock[];
  readonly fulfilledAt?: string;
}

/** What the journal tells about requests: which version was fulfilled, and who approved what. */
export interface History {
  readonly fulfilled: ReadonlyMap<RequestId, Fulfilled>;
  readonly approvals: ReadonlyMap<RequestId, readonly Approval[]>;
  readonly accepted: ReadonlyMap<RequestId, Accepted>;
  /** Deletions that approvals name, each as `namedDelete()` writes it. */
  readonly namedDeletes: ReadonlySet<string>;
}

/**
 * An object (`<kind>:<key>`) whose deletion is named in an approval of a request: for that request alone, and for what
 * was approved alone. Once that is fulfilled the request has another digest, so that a name is used once.
 */
export const namedDelete = (request: RequestId, digest: string, object: string): string =>
  `${request} ${digest} ${object}`;

/** What one entry adds to a history; only what is present changes. */
export interface Step {
  readonly request: RequestId;
  readonly fulfilled?: Fulfilled;
  readonly accepted?: Accepted;
  readonly approvals?: readonly Approval[];
  readonly named?: readonly string[];
}

const NOTHING: Step = { request: '' };

/** What the next entry adds to the history of those before it. */
export function advanced(history: Pick<History, 'fulfilled' | 'approvals' | 'accepted'>, entry: Entry): Step {
  if (entry.type === 'fulfilled') {
    const { request, version, desired, objects, at, term } = entry;
    const serial = (history.fulfilled.get(request)?.serial ?? 0) + 1;
    const order = history.accepted.get(request);
    return {
      request,
      fulfilled: { version, desired, objects, at, serial, ...(term ? { term } : {}) },
      ...(order && order.fulfilledAt === undefined ? { accepted: { ...order, fulfilledAt: at } } : {}),
    };
  }
  if (entry.type === 'accepted') {
    const { request, digest, at, norms } = entry;
    return { request, accepted: { digest, at, norms } };
  }
  if (entry.type === 'approved') {
    const { request, approval, deletes } = entry;
    const approvals = [...(history.approvals.get(request) ?? []), approval];
    if (deletes === undefined) return { request, approvals };
    return { request, approvals, named: deletes.map((object) => namedDelete(request, approval.digest, object)) };
  }
  return NOTHING;
}

/** Folds journal entries, oldest first. */
export function historyOf(entries: Iterable<Entry>): History {
  const fulfilled = new Map<RequestId, Fulfilled>();
  const approvals = new Map<RequestId, readonly Approval[]>();
  const accepted = new Map<RequestId, Accepted>();
  const namedDeletes = new Set<string>();
  for (const entry of entries) {
    const step = advanced({ fulfilled, approvals, accepted }, entry);
    if (step.fulfilled) fulfilled.set(step.request, step.fulfilled);
    if (step.accepted) accepted.set(step.request, step.accepted);
    if (step.approvals) approvals.set(step.request, step.approvals);
    for (const object of step.named ?? []) namedDeletes.add(object);
  }
  return { fulfilled, approvals, accepted, namedDeletes };
}

/** Live objects by kind, over all fulfilled requests. */
export function liveObjects(history: History): ReadonlyMap<Kind, number> {
  const live = new Map<Kind, number>();
  for (const { objects } of history.fulfilled.values())
    for (const [kind, count] of Object.entries(objects) as [Kind, number][])
      live.set(kind, (live.get(kind) ?? 0) + count);
  return live;
}
