import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { History } from '../../../core/journal/history.ts';
import type { PublishedReading } from '../../../core/reading/published.ts';
import { openReading } from '../../reading/folder.ts';
import type { Actors } from '../../run/prepare.ts';
import { mergeBaseOf, type Pull } from '../api/pulls.ts';
import type { Digests } from '../approval/facts.ts';
import { actorsOf } from '../approval/people.ts';
import type { CommentKey } from '../comment/marker.ts';
import { type Loop, requestsPrefix } from '../loop.ts';
import { isMissing } from '../patience.ts';
import { digestsAtTree, evaluatePull, type PullEvaluation } from './evaluate.ts';
import { commitsToDigest, factsOf, type PullTold, readTold } from './facts.ts';
import { fetchCommits, type Merged, mergeOnto } from './merged.ts';
import { type Shape, shapeOf } from './shape.ts';

/** One pull request as a run sees it. */
export interface Seen {
  readonly told: PullTold;
  readonly merged: Merged;
  readonly shape: Shape;
  /** Absent where the pull request is not about requests, or is wrong as a whole. */
  readonly result?: PullEvaluation;
}

export const commentKey = ({ repository, workspace }: Loop): CommentKey => ({
  kind: 'comment',
  repository: repository.name,
  environment: workspace.policies.environment.name,
});

/** What was published of the targets; nothing where nobody has published yet. */
export function publishedReading({ workspace }: Pick<Loop, 'workspace'>): PublishedReading {
  const folder = join(workspace.store.folder, 'reading');
  return existsSync(join(folder, 'units')) ? openReading(folder) : { units: [] };
}

/** The commit that the checkout is at: the end of the branch that requests are merged into. */
export const baseCommit = async ({ run }: Pick<Loop, 'run'>): Promise<string> =>
  (await run(['rev-parse', 'HEAD'])).toString().trim();

/** Puts the commits of a pull request on top of the base. */
export async function mergedPull(loop: Loop, head: string): Promise<Merged> {
  const base = await baseCommit(loop);
  const mergeBase = await mergeBaseOf(loop.repository, base, head);
  await fetchCommits(loop.run, [head, mergeBase]);
  return mergeOnto(loop, { base, head, mergeBase });
}

/** Looks at one pull request: what it would change, who approved it, and what an apply would do. Writes nothing. */
export async function lookAt(loop: Loop, pull: Pull, history: History): Promise<Seen> {
  const { workspace, repository, login } = loop;
  const [told, merged] = await Promise.all([
    readTold(repository, pull, { login, key: commentKey(loop) }),
    mergedPull(loop, pull.head),
  ]);
  const shape = shapeOf(merged, await requestsPrefix(loop), workspace.policies.messages);
  if (shape.requests.length === 0 || shape.findings.length > 0) return { told, merged, shape };
  const actors = actorsOf({ author: pull.author, committers: told.committers }, workspace.policies.organisation);
  const facts = factsOf(told, await digestsOfCommits(loop, told, { merged, shape, history, actors }));
  const reading = publishedReading(loop);
  return { told, merged, shape, result: await evaluatePull({ at: merged, facts, history, reading }, workspace) };
}

/** What a commit's files are read against. */
export interface Against {
  readonly merged: Merged;
  readonly shape: Shape;
  readonly history: History;
  readonly actors: Actors;
}

/** Request digests of every commit that somebody has seen, by its files as they are now read. */
export async function digestsOfCommits(loop: Loop, told: PullTold, { merged, shape, history, actors }: Against) {
  const found = new Map<string, Digests>();
  for (const commit of commitsToDigest(told)) {
    const tree = await treeOfCommit(loop, commit, merged, shape);
    if (tree === undefined) continue;
    found.set(commit, digestsAtTree({ base: merged.base, tree }, loop.workspace, history, actors));
  }
  return found;
}

/** The base's tree with the pull request's own files as another commit has them; undefined where that one is gone. */
async function treeOfCommit(loop: Loop, commit: string, merged: Merged, shape: Shape): Promise<string | undefined> {
  if (commit === merged.head) return merged.tree;
  try {
    if (!loop.git.knows(commit)) await fetchCommits(loop.run, [commit]);
    const other = await mergeOnto(loop, { ...merged, head: commit }, new Set(shape.requests));
    return other.tree;
  } catch (error) {
    if (isMissing(error) || isGone(error)) return undefined;
    throw error;
  }
}

/** A commit that was pushed over may be there no more. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && /not our ref|couldn't find remote ref|bad object/.test(error.message);
