import type { Fields, FieldValue } from '../../core/kinds.ts';
import { diff } from '../../core/plan/diff.ts';
import { differing } from '../../core/plan/fields.ts';
import { merged, type Read } from '../../core/plan/read.ts';
import { type Held, type Id, idOf, type Observed, type Reading, type RequestId } from '../../core/resource.ts';
import type { Composed } from './compose.ts';
import { isRefusal, type Refusal } from './proposal.ts';

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

type Objects = ReadonlyMap<string, Observed>;

/** Reads what the requests stand for besides what was read, and lets the plan's own rules say what can be adopted. */
export async function compare(composed: readonly Composed[], read: Read): Promise<(Adoptable | Refusal)[]> {
  const reading = await readAll(composed, read);
  const objects = new Map(reading.objects.map((one) => [idOf(one), one]));
  const judged = composed.map((one) => heldElsewhere(one, objects) ?? one);
  const blocked = blockedOf(
    judged.filter((one): one is Composed => !isRefusal(one)),
    reading,
  );
  return judged.map((one) => {
    if (isRefusal(one)) return one;
    const held = blocked.get(one.request);
    return held ? refusal(one, held, objects, composed) : { ...one, differences: differencesOf(one, objects) };
  });
}

async function readAll(composed: readonly Composed[], read: Read): Promise<Reading> {
  const objects = composed.flatMap((one) => one.proposal.objects);
  const known = new Set(objects.map(idOf));
  const resources = composed.flatMap((one) => one.resources);
  const keys = resources.filter((one) => !known.has(idOf(one))).map(({ kind, key }) => ({ kind, key }));
  const base: Reading = { objects, unread: [], pools: [] };
  return keys.length === 0 ? base : merged([base, await read({ keys, owners: new Set(), pools: [] })]);
}

/** The reverse zone is the ledger of addresses: whom it names has the address, whoever points to it. */
function heldElsewhere({ proposal, resources }: Composed, objects: Objects): Refusal | undefined {
  const reverse = resources.find((one) => one.key.startsWith('PTR '));
  const found = reverse && objects.get(idOf(reverse))?.fields.values;
  const [name = ''] = listOf(reverse?.fields.values);
  if (found === undefined || listOf(found).includes(name)) return undefined;
  return { main: proposal.main, code: 'adopt/reverse', values: { place: listOf(found).join(', ') } };
}

const listOf = (value: FieldValue | undefined): readonly string[] => (Array.isArray(value) ? value : []);

const BLOCKING: ReadonlySet<Held['reason']> = new Set(['absent', 'unread', 'foreign', 'not-ready']);

/** What keeps each request from being fulfilled by markers alone. */
function blockedOf(composed: readonly Composed[], reading: Reading): ReadonlyMap<RequestId, Held> {
  const order = { mode: 'ordered', deletes: new Set<never>(), adopt: true } as const;
  const orders = new Map(composed.map((one) => [one.request, order]));
  const { held } = diff({ resources: composed.flatMap((one) => one.resources), orders, reading });
  return new Map(held.filter(({ reason }) => BLOCKING.has(reason)).map((one) => [one.request, one]));
}

function refusal({ proposal }: Composed, held: Held, objects: Objects, composed: readonly Composed[]): Refusal {
  const { main } = proposal;
  const { detail, reason } = held;
  if (reason !== 'foreign')
    return { main, code: `adopt/${reason}`, values: { missing: `${held.kind} ${held.key}` }, detail };
  const owner = objects.get(idOf(held))?.owner;
  if (owner) return { main, code: 'adopt/owned', values: { request: owner }, detail };
  const first = composed.find((one) => one.resources.some((resource) => idOf(resource) === idOf(held)));
  return { main, code: 'adopt/claimed', values: { request: first?.request ?? '' }, detail };
}

const differencesOf = ({ resources }: Composed, objects: Objects): Difference[] =>
  resources.flatMap(({ kind, key, fields }) => {
    const standing = objects.get(idOf({ kind, key }))?.fields ?? {};
    const end = endOf(fields, standing);
    const difference = differing(kind, { ...fields, ...end }, standing);
    return difference === undefined ? [] : [{ kind, key, ...difference }];
  });

/** What ends by itself stands as something else than a request without an end asks for; who approves must see it. */
const endOf = (wanted: Fields, { expires = null }: Fields): Fields =>
  expires === null || Object.hasOwn(wanted, 'expires') ? {} : { expires: null };
