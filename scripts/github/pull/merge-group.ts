import type { Finding, Text } from '../../../core/finding.ts';
import type { RequestId } from '../../../core/resource.ts';
import { visible } from '../../report/escape.ts';
import type { Lang } from '../../report/view.ts';
import { NOBODY } from '../../run/prepare.ts';
import { openPulls, type Pull } from '../api/pulls.ts';
import { type Status, setStatus } from '../api/statuses.ts';
import { evaluateMergedTree, type MergedPull, type MergedVerdict } from '../approval/merged-tree.ts';
import { actorsOf } from '../approval/people.ts';
import { type Loop, requestsPrefix } from '../loop.ts';
import { prospectOf } from './evaluate.ts';
import { factsOf, readTold } from './facts.ts';
import { fetchCommits, type Merged } from './merged.ts';
import { commentKey, digestsOfCommits, mergedPull } from './refresh.ts';
import { shapeOf } from './shape.ts';

const TEXTS = {
  good: { id: 'Semua permintaan dalam antrean ini disetujui', en: 'Every request of this group is approved' },
  wrong: { id: 'Bersama-sama tidak dapat diterima: {why}', en: 'Not acceptable together: {why}' },
  unapproved: { id: 'Belum disetujui seperti gabungannya: {why}', en: 'Not approved as the group has them: {why}' },
  unowned: { id: 'Tanpa pull request yang terbuka: {why}', en: 'Of no open pull request: {why}' },
};

/** Why a group is refused, in the 140 characters that a status may have. */
function reasonOf(findings: readonly Finding[], { unapproved, unowned }: MergedVerdict, lang: Lang): string {
  const because = (text: Text, why: string) => text[lang].replace('{why}', () => visible(why)).slice(0, 140);
  const wrong = findings.find((one) => one.severity === 'error');
  if (wrong !== undefined) return because(TEXTS.wrong, wrong.message[lang]);
  if (unapproved.length > 0) return because(TEXTS.unapproved, unapproved.join(', '));
  return because(TEXTS.unowned, unowned.join(', '));
}

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
  const { findings } = checked;
  const verdict = evaluateMergedTree({ findings, prepared, pulls }, { organisation, today, zone });
  const status: Status = verdict.isGood
    ? { state: 'success', description: TEXTS.good[options.lang] }
    : { state: 'failure', description: reasonOf(findings, verdict, options.lang), url: loop.runUrl };
  await setStatus(repository, head, status);
  return status;
}
