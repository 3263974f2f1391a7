import type { JournalEvent } from '../../../core/journal/entry.ts';
import type { Prepared } from '../../../core/plan/prepare.ts';
import type { RequestId } from '../../../core/resource.ts';
import type { Actors } from '../../run/prepare.ts';
import { openScope, type Scope } from '../../run/scope.ts';
import { mergeBaseOf, type Pull } from '../api/pulls.ts';
import { type Evaluation, evaluateApprovals } from '../approval/evaluate.ts';
import type { Digests } from '../approval/facts.ts';
import { newEntries } from '../approval/history.ts';
import { actorsOf } from '../approval/people.ts';
import { type Loop, requestsPrefix } from '../loop.ts';
import { digestsAtTree } from '../pull/evaluate.ts';
import { commitsToDigest, factsOf, type PullTold, readTold } from '../pull/facts.ts';
import { fetchCommits, mergeOnto } from '../pull/merged.ts';
import { commentKey } from '../pull/refresh.ts';
import { shownPlan } from '../pull/shown-plan.ts';
import { type AsShown, asShown } from './as-shown.ts';
import type { Work } from './open-work.ts';

/** Approvals of a merged pull request, judged as they were before the merge. */
export interface MergedApprovals {
  readonly told: PullTold;
  readonly actors: Actors;
  readonly shown: AsShown | undefined;
  readonly evaluation: Evaluation;
}

/** Reads comments and reviews of a merged pull request again, and decides again: nothing is believed from before. */
export async function approvalsOf(loop: Loop, work: Work & { readonly pull: Pull }): Promise<MergedApprovals> {
  const { workspace, repository, login } = loop;
  const { organisation } = workspace.policies;
  const told = await readTold(repository, work.pull, { login, key: commentKey(loop) });
  const actors = actorsOf({ author: told.pull.author, committers: told.committers }, organisation);
  const claimed = shownPlan(told.sticky?.body ?? '');
  const shown = claimed && (await asShown(loop, claimed, { names: work.requests, actors }));
  const prepared = shown?.prepared ?? openScope(workspace, { names: work.requests, ordering: false, actors }).prepared;
  const facts = factsOf(told, await digestsBefore(loop, work, told, actors));
  const { today, zone } = workspace;
  return { told, actors, shown, evaluation: evaluateApprovals(prepared, facts, { organisation, today, zone }) };
}

/** Request digests of the commits that people have seen, on the base that they were made for. */
async function digestsBefore(loop: Loop, { pull, requests }: Work & { pull: Pull }, told: PullTold, actors: Actors) {
  const { workspace, run, repository } = loop;
  const base = await mergeBaseOf(repository, pull.baseCommit, pull.head);
  const prefix = await requestsPrefix(loop);
  const only = new Set(requests.map((id) => `${prefix}${id}.yaml`));
  const history = workspace.store.history(workspace.store.units());
  const found = new Map<string, Digests>();
  for (const head of commitsToDigest(told)) {
    try {
      await fetchCommits(run, [base, head]);
    } catch {
      // A commit that was pushed over may be there no more: what it showed is then not known.
      continue;
    }
    const { tree } = await mergeOnto(loop, { base, head, mergeBase: base }, only);
    found.set(head, digestsAtTree({ base, tree }, workspace, history, actors));
  }
  return found;
}

/** Enters approvals of some requests that the journal does not have yet. */
export function enterApprovals(
  { workspace }: Loop,
  { evaluation }: MergedApprovals,
  requests: ReadonlySet<RequestId>,
  append: (request: RequestId, event: JournalEvent) => void,
): void {
  const history = workspace.store.history(workspace.store.units());
  for (const entry of newEntries(history, evaluation.entries))
    if (requests.has(entry.request)) append(entry.request, entry);
}

/** A scope without the requests of other units or pull requests. */
export const within = (scope: Scope, ids: ReadonlySet<RequestId>): Scope => ({
  ...scope,
  prepared: scope.prepared.filter((one: Prepared) => ids.has(one.request.id)),
});
