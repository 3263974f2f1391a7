import { canonical } from '../../../core/canonical.ts';
import type { Prepared } from '../../../core/plan/prepare.ts';
import type { RequestId } from '../../../core/resource.ts';
import { type Pull, pathsOf, pullsOf } from '../api/pulls.ts';
import type { Loop } from '../loop.ts';
import { requestsPrefix } from '../loop.ts';

/** Requests that were merged and are not fulfilled, by the pull request that brought them. */
export interface Work {
  /** Null for what came without a pull request. */
  readonly pull: Pull | null;
  /** All requests of the pull request that are there, fulfilled ones too: approvals and plans are of all together. */
  readonly requests: readonly RequestId[];
  /** Those of them that are not fulfilled as they stand. */
  readonly open: readonly RequestId[];
}

/** Whether the targets were never seen to hold a request as it stands. */
export const isOpen = ({ before, request, classification }: Prepared): boolean =>
  before === null || classification.ordered.length > 0 || canonical(before.version) !== canonical(request);

/** The commit that last changed a file, as the branch sees it: the merge, not what was merged. */
const lastCommit = async ({ run }: Loop, path: string): Promise<string> =>
  (await run(['log', '-1', '--first-parent', '--format=%H', 'HEAD', '--', path])).toString().trim();

/**
 * Finds merged work that is not done, whatever became of the runs that should have done it: a run that was lost, queued
 * over or cancelled is made up for by the next one.
 */
export async function openWork(loop: Loop, prepared: readonly Prepared[]): Promise<readonly Work[]> {
  const prefix = await requestsPrefix(loop);
  const all = new Set(prepared.map(({ request }) => request.id));
  const pullAt = new Map<string, Pull | null>();
  const found = new Map<number | null, { pull: Pull | null; open: RequestId[] }>();
  for (const { request } of prepared.filter(isOpen)) {
    const commit = await lastCommit(loop, `${prefix}${request.id}.yaml`);
    let pull = pullAt.get(commit);
    if (pull === undefined) {
      pull = commit === '' ? null : ((await pullsOf(loop.repository, commit)).at(-1) ?? null);
      pullAt.set(commit, pull);
    }
    const key = pull?.number ?? null;
    const work = found.get(key) ?? { pull, open: [] };
    work.open.push(request.id);
    found.set(key, work);
  }
  const works: Work[] = [];
  for (const { pull, open } of found.values()) {
    const requests = pull === null ? open : await requestsOf(loop, pull, prefix);
    works.push({ pull, open, requests: requests.filter((id) => all.has(id)) });
  }
  return works.toSorted((a, b) => (a.pull?.number ?? 0) - (b.pull?.number ?? 0));
}

/** Ids of the requests that a pull request changes. */
export const requestsOf = async (loop: Loop, pull: Pull, prefix: string): Promise<readonly RequestId[]> =>
  (await pathsOf(loop.repository, pull.number))
    .filter((path) => path.startsWith(prefix) && path.endsWith('.yaml'))
    .map((path) => path.slice(prefix.length, -'.yaml'.length));
