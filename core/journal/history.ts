import type { Approval } from '../approve/evidence.ts';
import type { Kind } from '../kinds.ts';
import type { ServiceRequest } from '../request.ts';
import type { RequestId } from '../resource.ts';
import type { Entry } from './entry.ts';

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
}

/** What the journal tells about requests: which version was fulfilled, and who approved what. */
export interface History {
  readonly fulfilled: ReadonlyMap<RequestId, Fulfilled>;
  readonly approvals: ReadonlyMap<RequestId, readonly Approval[]>;
  /** Objects (`<kind>:<key>`) whose deletion an approval names and no run has done since. */
  readonly namedDeletes: ReadonlySet<string>;
}

/** Folds journal entries, oldest first. */
export function historyOf(entries: Iterable<Entry>): History {
  const fulfilled = new Map<RequestId, Fulfilled>();
  const approvals = new Map<RequestId, Approval[]>();
  const namedDeletes = new Set<string>();
  for (const entry of entries) {
    if (entry.type === 'fulfilled') {
      const serial = (fulfilled.get(entry.request)?.serial ?? 0) + 1;
      const { version, desired, objects, at } = entry;
      fulfilled.set(entry.request, { version, desired, objects, at, serial });
    } else if (entry.type === 'approved') {
      approvals.set(entry.request, [...(approvals.get(entry.request) ?? []), entry.approval]);
      for (const object of entry.deletes ?? []) namedDeletes.add(object);
    } else if (entry.type === 'outcome' && entry.action === 'delete' && entry.result === 'done') {
      namedDeletes.delete(`${entry.kind}:${entry.key}`);
    }
  }
  return { fulfilled, approvals, namedDeletes };
}

/** Live objects by kind, over all fulfilled requests. */
export function liveObjects(history: History): ReadonlyMap<Kind, number> {
  const live = new Map<Kind, number>();
  for (const { objects } of history.fulfilled.values())
    for (const [kind, count] of Object.entries(objects) as [Kind, number][])
      live.set(kind, (live.get(kind) ?? 0) + count);
  return live;
}
