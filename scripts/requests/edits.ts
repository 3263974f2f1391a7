import { classify } from '../../core/catalogue/classify.ts';
import { type Finding, finding } from '../../core/finding.ts';
import type { History } from '../../core/journal/history.ts';
import type { PlacedRequest } from '../../core/request.ts';
import type { Lookup } from '../../core/validate/facts.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What the edit of a request is, against the version last fulfilled; undefined where it names no offer. */
function classified({ request, places }: PlacedRequest, workspace: Workspace, history: History, creates: number) {
  const { policies, today } = workspace;
  const { messages } = policies;
  const offer = policies.catalogues.get(request.catalogue)?.offers.get(request.service);
  const unit = policies.organisation.units.get(request.unit);
  if (!offer || !unit) return undefined;
  const before = history.fulfilled.get(request.id);
  const reached = before?.term ? { reached: before.term } : {};
  const context = { today, now: workspace.now().toISOString(), unit, places, messages, ...reached };
  return classify(before?.version ?? null, request, offer, { ...context, batch: { creates } });
}

/** Findings of the edit that a request is, as an item that is being ordered. */
export const editFindings = (placed: PlacedRequest, workspace: Workspace, history: History, creates: number) =>
  classified(placed, workspace, history, creates)?.findings ?? [];

/** How many creations are ordered together with a request; a pure function of the tree, so that any job finds the same. */
export const batchSize = ({ request }: PlacedRequest, lookup: Lookup): number =>
  request.batch === undefined ? 1 : lookup.batch(request.unit, request.batch);

/** Rules on what one change orders altogether. */
export const changeFindings = (
  requests: readonly PlacedRequest[],
  workspace: Workspace,
  history: History,
): Finding[] => [...unbatched(requests, workspace, history), ...together(requests, workspace, history)];

/** Creations that are so many in one change that they are another item, but do not say that they belong together. */
function unbatched(requests: readonly PlacedRequest[], workspace: Workspace, history: History): Finding[] {
  const alone = requests.filter(({ request }) => request.batch === undefined && !history.fulfilled.has(request.id));
  const groups = Map.groupBy(alone, ({ request }) => `${request.unit} ${request.catalogue} ${request.service}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const codes = (creates: number) =>
      classified(first, workspace, history, creates)
        ?.ordered.map(({ item }) => item.code)
        .join(', ') ?? '';
    const item = codes(group.length);
    if (item === codes(1)) return [];
    const values = { count: group.length, item };
    return [finding(workspace.policies.messages, 'cross/batch-missing', first.places.of(['service']), values)];
  });
}

/** Several requests in one change that order an item which the catalogue takes one at a time. */
function together(requests: readonly PlacedRequest[], workspace: Workspace, history: History): Finding[] {
  const alone = requests.flatMap((placed) =>
    (classified(placed, workspace, history, 1)?.ordered ?? [])
      .filter(({ item }) => item.alone)
      .map(({ item, paths }) => ({ item, place: placed.places.of((paths[0] ?? 'service').split('.')) })),
  );
  const groups = Map.groupBy(alone, ({ item }) => `${item.catalogue} ${item.code}`);
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .flatMap((group) =>
      group.map(({ item, place }) =>
        finding(workspace.policies.messages, 'cross/alone', place, { item: item.code, count: group.length }),
      ),
    );
}
