import { TargetError } from '../../../core/errors.ts';
import type { Resource } from '../../../core/resource.ts';
import { formOf } from '../../../core/work-order/order.ts';
import { stateOf } from '../../../core/work-order/state.ts';
import type { Ticket, TicketClient } from '../../../provisioners/work-orders/protocol.ts';
import { createWorkOrders } from '../../../provisioners/work-orders/provisioner.ts';
import { createWorkOrderSandbox } from '../../../provisioners/work-orders/sandbox.ts';
import { policies } from '../../policies/builders.ts';
import type { Disturbance, Rig } from '../contract.ts';

/** Monday 23 November 2026, 09:00 WIB. */
export const MONDAY = '2026-11-23T02:00:00.000Z';
export const ORDER = { kind: 'work-order', key: 'unit-a/first#7.1' } as const;

export const workOrder = (request: string, fields: Resource['fields'] = {}): Resource => ({
  ...ORDER,
  request,
  fields: {
    code: '7.1',
    title: '7.1 Uji kerentanan',
    team: 'pengujian',
    steps: ['received', 'tested', 'requester:confirmed'],
    preparation: [],
    components: ['dbms', 'data-validation'],
    documents: ['uat 12'],
    details: ['spec.name=spt'],
    occasion: null,
    startsAt: null,
    endsAt: null,
    norm: '12 working_day',
    closing: null,
    calendar: 'wib',
    ...fields,
  },
});

/** A ticket system with a provisioner on it, and the hands of its people. */
export interface WorkRig extends Rig {
  readonly client: TicketClient;
  ticket(key?: string): Promise<Ticket>;
  /** Does all that is to be done and closes it, each component passed or not. */
  finish(passed?: boolean): Promise<void>;
  at(now: string): void;
}

export async function makeRig(file = ':memory:'): Promise<WorkRig> {
  let now = MONDAY;
  const server = createWorkOrderSandbox({ file, now: () => new Date(now) });
  const admin = server.client;
  const { client, disturb } = disturbable(admin);
  const ticket = async (key: string = ORDER.key): Promise<Ticket> => {
    const [found] = (await admin.list({ keys: [key] })).tickets;
    if (found === undefined) throw new Error(`There is no '${key}'`);
    return found;
  };
  return {
    provisioner: createWorkOrders({ client, calendarOf: (id) => policies.calendars.get(id) }),
    client: admin,
    disturb,
    ticket,
    at: (instant) => {
      now = instant;
    },
    async finish(passed = true) {
      const { tickets } = await admin.list({});
      for (let one of tickets) {
        if (stateOf(one.events).closed !== null) continue;
        const { steps, components } = formOf(one);
        for (const { id } of steps) one = await admin.enter(one, { type: 'checked', step: id, by: 'penguji' });
        for (const component of components)
          one = await admin.enter(one, { type: 'judged', component, passed, by: 'penguji' });
        await admin.enter(one, { type: 'closed', passed, by: 'penguji' });
      }
    },
    plant: async (resource) => void (await admin.create({ ...resource, owner: null })),
    tamper: async (resource) =>
      void (await admin.update(await ticket(resource.key), { fields: { title: 'Diubah' }, anew: false })),
    dispose: async () => server.close(),
  };
}

const failure = (code: string, effect: TargetError['effect']) =>
  new TargetError({ system: 'work-orders', operation: 'disturbed', code, effect, message: 'Disturbed by the test' });

/** A client that fails as told, once per disturbance. */
function disturbable(admin: TicketClient): { client: TicketClient; disturb(disturbance: Disturbance): void } {
  const waiting: Disturbance[] = [];
  let writes = 0;
  const take = (on: Disturbance['on']) => {
    const index = waiting.findIndex((one) => one.on === on && !(one.on === 'write' && writes < (one.after ?? 0)));
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  };
  const writing =
    <A extends readonly unknown[], T>(write: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const due = take('write');
      writes++;
      if (due?.effect === 'refused') throw failure('503', 'refused');
      const value = await write(...args);
      if (due?.effect === 'lost') throw failure('CLOSED', 'lost');
      return value;
    };
  return {
    disturb(disturbance) {
      writes = 0;
      waiting.push(disturbance);
    },
    client: {
      async list(query) {
        const due = take('read');
        if (due?.effect === 'unreadable') throw failure('403', 'refused');
        const page = await admin.list(query);
        return due?.effect === 'short' ? { ...page, tickets: page.tickets.slice(0, -1), total: page.total || 1 } : page;
      },
      create: writing(admin.create),
      update: writing(admin.update),
      cancel: writing(admin.cancel),
      enter: writing(admin.enter),
    },
  };
}
