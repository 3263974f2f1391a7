import type { RequestId } from '../../../core/resource.ts';
import { NOBODY } from '../../run/prepare.ts';
import { openPulls, type Pull } from '../api/pulls.ts';
import { type Status, setStatus } from '../api/statuses.ts';
import { evaluateMergedTree, type MergedPull } from '../approval/merged-tree.ts';
import { actorsOf } from '../approval/people.ts';
import { type Loop, requestsPrefix } from '../loop.ts';
import { prospectOf } from './evaluate.ts';
import { factsOf, readTold } from './facts.ts';
import { fetchCommits, type Merged } from './merged.ts';
import { commentKey, digestsOfCommits, mergedPull } from './refresh.ts';
import { shapeOf } from './shape.ts';

const TEXTS = {
  good: { id: 'Semua permintaan dalam antrean ini disetujui', en: 'Every request of this group is approved' },
  bad: {
    id: 'Gabungan permintaan ini tidak dapat diterima bersama; lihat pull request masing-masing',
    en: 'These requests cannot be accepted together; see their pull requests',
  },
};

/** Whether a group's tree holds exactly what a pull request changes. */
function isIn(loop: Loop, merged: Merged, group: string): boolean {
  const root = loop.git.treeOf(group, '');
  if (root === undefined) return false;
  const there = new Map(loop.git.files(root).map((file) => [file.path, file.blob]));
  return merged.changes.length > 0 && merged.changes.every(({ path, blob }) => (there.get(path) ?? null) === blob);
}

/** The pull requests of a group, by what they change: the names of queue branches tell only the last one. */
async function pullsIn(loop: Loop, group: string): Promise<readonly { pull: Pull; merged: Merged }[]> {
  const found = [];
  for (const pull of await openPulls(loop.repository, loop.branch)) {
    const merged = await mergedPull(loop, pull.head);
    if (isIn(loop, merged, group)) found.push({ pull, merged });
  }
  return found;
}

/**
 * Decides on a merge group by the tree that it makes, and says so on its head: two pull requests that are green one by
 * one can together exceed a quota or order another item.
 */
export async function decideMergeGroup(loop: Loop, head: string): Promise<Status> {
  const { workspace, repository, login } = loop;
  const { policies, today, zone, store, options } = workspace;
  await fetchCommits(loop.run, [head]);
  const base = (await loop.run(['rev-parse', 'HEAD'])).toString().trim();
  const history = store.history(store.units());
  const prefix = await requestsPrefix(loop);
  const { checked, prepared } = prospectOf({ base, tree: head }, workspace, history, NOBODY);
  const pulls: MergedPull[] = [];
  for (const { pull, merged } of await pullsIn(loop, head)) {
    const told = await readTold(repository, pull, { login, key: commentKey(loop) });
    const shape = shapeOf(merged, prefix, policies.messages);
    const actors = actorsOf({ author: pull.author, committers: told.committers }, policies.organisation);
    const digests = await digestsOfCommits(loop, told, { merged, shape, history, actors });
    const changes = new Set<RequestId>(shape.requests.map((path) => path.slice(prefix.length, -'.yaml'.length)));
    pulls.push({ number: pull.number, facts: factsOf(told, digests), changes });
  }
  const { organisation } = policies;
  const { isGood } = evaluateMergedTree({ findings: checked.findings, prepared, pulls }, { organisation, today, zone });
  const state = isGood ? 'success' : 'failure';
  const status: Status = { state, description: TEXTS[isGood ? 'good' : 'bad'][options.lang] };
  await setStatus(repository, head, status);
  return status;
}
