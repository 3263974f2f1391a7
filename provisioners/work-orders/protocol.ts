import { type Effect, TargetError } from '../../core/errors.ts';
import type { Fields } from '../../core/kinds.ts';
import type { WorkEventBody } from '../../core/work-order/event.ts';
import type { WorkOrder } from '../../core/work-order/order.ts';

/** A work order as the ticket system answers it; every change raises `revision`. */
export interface Ticket extends WorkOrder {
  readonly revision: number;
}

export interface TicketPage {
  readonly tickets: readonly Ticket[];
  /** How many there are: a page with fewer is not complete. */
  readonly total: number;
}

/**
 * The ticket system of the service desk. All reject with a TargetError of system `work-orders`; codes are `exists`,
 * `absent`, `stale` (another revision than was given), `closed` and what became of the connection. The catalogue's
 * document names a portal and no interface of it: these are the calls that any such system offers.
 */
export interface TicketClient {
  /** The tickets with these keys, or of these owners; without either all of them. */
  list(query: { readonly keys?: readonly string[]; readonly owners?: readonly string[] }): Promise<TicketPage>;
  /** Opens a ticket; its key must be free. */
  create(ticket: Pick<WorkOrder, 'key' | 'owner' | 'fields'>): Promise<Ticket>;
  /** Changes what is asked, or sets the owner. @param anew whether the work begins anew */
  update(
    at: { readonly key: string; readonly revision: number },
    change: { readonly fields?: Fields; readonly owner?: string; readonly anew: boolean },
  ): Promise<Ticket>;
  /** Calls off an open ticket. What was closed is a record and stays. */
  cancel(at: { readonly key: string; readonly revision: number }): Promise<void>;
  /** Enters what a person did. */
  enter(
    at: { readonly key: string; readonly revision: number },
    event: WorkEventBody & { readonly by: string },
  ): Promise<Ticket>;
}

/** The error of a ticket operation. */
export const ticketError = (
  operation: string,
  code: string,
  effect: Effect,
  message: string,
  cause?: unknown,
): TargetError => new TargetError({ system: 'work-orders', operation, code, effect, message }, { cause });
