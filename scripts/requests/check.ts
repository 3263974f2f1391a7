import type { Finding } from '../../core/finding.ts';
import type { History } from '../../core/journal/history.ts';
import { requestIdOf } from '../../core/load/path.ts';
import type { PlacedRequest, Places } from '../../core/request.ts';
import { checkCross } from '../../core/validate/cross.ts';
import { type Examined, examine } from '../../core/validate/examine.ts';
import { type ChangedFacts, type Lookup, lookupOf } from '../../core/validate/facts.ts';
import { checkRemoved, type Removed } from '../../core/validate/removed.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { batchSize, changeFindings, editFindings } from './edits.ts';
import { readRequest, requestFile } from './folder.ts';
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
  const seen = new Set<string>();
  const take = (path: string, examined: Examined) => {
    seen.add(requestIdOf(path));
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
  if (ordering && !selection.all) findings.push(...changeFindings(requests, workspace, history));
  const removed = selection.all ? missing(seen, history, workspace) : selection.removed;
  findings.push(...crossFindings(removed, changed, lookup, workspace, history));
  return { findings, requests, count: seen.size, lookup };
}

/** Fulfilled requests whose file is not there any more, where all files were looked at. */
const missing = (seen: ReadonlySet<string>, history: History, { options }: Workspace): readonly Removed[] =>
  [...history.fulfilled.keys()]
    .filter((id) => !seen.has(id))
    .map((id) => ({ id, file: requestFile(options.requests, `${id}.yaml`), claims: [] }));

function crossFindings(
  removed: readonly Removed[],
  changed: readonly ChangedFacts[],
  lookup: Lookup,
  { policies }: Workspace,
  history: History,
): readonly Finding[] {
  const { organisation, messages } = policies;
  const state = (id: string) => {
    const last = history.fulfilled.get(id);
    return last && (last.version.state === 'deleted' || last.term?.phase === 'absent' ? 'deleted' : 'live');
  };
  return [...checkCross(changed, lookup, organisation, messages), ...checkRemoved(removed, changed, state, messages)];
}
