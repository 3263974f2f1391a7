import { isByPeople, STAGES, stageOf } from '../kinds.ts';
import { type Change, type Held, type Id, idOf, type Observed, type Reading, type Resource } from '../resource.ts';

const stage = (id: Id): number => STAGES.indexOf(stageOf(id.kind));

/** What is lacking, and what it waits for itself where that is known. */
function detailOf(lacking: Id, observed: Observed | undefined): string {
  const phase = observed?.phase ?? 'ready';
  return phase === 'ready'
    ? `It needs ${idOf(lacking)}`
    : `It needs ${idOf(lacking)}, which waits for ${phase.waitsFor}`;
}

/**
 * Holds what needs something that neither stands ready nor is made ready before it in this plan, until nothing changes.
 * A delete needs all that its request still wants: the backup before the machine, the new name before the old one. The
 * marker of what stands already needs nothing, and neither does calling off work of people.
 */
export function settleNeeds(
  candidates: readonly Change[],
  { resources, reading }: { readonly resources: readonly Resource[]; readonly reading: Reading },
): { changes: Change[]; held: Held[] } {
  if (candidates.length === 0) return { changes: [], held: [] };
  const objects = new Map(reading.objects.map((object) => [idOf(object), object]));
  const isReady = (id: Id) => objects.get(idOf(id))?.phase === 'ready';
  const needs = new Map(resources.filter((one) => one.needs?.length).map((one) => [idOf(one), one.needs ?? []]));
  const wanted = candidates.some((change) => change.action === 'delete')
    ? Map.groupBy(resources, (one) => one.request)
    : new Map<string, Resource[]>();
  const held: Held[] = [];
  let changes = [...candidates];
  for (let before = -1; before !== changes.length; ) {
    before = changes.length;
    const written = new Set(changes.filter((change) => change.action !== 'delete').map(idOf));
    const isWritten = (need: Id) => written.has(idOf(need)) && !isByPeople(need.kind);
    const lackingOf = (change: Change): Id | undefined => {
      const isCalledOff = change.action === 'delete' && isByPeople(change.kind);
      if (change.action === 'adopt' || isCalledOff) return undefined;
      if (change.action === 'delete')
        return wanted.get(change.request)?.find((one) => !isReady(one) && !isWritten(one));
      return needs.get(idOf(change))?.find((one) => !isReady(one) && !(isWritten(one) && stage(one) <= stage(change)));
    };
    changes = changes.filter((change) => {
      const lacking = lackingOf(change);
      if (lacking === undefined) return true;
      const { kind, key, request } = change;
      held.push({ kind, key, request, reason: 'needs', detail: detailOf(lacking, objects.get(idOf(lacking))) });
      return false;
    });
  }
  return { changes, held };
}
