import type { Finding } from '../../core/finding.ts';
import type { History } from '../../core/journal/history.ts';
import { requestIdOf } from '../../core/load/path.ts';
import type { PlacedRequest } from '../../core/request.ts';
import type { RequestId } from '../../core/resource.ts';
import { examine } from '../../core/validate/examine.ts';
import type { Lookup } from '../../core/validate/facts.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { batchSize, editFindings } from './edits.ts';
import { isStandIn, oddFinding } from './entry.ts';
import type { Selection } from './selection.ts';
import { changedTree, wholeTree } from './tree.ts';

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
  const edits = editFindings(workspace, history);
  const pathOf = new Map<RequestId, string>();
  const tree = selection.all ? wholeTree(pathOf, workspace) : changedTree(selection);
  for (const file of selection.files) {
    if ('odd' in file) {
      findings.push(oddFinding(file, workspace.policies.messages));
      if (isStandIn(file)) pathOf.set(requestIdOf(file.path), file.path);
      continue;
    }
    const { placed, facts, findings: own } = examine(file, workspace.policies);
    const id = placed?.request.id ?? requestIdOf(file.path);
    // A faulty `a.yml` beside `a.yaml` would be the same request.
    if (placed || !pathOf.has(id)) pathOf.set(id, file.path);
    findings.push(...own);
    if (!placed || !facts) continue;
    if (keep) requests.push(placed);
    tree.add({ facts, places: placed.places });
    if (!ordering) continue;
    if (placed.request.batch !== undefined) batched.push(placed);
    else findings.push(...edits.of(placed, 1));
  }
  const lookup = tree.lookup();
  for (const one of batched) findings.push(...edits.of(one, batchSize(one, lookup)));
  if (ordering && !selection.all) findings.push(...edits.altogether(requests));
  findings.push(...tree.crossFindings(lookup, workspace, history));
  return { findings, requests, count: pathOf.size, lookup };
}
