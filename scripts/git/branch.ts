import { TargetError } from '../../core/errors.ts';
import type { RunGit } from './run.ts';
import { PLAIN_FILE, treeWith, writeBlob } from './tree.ts';

/** A branch that only programs write: read and written by objects, without any checkout. */
export interface Branch {
  /** The commit at its end as it was last fetched; undefined where there is no branch yet. */
  readonly tip: string | undefined;
  /** Asks the remote for the branch's end. */
  fetch(): Promise<void>;
  /** Files at the end, by path. */
  files(): Promise<ReadonlyMap<string, Buffer>>;
  /**
   * Puts some files on top of the end as one commit.
   * @returns false where somebody else was faster: fetch, look again, and try again
   * @throws TargetError where the remote could not be asked
   */
  commit(files: ReadonlyMap<string, Uint8Array | string>, message: string, at: Date): Promise<boolean>;
}

/** Commits are the product's, as those of other actions are (users.noreply.github.com). */
const AUTHOR = {
  GIT_AUTHOR_NAME: 'github-actions[bot]',
  GIT_AUTHOR_EMAIL: '41898282+github-actions[bot]@users.noreply.github.com',
  GIT_COMMITTER_NAME: 'github-actions[bot]',
  GIT_COMMITTER_EMAIL: '41898282+github-actions[bot]@users.noreply.github.com',
};
const MISSING = /couldn't find remote ref/;
const OUTRUN = /stale info|fetch first|non-fast-forward|cannot lock ref|reference already exists|failed to update ref/;

const says = (error: unknown, pattern: RegExp): boolean => error instanceof TargetError && pattern.test(error.message);

async function treeOf(git: RunGit, tip: string | undefined, files: ReadonlyMap<string, Uint8Array | string>) {
  const entries = [];
  for (const [path, content] of files) entries.push({ path, mode: PLAIN_FILE, blob: await writeBlob(git, content) });
  return treeWith(git, tip, entries);
}

/** Opens a branch of a remote; nothing is asked before `fetch`. */
export function openBranch(git: RunGit, name: string, remote = 'origin'): Branch {
  const local = `refs/layanan/${name}`;
  const ref = `refs/heads/${name}`;
  let tip: string | undefined;
  const push = async (commit: string): Promise<boolean> => {
    const args = ['push', '--quiet', `--force-with-lease=${ref}:${tip ?? ''}`, remote, `${commit}:${ref}`];
    try {
      await git(args);
      return true;
    } catch (error) {
      if (says(error, OUTRUN)) return false;
      throw error;
    }
  };
  return {
    get tip() {
      return tip;
    },
    async fetch() {
      try {
        await git(['fetch', '--quiet', '--no-tags', '--depth=1', remote, `+${ref}:${local}`]);
        tip = (await git(['rev-parse', local])).toString().trim();
      } catch (error) {
        if (!says(error, MISSING)) throw error;
        tip = undefined;
      }
    },
    async files() {
      return tip === undefined ? new Map() : filesAt(git, tip);
    },
    async commit(files, message, at) {
      const tree = await treeOf(git, tip, files);
      const date = `${Math.floor(at.getTime() / 1000)} +0000`;
      const env = { ...AUTHOR, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
      const parents = tip === undefined ? [] : ['-p', tip];
      const commit = (await git(['commit-tree', tree, ...parents], { env, input: message })).toString().trim();
      if (!(await push(commit))) return false;
      tip = commit;
      return true;
    },
  };
}

/** Files of a commit. Git tells `<mode> <type> <blob>\t<path>`, then the blobs one after the other (git-ls-tree, git-cat-file --batch). */
export async function filesAt(git: RunGit, commit: string): Promise<Map<string, Buffer>> {
  const records = (await git(['ls-tree', '-r', '-z', '--full-tree', commit])).toString('utf8').split('\0').slice(0, -1);
  const entries = records.map((record) => ({
    path: record.slice(record.indexOf('\t') + 1),
    blob: record.split(/[ \t]/)[2] ?? '',
  }));
  const output = await git(['cat-file', '--batch'], { input: entries.map(({ blob }) => `${blob}\n`).join('') });
  const files = new Map<string, Buffer>();
  let at = 0;
  for (const { path } of entries) {
    const end = output.indexOf(0x0a, at);
    const size = Number(output.toString('latin1', at, end).split(' ')[2]);
    files.set(path, output.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return files;
}
