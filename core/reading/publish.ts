import { TargetError } from '../errors.ts';
import type { Provisioner } from '../provisioner.ts';
import { idOf, type Pool, type Reading, type RequestId, type Resource } from '../resource.ts';
import { type Names, nameHash, publishable, type UnitReading } from './published.ts';

/** Free addresses that are told of a pool: as many requests of one pull request can be planned. */
export const TOLD_OF_POOL = 64;

/** A unit's own share of what was read; `resources` are those that its requests wanted, absent ones among them. */
export interface UnitShare {
  readonly unit: string;
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly owners: readonly RequestId[];
  readonly resources: readonly Resource[];
  readonly reading: Reading;
}

/** Keeps of a reading what its own unit's requests own; objects of others and without owner are left out. */
export function unitReading({ unit, environment, takenAt, owners, resources, reading }: UnitShare): UnitReading {
  const own = new Set(owners);
  const seen = new Set(
    [...reading.objects, ...reading.unread.map((one) => ({ ...one, key: one.key ?? '' }))].map(idOf),
  );
  const whole = new Set(reading.unread.filter((one) => one.key === undefined).map((one) => one.kind));
  const objects = reading.objects.flatMap((object) =>
    object.owner !== null && own.has(object.owner) ? [publishable({ ...object, owner: object.owner })] : [],
  );
  const absent = resources
    .filter((one) => !seen.has(idOf(one)) && !whole.has(one.kind))
    .map(({ kind, key }) => ({ kind, key }));
  return {
    version: 1,
    environment,
    unit,
    takenAt,
    owners: [...owners].sort(),
    objects: objects.map((object) => ({ ...object, fields: plain(object.fields) })).sort(byId),
    absent: absent.sort(byId),
    unread: reading.unread.map((one) => ({ ...one })),
    pools: reading.pools.map(({ key, free, total, next }) => ({
      key,
      free,
      ...(total === undefined ? {} : { total }),
      ...(next ? { next: [...next] } : {}),
    })),
  };
}

type Plain = UnitReading['objects'][number]['fields'];
const plain = (fields: Readonly<Record<string, unknown>>): Plain => ({ ...fields }) as Plain;

const byId = (a: { kind: string; key: string }, b: { kind: string; key: string }): number =>
  `${a.kind}:${a.key}` < `${b.kind}:${b.key}` ? -1 : 1;

/** The pools of a unit, with more addresses wanted than it has requests: a pull request may take the next ones. */
export const poolsToTell = (pools: readonly Pool[]): readonly Pool[] =>
  pools.map((pool) => (pool.type === 'addresses' ? { ...pool, want: TOLD_OF_POOL } : pool));

/** Asks each target for the names that are taken; one that cannot tell leaves its kinds unread. */
export async function readNames(
  provisioners: readonly Provisioner[],
  { environment, takenAt }: { readonly environment: string; readonly takenAt: string },
): Promise<Names> {
  const taken: Names['taken'] = [];
  const unread: Names['unread'] = [];
  for (const { kinds, names } of provisioners) {
    if (names === undefined) continue;
    try {
      taken.push({ kinds: [...kinds], names: [...new Set((await names()).map(nameHash))].sort() });
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      unread.push(...kinds.map((kind) => ({ kind, reason: error.message })));
    }
  }
  return { version: 1, environment, takenAt, taken, unread };
}
