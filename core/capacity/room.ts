import { CAPACITIES, type Capacity, idOf, type Reading, type Resource } from '../resource.ts';
import { type Amounts, amountsOf, beyond, NOTHING, plus } from './amounts.ts';

/** What is known of the hosts besides what they hold now. */
export interface Supply {
  /** Percent of each capacity that stays free; a setting of the site. */
  readonly freePercent: number;
  /** What requests that are merged and not fulfilled yet will take, those of this run left out. */
  readonly pending: Amounts;
  /** What terms that end soon will give back. It is told, never counted on: a term may be extended. */
  readonly endingSoon: Amounts;
}

/** One resource for which there is no room, with the figures that say so. */
export interface Shortage {
  readonly resource: Resource;
  readonly capacity: Capacity;
  readonly wanted: number;
  /** Free now, less what is promised to others; undefined where it could not be read. */
  readonly left?: number;
  /** What must stay free. */
  readonly kept?: number;
  readonly endingSoon: number;
}

/**
 * Finds the resources for which there is no room: what is free now, less what merged requests will take, must leave
 * the share that stays free; exactly that share is enough. In the order of request ids, so that the same reading gives
 * the same answer, and a small request fits behind a large one that does not.
 * @param resources of requests that may write; what they have already is no new demand
 */
export function shortages(resources: readonly Resource[], reading: Reading, supply: Supply): readonly Shortage[] {
  const standing = new Map(reading.objects.map((object) => [idOf(object), object]));
  const found: Shortage[] = [];
  let taken = supply.pending;
  for (const resource of resources.toSorted((a, b) => (a.request < b.request ? -1 : 1))) {
    const wanted = amountsOf(resource.fields);
    if (wanted === null) continue;
    const has = amountsOf(standing.get(idOf(resource))?.fields ?? {}) ?? NOTHING;
    const more = beyond(wanted, has);
    const [short] = CAPACITIES.filter((one) => more[one] > 0).flatMap((capacity) =>
      shortOf(capacity, more[capacity], taken[capacity], reading, supply),
    );
    if (short === undefined) taken = plus(taken, more);
    else found.push({ resource, ...short });
  }
  return found;
}

type Short = Omit<Shortage, 'resource'>;

function shortOf(
  capacity: Capacity,
  wanted: number,
  taken: number,
  { pools }: Reading,
  { freePercent, endingSoon }: Supply,
): readonly Short[] {
  const pool = pools.find((one) => one.key === `capacity:${capacity}`);
  const base = { capacity, wanted, endingSoon: endingSoon[capacity] };
  if (pool === undefined) return [base];
  const kept = Math.ceil(((pool.total ?? 0) * freePercent) / 100);
  const left = pool.free - taken;
  return left - wanted >= kept ? [] : [{ ...base, left, kept }];
}
