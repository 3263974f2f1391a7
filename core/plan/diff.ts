import { digest } from '../canonical.ts';
import { type Kind, STAGES, stageOf } from '../kinds.ts';
import type { Observed, Plan, Reading, RequestId, Resource } from '../resource.ts';
import { type Change, type Held, type HeldReason, type Id, idOf } from '../resource.ts';
import { differing } from './fields.ts';
import { ordered } from './order.ts';
import { preconditionOf } from './precondition.ts';

/** What a run may do for one request. */
export interface Order {
  /**
   * `ordered`: its approved version is not fulfilled yet, so differences are changes.
   * `settled`: it was fulfilled as it stands, so a difference is drift: shown, never overwritten unasked.
   */
  readonly mode: 'ordered' | 'settled';
  /** Kinds of which the ordered items may delete resources. */
  readonly deletes: ReadonlySet<Kind>;
  /** Objects without a marker become the request's own. */
  readonly adopt: boolean;
}

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
 * | yes | absent | create |
 * | yes | without marker | adopt where ordered, else held, with its whole request |
 * | yes | of another request | held, with its whole request |
 * | yes | not ready | held |
 * | yes | differs | update; held as drift for a settled request |
 * | no | of a request | delete where an ordered item deletes that kind, else held as orphan |
 *
 * @throws Error for an owner without an order, or needs that go in a circle: bugs of ours
 */
export function diff(input: DiffInput): Plan {
  const verdicts = [...wantedVerdicts(input), ...unwantedVerdicts(input)];
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

function wantedVerdicts({ resources, orders, reading }: DiffInput): Verdict[] {
  const observed = new Map(reading.objects.map((object) => [idOf(object), object]));
  const unread = new Map(
    reading.unread.map((one) => [one.key === undefined ? one.kind : `${one.kind}:${one.key}`, one]),
  );
  const wantedBy = new Map<string, RequestId>();
  const verdicts: Verdict[] = [];
  for (const resource of resources) {
    const id = idOf(resource);
    const order = orders.get(resource.request);
    if (order === undefined) throw new Error(`Cannot plan '${id}': request '${resource.request}' has no order`);
    const first = wantedBy.get(id);
    wantedBy.set(id, first ?? resource.request);
    const missing = unread.get(id) ?? unread.get(resource.kind);
    if (first !== undefined)
      verdicts.push(hold(resource, resource.request, 'foreign', `Request '${first}' wants it too`));
    else if (missing) verdicts.push(hold(resource, resource.request, 'unread', missing.reason));
    else {
      const verdict = judge(resource, observed.get(id), order);
      if (verdict !== undefined) verdicts.push(verdict);
    }
  }
  return verdicts;
}

function judge(resource: Resource, observed: Observed | undefined, order: Order): Verdict | undefined {
  const { kind, key, request, fields } = resource;
  const base = { kind, key, request, ...(resource.chosen ? { chosen: resource.chosen } : {}) };
  if (observed === undefined) {
    if (order.mode === 'settled') return hold(resource, request, 'drift', 'It was fulfilled and is gone');
    return { change: { ...base, precondition: preconditionOf(undefined), action: 'create', after: fields } };
  }
  if (observed.owner === null && order.adopt)
    return { change: { ...base, precondition: preconditionOf(observed), action: 'adopt', before: observed.fields } };
  if (observed.owner === null) return hold(resource, request, 'foreign', 'It exists without a marker');
  if (observed.owner !== request)
    return hold(resource, request, 'foreign', `It belongs to request '${observed.owner}'`);
  if (observed.phase !== 'ready')
    return hold(resource, request, 'not-ready', `It waits for ${observed.phase.waitsFor}`);
  const difference = differing(kind, fields, observed.fields);
  if (difference === undefined) return undefined;
  if (order.mode === 'settled')
    return hold(
      resource,
      request,
      'drift',
      `Changed since it was fulfilled: ${Object.keys(difference.after).join(', ')}`,
    );
  return { change: { ...base, precondition: preconditionOf(observed), action: 'update', ...difference } };
}

function unwantedVerdicts({ resources, orders, reading }: DiffInput): Verdict[] {
  // What is only needed may belong to anybody.
  const wanted = new Set(resources.flatMap((one) => [idOf(one), ...(one.needs ?? []).map(idOf)]));
  const verdicts: Verdict[] = [];
  for (const object of reading.objects) {
    const { owner, kind, key } = object;
    if (owner === null || wanted.has(idOf(object))) continue;
    const order = orders.get(owner);
    if (order?.mode === 'ordered' && order.deletes.has(kind))
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

/** Holds what needs something that neither stands ready nor is written before it in this plan, until nothing changes. */
function settleNeeds(
  candidates: readonly Change[],
  { resources, reading }: DiffInput,
): { changes: Change[]; held: Held[] } {
  const ready = new Set(reading.objects.filter((object) => object.phase === 'ready').map(idOf));
  const needs = new Map(resources.filter((one) => one.needs?.length).map((one) => [idOf(one), one.needs ?? []]));
  const stage = (id: Id) => STAGES.indexOf(stageOf(id.kind));
  const held: Held[] = [];
  let changes = [...candidates];
  for (let before = -1; before !== changes.length; ) {
    before = changes.length;
    const written = new Set(changes.filter((change) => change.action !== 'delete').map(idOf));
    changes = changes.filter((change) => {
      if (change.action === 'delete') return true;
      const lacking = (needs.get(idOf(change)) ?? []).find(
        (need) => !ready.has(idOf(need)) && !(written.has(idOf(need)) && stage(need) <= stage(change)),
      );
      if (lacking) held.push(hold(change, change.request, 'needs', `It needs ${idOf(lacking)}`).held);
      return lacking === undefined;
    });
  }
  return { changes, held };
}
