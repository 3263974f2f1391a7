import { type TreeEntry, treeWith } from '../../git/tree.ts';
import { createPull, type Pull, pullOfBranch } from '../api/pulls.ts';
import type { Loop } from '../loop.ts';
import { isLost } from '../patience.ts';

/** A pull request that the product opens: files on top of a commit, without any checkout. */
export interface Proposal {
  readonly title: string;
  readonly body: string;
  readonly branch: string;
  /** Commit that it starts from. */
  readonly base: string;
  readonly entries: readonly TreeEntry[];
  /** On whose behalf; git's own configuration where left out. */
  readonly author?: { readonly name: string; readonly email: string };
}

/** Pushes the branch and opens its pull request; where there is one already, its branch is brought to this. */
export async function propose(loop: Loop, { title, body, branch, base, entries, author }: Proposal): Promise<Pull> {
  const { run, repository } = loop;
  const tree = await treeWith(run, base, entries);
  const { name, email } = author ?? BOT;
  const env = { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
  const commit = (await run(['commit-tree', tree, '-p', base], { input: title, env })).toString().trim();
  await run(['push', '--quiet', '--force', 'origin', `${commit}:refs/heads/${branch}`]);
  const known = await pullOfBranch(repository, branch);
  if (known !== undefined) return known;
  try {
    return await createPull(repository, { title, body, head: branch, base: loop.branch });
  } catch (error) {
    const found = isLost(error) ? await pullOfBranch(repository, branch) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

const BOT = { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' };
