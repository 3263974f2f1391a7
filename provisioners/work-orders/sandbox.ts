import { setTimeout as delay } from 'node:timers/promises';
import { stateOf } from '../../core/work-order/state.ts';
import { type Fault, type Faults, noFaults } from '../faults.ts';
import { type Ticket, type TicketClient, ticketError } from './protocol.ts';
import { openTicketStore, type TicketStore } from './sandbox/store.ts';

export interface WorkOrderSandbox {
  readonly client: TicketClient;
  close(): void;
}

export interface WorkOrderSandboxOptions {
  /** File of the state, or `:memory:`. Several processes may share a file. */
  readonly file: string;
  readonly now: () => Date;
  readonly faults?: Faults;
}

type Place = { readonly key: string; readonly revision: number };
const SYSTEM = 'layanan';

/** Runs one operation with the fault that is due. */
async function disturbed<T>(operation: string, fault: Fault | undefined, work: () => T): Promise<T> {
  if (fault === 'fail') throw ticketError(operation, '503', 'refused', 'The ticket system is not available');
  if (fault === 'unreadable') throw ticketError(operation, '403', 'refused', 'The ticket system refused');
  if (typeof fault === 'object') await delay(fault.delayMs);
  const value = work();
  if (fault === 'drop-reply') throw ticketError(operation, 'CLOSED', 'lost', 'The connection ended before the answer');
  return value;
}

/** The ticket as it stands, at the revision that the caller saw. */
function seen(store: TicketStore, operation: string, { key, revision }: Place): Ticket {
  const ticket = store.get(key);
  if (ticket === undefined) throw ticketError(operation, 'absent', 'refused', `There is no '${key}'`);
  if (ticket.revision === revision) return ticket;
  throw ticketError(operation, 'stale', 'refused', `'${key}' has revision ${ticket.revision}, not ${revision}`);
}

function known(store: TicketStore, key: string): Ticket {
  const ticket = store.get(key);
  if (ticket === undefined) throw new Error(`Cannot find '${key}', which was just written`);
  return ticket;
}

function filtered(store: TicketStore, { keys, owners }: Parameters<TicketClient['list']>[0]): Ticket[] {
  if (keys === undefined && owners === undefined) return store.all();
  const found = [...(keys ?? []).flatMap((key) => store.get(key) ?? []), ...(owners ?? []).flatMap(store.ownedBy)];
  return [...new Map(found.map((ticket) => [ticket.key, ticket])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A ticket system in the process: unique keys, compare-and-set on a revision, every event kept; state in SQLite. */
export function createWorkOrderSandbox({ file, now, faults = noFaults }: WorkOrderSandboxOptions): WorkOrderSandbox {
  const store = openTicketStore(file);
  const faultOf = (operation: string, write: boolean) => faults.next({ system: 'work-orders', operation, write });
  const at = () => now().toISOString();
  const writing = <T>(operation: string, work: () => T): Promise<T> =>
    disturbed(operation, faultOf(operation, true), () => store.transaction(work));
  const client: TicketClient = {
    async list(query) {
      const fault = faultOf('list', false);
      const tickets = await disturbed('list', fault, () => filtered(store, query));
      return { tickets: fault === 'short' ? tickets.slice(0, -1) : tickets, total: tickets.length };
    },
    create: ({ key, owner, fields }) =>
      writing('create', () => {
        if (store.get(key) !== undefined) throw ticketError('create', 'exists', 'refused', `'${key}' exists`);
        store.put({ key, owner, fields, revision: 1 });
        store.append(key, { type: 'opened', at: at(), by: SYSTEM });
        return known(store, key);
      }),
    update: (place, { fields = {}, owner, anew }) =>
      writing('update', () => {
        const ticket = seen(store, 'update', place);
        store.put({
          key: place.key,
          owner: owner ?? ticket.owner,
          fields: { ...ticket.fields, ...fields },
          revision: ticket.revision + 1,
        });
        if (anew) store.append(place.key, { type: 'changed', at: at(), by: SYSTEM });
        return known(store, place.key);
      }),
    cancel: (place) =>
      writing('cancel', () => {
        const { events } = seen(store, 'cancel', place);
        if (stateOf(events).closed !== null)
          throw ticketError('cancel', 'closed', 'refused', `'${place.key}' is closed and stays as a record`);
        store.remove(place.key);
      }),
    enter: (place, event) =>
      writing('enter', () => {
        const ticket = seen(store, 'enter', place);
        store.put({ ...ticket, revision: ticket.revision + 1 });
        store.append(place.key, { ...event, at: at() });
        return known(store, place.key);
      }),
  };
  return { client, close: () => store.close() };
}
