import type { Pool, Reading, RequestId } from '../resource.ts';

/** The pools of one request. */
export interface Demand {
  readonly request: RequestId;
  readonly pools: readonly Pool[];
}

/** Orders IPv4 addresses. */
const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const REVERSE = /^PTR (\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa$/;

const addressOf = (key: string): string | undefined => {
  const labels = REVERSE.exec(key);
  return labels ? `${labels[4]}.${labels[3]}.${labels[2]}.${labels[1]}` : undefined;
};

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

/**
 * Chooses the addresses before expand: a request keeps its own, found by its marker in the reverse zone, else it gets
 * the next free one; in the order of request ids, so that the same reading gives the same choice.
 */
export function chooseAddresses(
  demands: readonly Demand[],
  reading: Reading,
): ReadonlyMap<RequestId, Readonly<Record<string, string>>> {
  const free = new Map(reading.pools.map((pool) => [pool.key, [...(pool.next ?? [])]]));
  const own = new Map<RequestId, string[]>();
  for (const { owner, key } of reading.objects) {
    const address = addressOf(key);
    if (owner !== null && address !== undefined) own.set(owner, [...(own.get(owner) ?? []), address]);
  }
  const chosen = new Map<RequestId, Record<string, string>>();
  for (const { request, pools } of demands.toSorted((a, b) => (a.request < b.request ? -1 : 1))) {
    const mine: Record<string, string> = {};
    for (const pool of pools) {
      if (pool.type !== 'addresses') continue;
      const kept = (own.get(request) ?? []).find(
        (address) => numberOf(address) >= numberOf(pool.first) && numberOf(address) <= numberOf(pool.last),
      );
      const address = kept ?? free.get(pool.key)?.shift();
      if (address !== undefined) mine[pool.key] = address;
    }
    chosen.set(request, mine);
  }
  return chosen;
}
