import { TargetError } from '../../core/errors.ts';
import type { Provisioner } from '../../core/provisioner.ts';
import type { Reading, Wanted } from '../../core/resource.ts';
import { applyChange } from './apply.ts';
import { observed, type WorkOrdersOptions } from './ticket.ts';

const nothing = (reason: string): Reading => ({
  objects: [],
  unread: [{ kind: 'work-order', reason }],
  pools: [],
});

async function read(options: WorkOrdersOptions, { keys, owners }: Wanted): Promise<Reading> {
  const asked = keys.filter((id) => id.kind === 'work-order').map((id) => id.key);
  if (asked.length === 0 && owners.size === 0) return { objects: [], unread: [], pools: [] };
  try {
    const { tickets, total } = await options.client.list({ keys: asked, owners: [...owners] });
    if (tickets.length < total) return nothing(`The list ended after ${tickets.length} of ${total} tickets`);
    return { objects: tickets.map((ticket) => observed(ticket, options)), unread: [], pools: [] };
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    return nothing(error.message);
  }
}

/** Work orders in the ticket system of the service desk: unique keys, written by compare-and-set on a revision. */
export const createWorkOrders = (options: WorkOrdersOptions): Provisioner => ({
  kinds: ['work-order'],
  read: (wanted) => read(options, wanted),
  async *apply(changes, port) {
    for (const change of changes) yield await applyChange({ change, port, options, progress: { values: {} } });
  },
});
