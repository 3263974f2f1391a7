import type { Calendar } from '../../core/calendar/calendar.ts';
import type { Observed } from '../../core/resource.ts';
import { phaseOf } from '../../core/work-order/phase.ts';
import type { Ticket, TicketClient } from './protocol.ts';

export interface WorkOrdersOptions {
  readonly client: TicketClient;
  /** A calendar of policies/calendars, for due dates. */
  readonly calendarOf: (id: string) => Calendar | undefined;
}

/** A ticket as a resource; what people did is its phase. */
export const observed = ({ key, owner, fields, events }: Ticket, { calendarOf }: WorkOrdersOptions): Observed => ({
  kind: 'work-order',
  key,
  owner,
  fields,
  phase: phaseOf({ key, owner, fields, events }, calendarOf),
});
