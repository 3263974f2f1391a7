import type { ChangedFile, Git } from '../../git/git.ts';
import type { RunGit } from '../../git/run.ts';
import { PLAIN_FILE, treeWith } from '../../git/tree.ts';

/** What a pull request would make of its base. */
export interface Merged {
  /** The base commit; code, rules and people are those of it. */
  readonly base: string;
  readonly head: string;
  /** Where the two parted. */
  readonly mergeBase: string;
  /** What the pull request changes, by paths from the root. */
  readonly changes: readonly ChangedFile[];
  /** Paths that the base has changed too since they parted, to something else. */
  readonly conflicts: readonly string[];
  /** Id of the base's tree with the changes on top. */
  readonly tree: string;
}

/**
 * Commits by id. In a checkout of one commit they come without their history too; a checkout with history keeps it, for
 * a shallow fetch would cut it at every commit that is named.
 */
export async function fetchCommits(git: RunGit, ids: readonly string[]): Promise<void> {
  const isOneCommit = (await git(['rev-list', '--count', '--max-count=2', 'HEAD'])).toString().trim() === '1';
  await git(['fetch', '--quiet', '--no-tags', ...(isOneCommit ? ['--depth=1'] : []), 'origin', ...new Set(ids)]);
}

const rootOf = (git: Git, revision: string): string => {
  const tree = git.treeOf(revision, '');
  if (tree === undefined) throw new Error(`Cannot read commit '${revision}': it has no tree`);
  return tree;
};

const sameEntry = (a: ChangedFile | undefined, b: ChangedFile): boolean => a?.blob === b.blob && a?.mode === b.mode;

/**
 * Puts what a pull request changes on top of its base, file by file. A file that both changed since they parted is a
 * conflict, whatever git could make of it: a request is read whole. Blobs are never written to disk.
 * @param only paths that count; all where left out
 */
export async function mergeOnto(
  { git, run }: { readonly git: Git; readonly run: RunGit },
  { base, head, mergeBase }: Pick<Merged, 'base' | 'head' | 'mergeBase'>,
  only?: ReadonlySet<string>,
): Promise<Merged> {
  const [ours, theirs, start] = [rootOf(git, base), rootOf(git, head), rootOf(git, mergeBase)];
  const changes = git.changes(start, theirs).filter((file) => only?.has(file.path) ?? true);
  const moved = new Map(git.changes(start, ours).map((file) => [file.path, file]));
  const conflicts = changes.filter((file) => moved.has(file.path) && !sameEntry(moved.get(file.path), file));
  const entries = changes.filter((file) => file.mode === PLAIN_FILE || file.blob === null);
  return {
    base,
    head,
    mergeBase,
    changes,
    conflicts: conflicts.map((file) => file.path),
    tree: await treeWith(run, ours, entries),
  };
}
