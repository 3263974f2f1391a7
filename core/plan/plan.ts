import { digest } from '../canonical.ts';
import type { Policies } from '../policies.ts';
import { type Held, idOf, type Plan, type Reading, type RequestId, type Resource } from '../resource.ts';
import type { Environment } from '../service.ts';
import { chooseAddresses, type Demand, forwardsToRead, poolsToRead } from './addresses.ts';
import { diff, type Order } from './diff.ts';
import { isAdopting, type Prepared } from './prepare.ts';
import { merged, type Read } from './read.ts';

/** A plan with all that it was made of. */
export interface Planned {
  readonly plan: Plan;
  readonly reading: Reading;
  readonly resources: readonly Resource[];
  readonly orders: ReadonlyMap<RequestId, Order>;
  /** SHA-256 over the desired resources of each request: what `fulfilled` is entered with. */
  readonly desired: ReadonlyMap<RequestId, string>;
}

export interface PlanContext {
  readonly policies: Policies;
  /** ISO date. */
  readonly today: string;
  readonly read: Read;
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
  { policies, today, read }: PlanContext,
): Promise<Planned> {
  const demands = requests.map((one) => ({
    request: one.request.id,
    pools: one.request.state === 'deleted' ? [] : one.service.pools(one.request, one.unit),
    adopts: isAdopting(one),
  }));
  const owners = new Set(requests.map((one) => one.request.id));
  const owned = await read({ keys: forwardsToRead(demands), owners, pools: poolsToRead(demands) });
  const chosen = chooseAddresses(demands, owned);
  const exhausted = withoutAddress(demands, chosen, owned);
  const stopped = new Set(exhausted.map((held) => held.request));
  const expanded = requests
    .filter((one) => !stopped.has(one.request.id))
    .map((one) => ({ one, resources: expandOne(one, chosen.get(one.request.id) ?? {}, policies.environment, today) }));
  const resources = expanded.flatMap((each) => each.resources);
  const known = new Set(owned.objects.map(idOf));
  const asked = new Map(resources.flatMap((one) => [one, ...(one.needs ?? [])]).map((one) => [idOf(one), one]));
  const keys = [...asked.values()].filter((one) => !known.has(idOf(one))).map(({ kind, key }) => ({ kind, key }));
  const reading = keys.length === 0 ? owned : merged([owned, await read({ keys, owners: new Set(), pools: [] })]);
  const desired = new Map(expanded.map((each) => [each.one.request.id, digest(each.resources)]));
  const orders = new Map(requests.map((one) => [one.request.id, orderOf(one, desired.get(one.request.id))]));
  const objects = reading.objects.filter((object) => object.owner === null || !stopped.has(object.owner));
  const plan = diff({ resources, orders, reading: { ...reading, objects } });
  return { plan: { ...plan, held: [...exhausted, ...plan.held] }, reading, resources, orders, desired };
}

function expandOne(
  { request, service, unit, offer, classification }: Prepared,
  addresses: Readonly<Record<string, string>>,
  environment: Environment,
  today: string,
): readonly Resource[] {
  const items = classification.ordered.map((ordered) => ordered.item);
  return service.expand(request, items, { today, unit, figures: offer.figures, environment, addresses });
}

function orderOf(prepared: Prepared, desired: string | undefined): Order {
  const { before, classification } = prepared;
  const settled = before !== null && classification.ordered.length === 0 && before.desired === desired;
  const deletes = new Set(classification.ordered.flatMap((one) => one.item.deletes));
  return { mode: settled ? 'settled' : 'ordered', deletes, adopt: isAdopting(prepared) };
}
