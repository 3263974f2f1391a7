import { TargetError } from '../../core/errors.ts';
import type { Fields } from '../../core/kinds.ts';
import { differing } from '../../core/plan/fields.ts';
import { preconditionOf } from '../../core/plan/precondition.ts';
import type { WritePort } from '../../core/provisioner.ts';
import type { Change, Observed, Outcome, Phase } from '../../core/resource.ts';
import { isAskedAnew } from '../../core/work-order/order.ts';
import { type Ticket, ticketError } from './protocol.ts';
import { observed, type WorkOrdersOptions } from './ticket.ts';

/** One change with all that its write needs; `progress` is what its outcome will say. */
interface Work {
  readonly change: Change;
  readonly port: WritePort;
  readonly options: WorkOrdersOptions;
  readonly progress: { values: Fields; phase?: Phase };
}

const refuse = ({ change }: Work, code: string, why: string): never => {
  throw ticketError('check', code, 'unsent', `Cannot ${change.action} work order '${change.key}': ${why}`);
};

/** Carries out one change: reads again, checks the precondition, writes by compare-and-set, reads back. */
export async function applyChange(work: Work): Promise<Outcome> {
  const { change, progress } = work;
  try {
    const ticket = await current(work);
    checkPrecondition(work, ticket);
    await write(work, ticket);
    const { values, phase } = progress;
    return { change, result: 'done', values, ...(phase === undefined ? {} : { phase }) };
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const { system, operation, code, message, effect } = error;
    const result = effect === 'lost' ? 'unknown' : 'failed';
    return { change, result, values: progress.values, error: { system, operation, code, message } };
  }
}

/** The ticket as it stands now; undefined where the complete list lacks it. */
async function current({ change, options }: Work): Promise<Ticket | undefined> {
  const { tickets, total } = await options.client.list({ keys: [change.key] });
  if (tickets.length < total) throw ticketError('list', 'short', 'refused', 'The list is not complete');
  return tickets[0];
}

function checkPrecondition(work: Work, ticket: Ticket | undefined): void {
  const { change, options } = work;
  const there: Observed | undefined = ticket && observed(ticket, options);
  if (preconditionOf(there) !== change.precondition)
    refuse(work, 'stale', 'it is no longer as it was when the plan was made');
  if (there === undefined) return;
  if (change.action === 'create') refuse(work, 'stale', 'it exists');
  const isOurs = there.owner === change.request || (change.action === 'adopt' && there.owner === null);
  if (!isOurs) refuse(work, 'foreign', there.owner === null ? 'it has no marker' : `it belongs to '${there.owner}'`);
}

async function write(work: Work, ticket: Ticket | undefined): Promise<void> {
  const { change, options } = work;
  const { client } = options;
  const { key, request } = change;
  if (change.action === 'create') {
    const { after } = change;
    return send(work, 'create', () => client.create({ key, owner: request, fields: after }), after);
  }
  if (ticket === undefined) return refuse(work, 'stale', 'it does not exist');
  if (change.action === 'delete') return send(work, 'cancel', () => client.cancel(ticket), null);
  if (change.action === 'adopt')
    return send(work, 'update', () => client.update(ticket, { owner: request, anew: false }), ticket.fields);
  const { after } = change;
  const anew = isAskedAnew(after);
  return send(work, 'update', () => client.update(ticket, { fields: after, anew }), after);
}

/**
 * Sends one write and reads back. A lost reply is settled by what is seen, never by sending again.
 * @param wanted fields that must be read back; null where nothing may be left
 */
async function send(work: Work, operation: string, call: () => Promise<unknown>, wanted: Fields | null): Promise<void> {
  const { change, port, options, progress } = work;
  const { kind, key, request } = change;
  let doubt: TargetError | undefined;
  try {
    await port.write({ system: 'work-orders', operation, kind, key, request }, call);
  } catch (error) {
    if (!(error instanceof TargetError) || error.effect !== 'lost') throw error;
    doubt = error;
  }
  const now = await readBack(work, operation);
  if (now !== undefined) {
    const { fields, phase } = observed(now, options);
    Object.assign(progress, { values: fields, phase });
  }
  const isDone =
    wanted === null
      ? now === undefined
      : now?.owner === request && differing('work-order', wanted, now.fields) === undefined;
  if (isDone) return;
  throw doubt ?? ticketError(operation, 'mismatch', 'refused', `'${key}' was read back otherwise than it was written`);
}

async function readBack(work: Work, operation: string): Promise<Ticket | undefined> {
  try {
    return await current(work);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    throw ticketError(operation, error.code, 'lost', `Cannot read back: ${error.message}`, error);
  }
}
