import type { Classification } from '../../core/catalogue/classification.ts';
import { classify } from '../../core/catalogue/classify.ts';
import { type Finding, finding, type Messages } from '../../core/finding.ts';
import type { History } from '../../core/journal/history.ts';
import type { PlacedRequest } from '../../core/request.ts';
import type { Lookup } from '../../core/validate/facts.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What the edit of a request is, with so many creations ordered together; undefined where it names no offer. */
type Classify = (placed: PlacedRequest, creates: number) => Classification | undefined;

/** Edits against the versions last fulfilled, all of them at one instant. */
function classifier({ policies, today, now }: Workspace, history: History): Classify {
  const { messages, catalogues, organisation } = policies;
  const instant = now().toISOString();
  return ({ request, places }, creates) => {
    const offer = catalogues.get(request.catalogue)?.offers.get(request.service);
    const unit = organisation.units.get(request.unit);
    if (!offer || !unit) return undefined;
    const before = history.fulfilled.get(request.id);
    const context = { today, now: instant, unit, places, messages, batch: { creates } };
    const reached = before?.term;
    return classify(before?.version ?? null, request, offer, reached ? { ...context, reached } : context);
  };
}

/** Findings of edits, as items that are being ordered. */
export interface EditFindings {
  /** Of the edit that a request is, among so many creations. */
  of(placed: PlacedRequest, creates: number): readonly Finding[];
  /** Of what one change orders altogether. */
  altogether(requests: readonly PlacedRequest[]): readonly Finding[];
}

export function editFindings(workspace: Workspace, history: History): EditFindings {
  const classified = classifier(workspace, history);
  const { messages } = workspace.policies;
  return {
    of: (placed, creates) => classified(placed, creates)?.findings ?? [],
    altogether(requests) {
      const alone = requests.filter(({ request }) => request.batch === undefined && !history.fulfilled.has(request.id));
      return [...unbatched(alone, classified, messages), ...together(requests, classified, messages)];
    },
  };
}

/** How many creations are ordered together with a request; a pure function of the tree, so that any job finds the same. */
export const batchSize = ({ request }: PlacedRequest, lookup: Lookup): number =>
  request.batch === undefined ? 1 : lookup.batch(request.unit, request.batch);

/** Creations that are so many in one change that they are another item, but do not say that they belong together. */
function unbatched(alone: readonly PlacedRequest[], classified: Classify, messages: Messages): Finding[] {
  const groups = Map.groupBy(alone, ({ request }) => `${request.unit} ${request.catalogue} ${request.service}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const codes = (creates: number) =>
      classified(first, creates)
        ?.ordered.map(({ item }) => item.code)
        .join(', ') ?? '';
    const item = codes(group.length);
    if (item === codes(1)) return [];
    return [finding(messages, 'cross/batch-missing', first.places.of(['service']), { count: group.length, item })];
  });
}

/** Several requests in one change that order an item which the catalogue takes one at a time. */
function together(requests: readonly PlacedRequest[], classified: Classify, messages: Messages): Finding[] {
  const alone = requests.flatMap((placed) =>
    (classified(placed, 1)?.ordered ?? [])
      .filter(({ item }) => item.alone)
      .map(({ item, paths }) => ({ item, place: placed.places.of((paths[0] ?? 'service').split('.')) })),
  );
  const groups = Map.groupBy(alone, ({ item }) => `${item.catalogue} ${item.code}`);
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .flatMap((group) =>
      group.map(({ item, place }) => finding(messages, 'cross/alone', place, { item: item.code, count: group.length })),
    );
}
