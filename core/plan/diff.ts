import { digest } from '../canonical.ts';
import { type Fields, isByPeople } from '../kinds.ts';
import {
  type Change,
  type Held,
  type HeldReason,
  type Id,
  idOf,
  type Observed,
  type Plan,
  type Reading,
  type RequestId,
  type Resource,
} from '../resource.ts';
import { differing } from './fields.ts';
import { type IdMap, newIdMap } from './id-map.ts';
import { settleNeeds } from './needs.ts';
import { ordered } from './order.ts';
import type { Order } from './orders.ts';
import { preconditionOf } from './precondition.ts';

/** Desired resources, what may be done for each request, and what the targets hold. */
export interface DiffInput {
  readonly resources: readonly Resource[];
  readonly orders: ReadonlyMap<RequestId, Order>;
  readonly reading: Reading;
}

type Verdict = { readonly change: Change } | { readonly held: Held };

/** Reasons that hold the whole request: what stands there is not known, or is not ours. */
const HOLDS_REQUEST: ReadonlySet<HeldReason> = new Set(['unread', 'foreign']);

const hold = (id: Id, request: RequestId, reason: HeldReason, detail: string): { held: Held } => ({
  held: { kind: id.kind, key: id.key, request, reason, detail },
});

/** The digest that binds a run. */
export const planDigest = (changes: readonly Change[]): string => digest(changes);

/**
 * Compares what is wanted with what was read. Pure, and the only differ.
 *
 * | wanted | read | outcome |
 * |---|---|---|
 * | yes | unread | held, with its whole request |
 * | yes | absent | create; held as absent where adoption is ordered, as drift for a settled request |
 * | yes | without marker | adopt where ordered (what differs is held as drift too), else held, with its whole request |
 * | yes | of another request | held, with its whole request |
 * | yes | not ready | held; an order for people that differs is updated all the same |
 * | yes | differs | update; held as drift where adoption is ordered, and for a settled request |
 * | yes | absent or differs, and a phase is due | as ordered in what the phase changes, as settled in all else |
 * | no | done by people | nothing: it is a record of what was done |
 * | no | of a request | delete where an ordered item or the end of the term deletes that kind, else held as orphan |
 * | no | kind not read | held, with its whole request, where an ordered item deletes that kind |
 *
 * @throws Error for an owner without an order, or needs that go in a circle: bugs of ours
 */
export function diff(input: DiffInput): Plan {
  const wanting = wantingOf(input.reading);
  // What is wanted first: it tells by whom.
  const verdicts = [...wantedVerdicts(input, wanting), ...unwantedVerdicts(input, wanting), ...unseenVerdicts(input)];
  const held = verdicts.flatMap((verdict) => ('held' in verdict ? [verdict.held] : []));
  const stopped = new Set(held.filter((one) => HOLDS_REQUEST.has(one.reason)).map((one) => one.request));
  const candidates: Change[] = [];
  for (const verdict of verdicts) {
    if ('held' in verdict) continue;
    const { change } = verdict;
    if (!stopped.has(change.request)) candidates.push(change);
    else
      held.push(hold(change, change.request, 'sibling', 'Another resource of the request is unread or foreign').held);
  }
  const settled = settleNeeds(candidates, input);
  const changes = ordered(settled.changes, input.resources);
  return { digest: planDigest(changes), changes, held: [...held, ...settled.held] };
}

/** The request that wants an id first, by the place of the object that was read; what is absent gets places behind them. */
interface Wanting {
  readonly places: IdMap<number>;
  readonly by: (RequestId | undefined)[];
}

function wantingOf({ objects }: Reading): Wanting {
  const places = newIdMap<number>();
  const by = objects.map((object, place) => {
    places.set(object, place);
    return undefined;
  });
  return { places, by };
}

/** @param wanting is told of each resource by whom it is wanted first */
function wantedVerdicts({ resources, orders, reading }: DiffInput, { places, by }: Wanting): Verdict[] {
  const missing = missingIn(reading);
  const verdicts: Verdict[] = [];
  for (const resource of resources) {
    const { request } = resource;
    const order = orders.get(request);
    if (order === undefined) throw new Error(`Cannot plan '${idOf(resource)}': request '${request}' has no order`);
    const place = places.get(resource) ?? by.length;
    if (place === by.length) places.set(resource, place);
    const first = by[place];
    by[place] ??= request;
    const reason = missing(resource);
    if (first !== undefined) verdicts.push(hold(resource, request, 'foreign', `Request '${first}' wants it too`));
    else if (reason !== undefined) verdicts.push(hold(resource, request, 'unread', reason));
    else verdicts.push(...judge(resource, reading.objects[place], order));
  }
  return verdicts;
}

/** Why an object, or nothing of its kind, could be read. */
function missingIn({ unread }: Reading): (id: Id) => string | undefined {
  if (unread.length === 0) return () => undefined;
  const reasons = new Map(unread.map(({ kind, key, reason }) => [key === undefined ? kind : `${kind}:${key}`, reason]));
  return (id) => reasons.get(idOf(id)) ?? reasons.get(id.kind);
}

const NOTHING: readonly Verdict[] = [];

function judge(resource: Resource, observed: Observed | undefined, order: Order): readonly Verdict[] {
  if (observed === undefined) return [judgeAbsent(resource, order)];
  const { kind, key, request, fields } = resource;
  const { owner, phase } = observed;
  const held = (reason: HeldReason, detail: string) => hold(resource, request, reason, detail);
  if (owner === null && !order.adopt) return [held('foreign', 'It exists without a marker')];
  if (owner !== null && owner !== request) return [held('foreign', `It belongs to request '${owner}'`)];
  const difference = differing(kind, fields, observed.fields);
  // People work on it as it stands: what they must know is brought to them while they do.
  if (phase !== 'ready' && !(isByPeople(kind) && difference))
    return [{ held: { ...held('not-ready', `It waits for ${phase.waitsFor}`).held, waits: phase } }];
  // Most of what is read is as it should be: nothing is hashed for it.
  if (difference === undefined && owner !== null) return NOTHING;
  const base = { kind, key, request, precondition: preconditionOf(observed) };
  const taken: Verdict[] = owner === null ? [{ change: { ...base, action: 'adopt', before: observed.fields } }] : [];
  if (difference === undefined) return taken;
  const names = Object.keys(difference.after).join(', ');
  if (order.adopt) return [...taken, held('drift', `Left as it is: ${names}`)];
  const { wanted, drifted } = divided(resource, difference, order);
  const left = drifted.length === 0 ? [] : [held('drift', `Left as it is: ${drifted.join(', ')}`)];
  if (wanted === undefined) return left;
  return [{ change: { ...base, ...chosenOf(resource), action: 'update', ...wanted } }, ...left];
}

function judgeAbsent(resource: Resource, order: Order): Verdict {
  const { kind, key, request, fields } = resource;
  if (wasFulfilled(resource, order)) return hold(resource, request, 'drift', 'It was fulfilled and is gone');
  if (order.adopt) return hold(resource, request, 'absent', 'There is nothing to adopt');
  const precondition = preconditionOf(undefined);
  return { change: { kind, key, request, precondition, ...chosenOf(resource), action: 'create', after: fields } };
}

/** Whether the resource is one that was there before: always for a settled request, in the phase before for a due one. */
const wasFulfilled = (resource: Id, { mode, previous = [] }: Order): boolean =>
  mode === 'settled' || (mode === 'due' && previous.some((one) => idOf(one) === idOf(resource)));

interface Difference {
  readonly before: Fields;
  readonly after: Fields;
}

/** Divides what differs into what is to be brought about and what drifted: all of it one or the other, but for a due phase. */
function divided({ kind, key, fields }: Resource, difference: Difference, { mode, previous = [] }: Order) {
  const names = Object.keys(difference.after);
  if (mode === 'ordered') return { wanted: difference, drifted: [] };
  if (mode === 'settled') return { drifted: names };
  const earlier = previous.find((one) => one.kind === kind && one.key === key);
  const due = earlier === undefined ? fields : (differing(kind, fields, earlier.fields)?.after ?? {});
  const drifted = names.filter((name) => !Object.hasOwn(due, name));
  if (drifted.length === names.length) return { drifted };
  const pick = (of: Fields): Fields =>
    Object.fromEntries(Object.entries(of).filter(([name]) => Object.hasOwn(due, name)));
  return { wanted: { before: pick(difference.before), after: pick(difference.after) }, drifted };
}

const chosenOf = ({ chosen }: Resource) => (chosen === undefined ? {} : { chosen });

function unwantedVerdicts({ resources, orders, reading }: DiffInput, { places, by }: Wanting): Verdict[] {
  // What is only needed may belong to anybody.
  const needed = new Set<string>();
  for (const { needs = [] } of resources) for (const need of needs) needed.add(idOf(need));
  const verdicts: Verdict[] = [];
  // What was read twice is known by its last place.
  const isUnwanted = (object: Observed, place: number) =>
    by[place] === undefined && by[places.get(object) ?? place] === undefined;
  for (const object of reading.objects.filter(isUnwanted)) {
    const { owner, kind, key } = object;
    if (owner === null || needed.has(idOf(object))) continue;
    if (isByPeople(kind) && object.phase === 'ready') continue;
    const order = orders.get(owner);
    if (order !== undefined && order.mode !== 'settled' && !order.adopt && order.deletes.has(kind))
      verdicts.push({
        change: {
          kind,
          key,
          request: owner,
          precondition: preconditionOf(object),
          action: 'delete',
          before: object.fields,
        },
      });
    else verdicts.push(hold(object, owner, 'orphan', 'No request asks for it, and none asks for its deletion'));
  }
  return verdicts;
}

/** What is to be deleted and could not be seen is not gone. */
function unseenVerdicts({ resources, orders, reading }: DiffInput): Verdict[] {
  const unseen = reading.unread.filter((one) => one.key === undefined);
  if (unseen.length === 0) return [];
  const wanted = new Set(resources.map((one) => `${one.request} ${one.kind}`));
  return [...orders].flatMap(([request, { mode, deletes }]) =>
    unseen
      .filter(({ kind }) => mode !== 'settled' && deletes.has(kind) && !wanted.has(`${request} ${kind}`))
      .map(({ kind, reason }) => hold({ kind, key: '*' }, request, 'unread', reason)),
  );
}
