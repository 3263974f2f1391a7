import { digest } from '../canonical.ts';
import { amountsOf } from '../capacity/amounts.ts';
import { type Shortage, type Supply, shortages } from '../capacity/room.ts';
import type { Policies } from '../policies.ts';
import { type Held, idOf, type Plan, type Reading, type RequestId, type Resource } from '../resource.ts';
import type { TermPhase } from '../term/term.ts';
import { workOrdersOf } from '../work-order/expand.ts';
import { chooseAddresses, type Demand, forwardsToRead, poolsToRead } from './addresses.ts';
import { diff } from './diff.ts';
import { type Desired, type Order, orderOf } from './orders.ts';
import { isAdopting, isDue, type Prepared } from './prepare.ts';
import { merged, type Read } from './read.ts';

/** A plan with all that it was made of. */
export interface Planned {
  readonly plan: Plan;
  readonly reading: Reading;
  readonly resources: readonly Resource[];
  readonly orders: ReadonlyMap<RequestId, Order>;
  /** SHA-256 over the desired resources of each request: what `fulfilled` is entered with. */
  readonly desired: ReadonlyMap<RequestId, string>;
  /** Resources that are held because the hosts have no room for them. */
  readonly shortages: readonly Shortage[];
}

export interface PlanContext {
  readonly policies: Policies;
  /** ISO date. */
  readonly today: string;
  readonly read: Read;
  /** What the hosts must keep for others than the requests of this plan; asked only where something takes room. */
  readonly supply: (planned: ReadonlySet<RequestId>) => Supply;
}

/** Why a pool gave no address: it could not be read, there is nothing to adopt, or it is empty. */
function lackOf(
  pool: string,
  adopts: boolean | undefined,
  { pools, unread }: Reading,
): Pick<Held, 'reason' | 'detail'> {
  const failure = unread.find((one) => one.key === `pool ${pool}`);
  if (failure !== undefined && !pools.some((one) => one.key === pool))
    return { reason: 'unread', detail: failure.reason };
  return adopts
    ? { reason: 'absent', detail: 'There is nothing to adopt: its name has no address of this range' }
    : { reason: 'exhausted', detail: 'No free address was read' };
}

const withoutAddress = (
  demands: readonly Demand[],
  chosen: ReturnType<typeof chooseAddresses>,
  reading: Reading,
): readonly Held[] =>
  demands.flatMap(({ request, pools, adopts }) =>
    pools
      .filter((pool) => pool.type === 'addresses' && chosen.get(request)?.[pool.key] === undefined)
      .map((pool) => ({
        kind: 'dns-record',
        key: pool.key,
        request,
        ...lackOf(pool.key, adopts, reading),
      })),
  );

/**
 * Plans some requests: reads their objects and pools, chooses addresses, expands, reads by key what stands there
 * unowned or in other hands, and compares. A request is settled while its desired resources are those last fulfilled.
 */
export async function planRequests(
  requests: readonly Prepared[],
  { policies, today, read, supply }: PlanContext,
): Promise<Planned> {
  const demands = requests.map((one) => ({
    request: one.request.id,
    pools: isGone(one) ? [] : one.service.pools(one.request, one.unit),
    adopts: isAdopting(one),
  }));
  const owners = new Set(requests.map((one) => one.request.id));
  const owned = await read({ keys: forwardsToRead(demands), owners, pools: poolsToRead(demands) });
  const chosen = chooseAddresses(demands, owned);
  const exhausted = withoutAddress(demands, chosen, owned);
  const stopped = new Set(exhausted.map((held) => held.request));
  const expanded = requests
    .filter((one) => !stopped.has(one.request.id))
    .map((one) => ({ one, desired: desiredOf(one, chosen.get(one.request.id) ?? {}, { policies, today }) }));
  const resources = expanded.flatMap((each) => each.desired.now);
  const known = new Set(owned.objects.map(idOf));
  const asked = new Map(resources.flatMap((one) => [one, ...(one.needs ?? [])]).map((one) => [idOf(one), one]));
  const keys = [...asked.values()].filter((one) => !known.has(idOf(one))).map(({ kind, key }) => ({ kind, key }));
  const reading = keys.length === 0 ? owned : merged([owned, await read({ keys, owners: new Set(), pools: [] })]);
  const wishes = new Map(expanded.map((each) => [each.one.request.id, each.desired]));
  const orders = new Map(requests.map((one) => [one.request.id, orderOf(one, wishes.get(one.request.id))]));
  const desired = new Map([...wishes].map(([id, { now }]) => [id, digest(now)]));
  const short = shortagesIn(resources, orders, reading, () => supply(owners));
  const held = [...exhausted, ...short.map(heldFor)];
  const going = without(new Set(held.map((one) => one.request)), { resources, reading });
  const plan = diff({ ...going, orders });
  return { plan: { ...plan, held: [...held, ...plan.held] }, reading, resources, orders, desired, shortages: short };
}

/** Leaves out what some requests want and have: a request that is held as a whole is compared with nothing. */
function without(
  requests: ReadonlySet<RequestId>,
  { resources, reading }: { readonly resources: readonly Resource[]; readonly reading: Reading },
) {
  if (requests.size === 0) return { resources, reading };
  const objects = reading.objects.filter((object) => object.owner === null || !requests.has(object.owner));
  return { resources: resources.filter((one) => !requests.has(one.request)), reading: { ...reading, objects } };
}

/** What is settled, due or taken over takes no room that it has not already. */
function shortagesIn(
  resources: readonly Resource[],
  orders: ReadonlyMap<RequestId, Order>,
  reading: Reading,
  supply: () => Supply,
): readonly Shortage[] {
  const taking = resources.filter(({ request, fields }) => {
    const order = orders.get(request);
    return order?.mode === 'ordered' && !order.adopt && amountsOf(fields) !== null;
  });
  return taking.length === 0 ? [] : shortages(taking, reading, supply());
}

function heldFor({ resource: { kind, key, request }, capacity, wanted, left, kept }: Shortage): Held {
  const base = { kind, key, request };
  return left === undefined
    ? { ...base, reason: 'unread', detail: `What is free of '${capacity}' was not read` }
    : {
        ...base,
        reason: 'exhausted',
        detail: `It takes ${wanted} of '${capacity}': ${left} are left, ${kept} stay free`,
      };
}

const isGone = ({ request, term }: Prepared): boolean => request.state === 'deleted' || term.phase === 'absent';

/** Expands a request on its day, and where a phase is due also as the phase before had it. */
function desiredOf(
  prepared: Prepared,
  addresses: Readonly<Record<string, string>>,
  { policies, today }: Pick<PlanContext, 'policies' | 'today'>,
): Desired {
  const { request, service, unit, offer, classification, before, term } = prepared;
  if (term.phase === 'absent') return { now: [] };
  const items = classification.ordered.map((ordered) => ordered.item);
  const { environment } = policies;
  const base = { today, unit, figures: offer.figures, environment, addresses };
  const expanded = (phase: TermPhase): readonly Resource[] => {
    const resources = service.expand(request, items, { ...base, phase });
    return [...resources, ...workOf(prepared, resources, policies)];
  };
  const now = expanded(term.phase);
  return isDue(prepared) ? { now, previous: expanded(before?.term?.phase ?? 'on') } : { now };
}

/** What people do for it; nothing for what was never made and is not wanted any more. */
function workOf({ request, offer, unit, before }: Prepared, resources: readonly Resource[], policies: Policies) {
  if (!offer.workOrders?.length || (before === null && request.state === 'deleted')) return [];
  const calendar = policies.calendars.get(policies.catalogues.get(request.catalogue)?.calendar ?? '');
  if (calendar === undefined) throw new Error(`Cannot plan '${request.id}': its catalogue has no calendar`);
  return workOrdersOf(request, resources, { offer, unit, calendar });
}
