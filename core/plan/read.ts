import type { Kind } from '../kinds.ts';
import type { Provisioner } from '../provisioner.ts';
import { idOf, type Observed, type PoolReading, type Reading, type Wanted } from '../resource.ts';

/** Reads what a run needs; from live targets, or from a published reading. */
export type Read = (wanted: Wanted) => Promise<Reading>;

/** Joins readings of different targets, or of one target read twice; the first word on an object counts. */
export function merged(readings: readonly Reading[]): Reading {
  const objects = new Map<string, Observed>();
  const pools = new Map<string, PoolReading>();
  for (const reading of readings) {
    for (const object of reading.objects) if (!objects.has(idOf(object))) objects.set(idOf(object), object);
    for (const pool of reading.pools) if (!pools.has(pool.key)) pools.set(pool.key, pool);
  }
  const unread = readings.flatMap((reading) => reading.unread);
  return { objects: [...objects.values()], unread, pools: [...pools.values()] };
}

/** Each distinct provisioner is asked for its kinds, all at once. */
export const readAll =
  (provisioners: readonly Provisioner[]): Read =>
  async (wanted) => {
    const readings = provisioners.map((provisioner) => {
      const kinds = new Set<Kind>(provisioner.kinds);
      return provisioner.read({ ...wanted, keys: wanted.keys.filter((id) => kinds.has(id.kind)) });
    });
    return merged(await Promise.all(readings));
  };
