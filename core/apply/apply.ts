import type { Kind } from '../kinds.ts';
import { batches } from '../plan/order.ts';
import type { Provisioner, WritePort } from '../provisioner.ts';
import type { Change, Outcome, RequestId, Resource } from '../resource.ts';

export interface ApplyInput {
  readonly changes: readonly Change[];
  readonly resources: readonly Resource[];
  readonly provisionerOf: (kind: Kind) => Provisioner;
  readonly port: WritePort;
  /** Called when a batch is through, before the next one begins; what it throws ends the run. */
  readonly batchDone?: () => Promise<void>;
}

/** Changes by the provisioner that writes them, each group in order. */
function grouped(changes: readonly Change[], provisionerOf: ApplyInput['provisionerOf']): Map<Provisioner, Change[]> {
  const groups = new Map<Provisioner, Change[]>();
  for (const change of changes) {
    const provisioner = provisionerOf(change.kind);
    const group = groups.get(provisioner);
    if (group) group.push(change);
    else groups.set(provisioner, [change]);
  }
  return groups;
}

/**
 * Writes a plan's changes batch by batch, one outcome each as it happens. A request of which one change did not get
 * done gets no further change and no delete; the others go on.
 */
export async function* apply({
  changes,
  resources,
  provisionerOf,
  port,
  batchDone,
}: ApplyInput): AsyncIterable<Outcome> {
  const stopped = new Set<RequestId>();
  for (const batch of batches(changes, resources)) {
    const due = batch.changes.filter((change) => !stopped.has(change.request));
    for (const [provisioner, share] of grouped(due, provisionerOf)) {
      for await (const outcome of provisioner.apply(share, port)) {
        if (outcome.result !== 'done') stopped.add(outcome.change.request);
        yield outcome;
      }
    }
    await batchDone?.();
  }
}
