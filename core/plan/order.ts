import { STAGES, type Stage, stageOf } from '../kinds.ts';
import { type Change, type Id, idOf, type Resource } from '../resource.ts';

/** How many needs lie below a resource within its own stage: a PTR before its A, a user before its mailbox. */
function depths(resources: readonly Resource[]): ReadonlyMap<string, number> {
  const needing = resources.filter((one) => one.needs?.length);
  const byId = new Map(needing.map((resource) => [idOf(resource), resource]));
  const known = new Map<string, number>();
  const depth = (id: Id, above: ReadonlySet<string>): number => {
    const name = idOf(id);
    const cached = known.get(name);
    if (cached !== undefined) return cached;
    if (above.has(name)) throw new Error(`Cannot order '${name}': it needs itself`);
    const needs = (byId.get(name)?.needs ?? []).filter((need) => stageOf(need.kind) === stageOf(id.kind));
    const below = new Set(above).add(name);
    const found = needs.length === 0 ? 0 : 1 + Math.max(...needs.map((need) => depth(need, below)));
    known.set(name, found);
    return found;
  };
  for (const resource of needing) depth(resource, new Set());
  return known;
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Changes in the order in which they are written: by stage, then needs before what needs them, then request and key;
 * deletes last, in reverse.
 */
export function ordered(changes: readonly Change[], resources: readonly Resource[]): readonly Change[] {
  const depth = depths(resources);
  const rank = (change: Change) => STAGES.indexOf(stageOf(change.kind)) * 1000 + (depth.get(idOf(change)) ?? 0);
  const forward = (a: Change, b: Change) =>
    compare(rank(a), rank(b)) || compare(a.request, b.request) || compare(idOf(a), idOf(b));
  const writes = changes.filter((change) => change.action !== 'delete').sort(forward);
  const deletes = changes.filter((change) => change.action === 'delete').sort((a, b) => forward(b, a));
  return [...writes, ...deletes];
}

/** One stage's share of a plan, as it is handed to the provisioners. */
export interface Batch {
  readonly stage: Stage;
  readonly changes: readonly Change[];
}

/**
 * Cuts ordered changes where the stage changes, where deletes begin, and before a change that needs another one of
 * the batch: what failed can then stop what needs it.
 */
export function batches(changes: readonly Change[], resources: readonly Resource[]): readonly Batch[] {
  const needs = new Map(resources.filter((one) => one.needs?.length).map((one) => [idOf(one), one.needs ?? []]));
  const cut: { stage: Stage; deletes: boolean; changes: Change[]; ids: Set<string> }[] = [];
  for (const change of changes) {
    const stage = stageOf(change.kind);
    const deletes = change.action === 'delete';
    const last = cut.at(-1);
    const joins = last?.stage === stage && last.deletes === deletes;
    if (joins && !(needs.get(idOf(change)) ?? []).some((need) => last.ids.has(idOf(need)))) {
      last.changes.push(change);
      last.ids.add(idOf(change));
    } else cut.push({ stage, deletes, changes: [change], ids: new Set([idOf(change)]) });
  }
  return cut.map((batch) => ({ stage: batch.stage, changes: batch.changes }));
}
