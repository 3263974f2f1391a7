import { classify } from '../../core/catalogue/classify.ts';
import { type Finding, finding } from '../../core/finding.ts';
import type { History } from '../../core/journal/history.ts';
import type { PlacedRequest, Places } from '../../core/request.ts';
import { checkCross } from '../../core/validate/cross.ts';
import { type Examined, examine } from '../../core/validate/examine.ts';
import { type ChangedFacts, type Lookup, lookupOf } from '../../core/validate/facts.ts';
import { checkRemoved } from '../../core/validate/removed.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { readRequest } from './folder.ts';
import type { Selection } from './selection.ts';

/** What checking a selection gives. */
export interface Checked {
  readonly findings: readonly Finding[];
  /** Requests that could be read, where they were asked for. */
  readonly requests: readonly PlacedRequest[];
  /** How many files were read. */
  readonly count: number;
  /** The whole tree with the selection on top. */
  readonly lookup: Lookup;
}

/** Places of a file that was let go after it was read: it is read again when a finding asks. */
function laterPlaces(path: string, { policies }: Workspace): Places {
  let places: Places | undefined;
  const read = () => {
    places ??= examine(readRequest(path), policies).placed?.places;
    return places;
  };
  const top = { file: path, line: 1, column: 1 };
  return { of: (at) => read()?.of(at) ?? top, ofKey: (at) => read()?.ofKey(at) ?? top };
}

/** What the edit of a request is, against the version last fulfilled; undefined where it names no offer. */
function classified({ request, places }: PlacedRequest, workspace: Workspace, history: History, creates: number) {
  const { policies, today } = workspace;
  const { messages } = policies;
  const offer = policies.catalogues.get(request.catalogue)?.offers.get(request.service);
  const unit = policies.organisation.units.get(request.unit);
  if (!offer || !unit) return undefined;
  const before = history.fulfilled.get(request.id)?.version ?? null;
  const context = { today, now: workspace.now().toISOString(), unit, places, messages };
  return classify(before, request, offer, { ...context, batch: { creates } });
}

const editFindings = (placed: PlacedRequest, workspace: Workspace, history: History, creates: number) =>
  classified(placed, workspace, history, creates)?.findings ?? [];

export interface CheckOptions {
  /** Whether the requests are wanted; without, memory stays flat however many there are. */
  readonly keep: boolean;
  /** Whether the edits are checked too, as items that are being ordered. */
  readonly ordering: boolean;
}

/** Validates a selection by all rules, cross-request rules included. */
export function check(
  selection: Selection,
  workspace: Workspace,
  history: History,
  { keep, ordering }: CheckOptions,
): Checked {
  const findings: Finding[] = [];
  const requests: PlacedRequest[] = [];
  const batched: PlacedRequest[] = [];
  const changed: ChangedFacts[] = [];
  const letGo = selection.all && !keep;
  let count = 0;
  const take = (path: string, examined: Examined) => {
    count++;
    findings.push(...examined.findings);
    const { placed, facts } = examined;
    if (!placed || !facts) return;
    if (keep) requests.push(placed);
    changed.push({ facts, places: letGo ? laterPlaces(path, workspace) : placed.places });
    if (!ordering) return;
    if (placed.request.batch !== undefined) batched.push(placed);
    else findings.push(...editFindings(placed, workspace, history, 1));
  };
  for (const file of selection.files) take(file.path, examine(file, workspace.policies));
  const facts = changed.map((one) => one.facts);
  const lookup = selection.all ? lookupOf(facts) : selection.lookup(facts);
  for (const one of batched) findings.push(...editFindings(one, workspace, history, batchSize(one, lookup)));
  if (ordering && !selection.all) findings.push(...unbatched(requests, workspace, history));
  findings.push(...crossFindings(selection, changed, lookup, workspace, history));
  return { findings, requests, count, lookup };
}

/** How many creations are ordered together with a request; a pure function of the tree, so that any job finds the same. */
export const batchSize = ({ request }: PlacedRequest, lookup: Lookup): number =>
  request.batch === undefined ? 1 : lookup.batch(request.unit, request.batch);

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

function crossFindings(
  selection: Selection,
  changed: readonly ChangedFacts[],
  lookup: Lookup,
  { policies }: Workspace,
  history: History,
): readonly Finding[] {
  const { organisation, messages } = policies;
  const state = (id: string) => {
    const version = history.fulfilled.get(id)?.version;
    return version && (version.state === 'deleted' ? 'deleted' : 'live');
  };
  return [
    ...checkCross(changed, lookup, organisation, messages),
    ...checkRemoved(selection.removed, changed, state, messages),
  ];
}
