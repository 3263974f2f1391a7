import { type Id, idOf, type Observed, type Pool, type Reading, type RequestId } from '../resource.ts';

/** The pools of one request. */
export interface Demand {
  readonly request: RequestId;
  readonly pools: readonly Pool[];
  /** Takes over the address that its name has already, and no free one. */
  readonly adopts?: boolean;
}

/** Orders IPv4 addresses. */
const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const REVERSE = /^PTR (\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa$/;

/** The address that an object holds: a name of the reverse zone, or a machine, which is made before its names. */
function addressOf({ kind, key, fields }: Observed): string | undefined {
  if (kind === 'machine') return typeof fields.address === 'string' ? fields.address : undefined;
  const labels = REVERSE.exec(key);
  return labels ? `${labels[4]}.${labels[3]}.${labels[2]}.${labels[1]}` : undefined;
}

/** Address pools to be read, one per key, with as many free addresses wanted as requests may take. */
export function poolsToRead(demands: readonly Demand[]): readonly Pool[] {
  const pools = new Map<string, Pool>();
  for (const pool of demands.flatMap((demand) => demand.pools)) {
    const known = pools.get(pool.key);
    if (known?.type === 'addresses' && pool.type === 'addresses')
      pools.set(pool.key, { ...known, want: known.want + pool.want });
    else pools.set(pool.key, pool);
  }
  return [...pools.values()];
}

/** Names of which an adoption must know the address before anything can be expanded. */
export const forwardsToRead = (demands: readonly Demand[]): readonly Id[] =>
  demands
    .filter((demand) => demand.adopts)
    .flatMap(({ pools }) => pools.flatMap((pool) => (pool.type === 'addresses' ? (pool.forward ?? []) : [])));

type AddressPool = Extract<Pool, { type: 'addresses' }>;

const inRange = ({ first, last }: AddressPool, address: string): boolean =>
  numberOf(address) >= numberOf(first) && numberOf(address) <= numberOf(last);

/** The one address to which the request's name points; without a marker it counts for an adoption only. */
function pointedTo(pool: AddressPool, { request, adopts }: Demand, objects: ReadonlyMap<string, Observed>) {
  const found = pool.forward && objects.get(idOf(pool.forward));
  const isOwn = found?.owner === request || (found?.owner === null && adopts);
  const values = found?.fields.values;
  return isOwn && Array.isArray(values) && values.length === 1 ? values : [];
}

/** Finds the address that a request has of a pool: by what holds it under its marker, else by its name. */
function ownAddresses({ objects }: Reading) {
  const byId = new Map(objects.map((object) => [idOf(object), object]));
  const held = new Map<RequestId, string[]>();
  for (const object of objects) {
    const { owner } = object;
    const address = addressOf(object);
    if (owner !== null && address !== undefined) held.set(owner, [...(held.get(owner) ?? []), address]);
  }
  return (pool: AddressPool, demand: Demand): string | undefined =>
    [...(held.get(demand.request) ?? []), ...pointedTo(pool, demand, byId)].find((one) => inRange(pool, one));
}

/**
 * Chooses the addresses before expand: a request keeps its own, so that a lost half of the pair is made again for the
 * same address; else it gets the next free one, unless it adopts. In the order of request ids, so that the same reading
 * gives the same choice.
 */
export function chooseAddresses(
  demands: readonly Demand[],
  reading: Reading,
): ReadonlyMap<RequestId, Readonly<Record<string, string>>> {
  const ownOf = ownAddresses(reading);
  const wishes = demands
    .toSorted((a, b) => (a.request < b.request ? -1 : 1))
    .flatMap((demand) =>
      demand.pools.flatMap((pool) => (pool.type === 'addresses' ? [{ demand, pool, own: ownOf(pool, demand) }] : [])),
    );
  const kept = new Set(wishes.map((wish) => wish.own));
  const free = new Map(reading.pools.map(({ key, next = [] }) => [key, next.filter((one) => !kept.has(one))]));
  const chosen = new Map(demands.map(({ request }) => [request, {} as Record<string, string>]));
  for (const { demand, pool, own } of wishes) {
    const address = own ?? (demand.adopts ? undefined : free.get(pool.key)?.shift());
    const mine = chosen.get(demand.request);
    if (address !== undefined && mine) mine[pool.key] = address;
  }
  return chosen;
}
