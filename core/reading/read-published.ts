import type { Kind } from '../kinds.ts';
import { merged, type Read } from '../plan/read.ts';
import { type Id, idOf, nameOf, type Observed, type Pool, type PoolReading, type Unread } from '../resource.ts';
import { nameHash, type PublishedReading } from './published.ts';

const NOT_COVERED = 'The published reading does not cover it';
const TAKEN = 'The name is in use at the target by something that is not published';

/** What is known of one key: there, not there, or why neither is known. */
type Known = { readonly object: Observed } | { readonly unread: Unread } | 'absent';

/** Looks up keys in what was published. What it does not cover is unread, never absent. */
function lookup({ units, names }: PublishedReading): (id: Id) => Known {
  const objects = new Map(units.flatMap((unit) => unit.objects).map((object) => [idOf(object), object]));
  const absent = new Set(units.flatMap((unit) => unit.absent).map(idOf));
  const faults = new Map(
    units
      .flatMap((unit) => unit.unread)
      .flatMap((one) => (one.key === undefined ? [] : [[idOf({ ...one, key: one.key }), one]])),
  );
  const taken = new Map<Kind, ReadonlySet<string>>(
    (names?.taken ?? []).flatMap((group) => {
      const set = new Set(group.names);
      return group.kinds.map((kind) => [kind, set] as const);
    }),
  );
  const failed = new Map((names?.unread ?? []).map((one) => [one.kind, one.reason]));
  return (id) => {
    const { kind, key } = id;
    const object = objects.get(idOf(id));
    if (object !== undefined) return { object };
    const fault = faults.get(idOf(id));
    if (fault !== undefined) return { unread: fault };
    if (absent.has(idOf(id))) return 'absent';
    const known = taken.get(kind);
    if (known === undefined) return { unread: { kind, key, reason: failed.get(kind) ?? NOT_COVERED } };
    return known.has(nameHash(nameOf(key))) ? { unread: { kind, key, reason: TAKEN } } : 'absent';
  };
}

/** Pools as they were told; one that was not, or of which too little was, is unread. */
function poolsOf({ units }: PublishedReading, wanted: readonly Pool[]) {
  const told = new Map(units.flatMap((unit) => unit.pools).map((pool) => [pool.key, pool]));
  const pools: PoolReading[] = [];
  const unread: Unread[] = [];
  for (const pool of wanted) {
    const found = told.get(pool.key);
    const want = pool.type === 'addresses' ? pool.want : 0;
    const next = found?.next?.slice(0, want);
    if (found !== undefined && (next?.length ?? 0) >= Math.min(want, found.free))
      pools.push({
        key: found.key,
        free: found.free,
        ...(found.total === undefined ? {} : { total: found.total }),
        ...(next ? { next } : {}),
      });
    else unread.push({ kind: 'dns-record', key: `pool ${pool.key}`, reason: NOT_COVERED });
  }
  return { pools, unread };
}

/**
 * Reads from what the privileged side published: plain data, no credential and no SDK. While nothing moved since, a plan
 * made of it has the digest of the live one.
 */
export function readPublished(published: PublishedReading): Read {
  const know = lookup(published);
  const objects = published.units.flatMap((unit) => unit.objects);
  const wholesale = published.units.flatMap((unit) => unit.unread.filter((one) => one.key === undefined));
  return async ({ keys, owners, pools }) => {
    const asked = keys.map(know);
    const own = objects.filter((object) => owners.has(object.owner));
    const found = asked.flatMap((one) => (one !== 'absent' && 'object' in one ? [one.object] : []));
    const missing = asked.flatMap((one) => (one !== 'absent' && 'unread' in one ? [one.unread] : []));
    return merged([
      { objects: own, unread: wholesale, pools: [] },
      { objects: found, unread: missing, pools: [] },
      { objects: [], ...poolsOf(published, pools) },
    ]);
  };
}
