import type { Fields } from '../../core/kinds.ts';
import { diff } from '../../core/plan/diff.ts';
import { differing } from '../../core/plan/fields.ts';
import { merged, type Read } from '../../core/plan/read.ts';
import { type Held, type Id, idOf, type Observed, type Reading } from '../../core/resource.ts';
import type { Composed } from './compose.ts';
import type { Refusal } from './proposal.ts';

/** Fields of one object that are not as the request says; they stay as they are. */
export interface Difference extends Id {
  /** What stands. */
  readonly before: Fields;
  /** What the request says. */
  readonly after: Fields;
}

/** A request file whose objects all stand, without an owner. */
export interface Adoptable extends Composed {
  readonly differences: readonly Difference[];
}

/** Reads what the requests stand for besides what was read, and lets the plan's own rules say what can be adopted. */
export async function compare(composed: readonly Composed[], read: Read): Promise<(Adoptable | Refusal)[]> {
  const objects = composed.flatMap((one) => one.proposal.objects);
  const resources = composed.flatMap((one) => one.resources);
  const known = new Set(objects.map(idOf));
  const keys = resources.filter((one) => !known.has(idOf(one))).map(({ kind, key }) => ({ kind, key }));
  const base: Reading = { objects, unread: [], pools: [] };
  const reading = keys.length === 0 ? base : merged([base, await read({ keys, owners: new Set(), pools: [] })]);
  const order = { mode: 'ordered', deletes: new Set<never>(), adopt: true } as const;
  const orders = new Map(composed.map((one) => [one.request, order]));
  const { held } = diff({ resources, orders, reading });
  const blocked = new Map(held.filter(({ reason }) => BLOCKING.has(reason)).map((one) => [one.request, one]));
  const byId = new Map(reading.objects.map((one) => [idOf(one), one]));
  return composed.map((one) => {
    const reason = blocked.get(one.request);
    return reason === undefined ? { ...one, differences: differencesOf(one, byId) } : refusal(one, reason, byId);
  });
}

const BLOCKING: ReadonlySet<Held['reason']> = new Set(['absent', 'unread', 'foreign', 'not-ready']);

function refusal({ proposal }: Composed, held: Held, objects: ReadonlyMap<string, Observed>): Refusal {
  const { main } = proposal;
  const owner = objects.get(idOf(held))?.owner;
  if (held.reason === 'foreign')
    return { main, code: 'adopt/owned', values: { request: owner ?? '' }, detail: held.detail };
  const values = { missing: `${held.kind} ${held.key}` };
  return { main, code: `adopt/${held.reason}`, values, detail: held.detail };
}

const differencesOf = ({ resources }: Composed, objects: ReadonlyMap<string, Observed>): Difference[] =>
  resources.flatMap(({ kind, key, fields }) => {
    const difference = differing(kind, fields, objects.get(idOf({ kind, key }))?.fields ?? {});
    return difference === undefined ? [] : [{ kind, key, ...difference }];
  });
