import { execFileSync } from 'node:child_process';
import { UserError } from '../../core/errors.ts';

/** One file that differs between two trees; `blob` is null where the file is gone. */
export interface ChangedFile {
  /** Relative to the compared folder. */
  readonly path: string;
  readonly blob: string | null;
  /** Git's mode of the new side: `100644` for a plain file. */
  readonly mode: string;
}

/** What is read of a repository: trees and blobs by id, never a checkout. */
export interface Git {
  /**
   * The id of a folder's tree at a revision; undefined where the folder is not there, or at HEAD of a new repository.
   * @throws UserError for a revision that git does not know
   */
  treeOf(revision: string, folder: string): string | undefined;
  /** Whether an object of that id is there. */
  knows(id: string): boolean;
  /** Every file of a tree. */
  files(tree: string): readonly ChangedFile[];
  /** What differs from one tree to another; costs what differs, not what is there. */
  changes(from: string, to: string): readonly ChangedFile[];
  /** Contents of blobs, in the order of the ids. */
  blobs(ids: readonly string[]): readonly Uint8Array[];
}

const MOST_OUTPUT = 1 << 30;

/** Git of the repository in which a folder lies; undefined outside one. */
export const openGit = (folder: string): Git | undefined => (isInRepository(folder) ? gitIn(folder) : undefined);

/** Whether a folder lies in a repository; costs one start of git. */
export const isInRepository = (folder: string): boolean => succeedsIn(folder, ['rev-parse', '--git-dir']) !== undefined;

const runIn = (folder: string, args: readonly string[], input = ''): Buffer =>
  execFileSync('git', ['-C', folder, ...args], {
    input,
    maxBuffer: MOST_OUTPUT,
    stdio: ['pipe', 'pipe', 'pipe'],
  });

function succeedsIn(folder: string, args: readonly string[]): Buffer | undefined {
  try {
    return runIn(folder, args);
  } catch {
    return undefined;
  }
}

/**
 * Git in a folder, without asking first whether there is a repository: where there is none, no folder has a tree at HEAD.
 * Arguments never go through a shell.
 */
export function gitIn(folder: string): Git {
  const run = (args: readonly string[], input?: string) => runIn(folder, args, input);
  const succeeds = (args: readonly string[]) => succeedsIn(folder, args);
  const parse = (name: string) =>
    succeeds(['rev-parse', '--verify', '--quiet', '--end-of-options', name])?.toString().trim();
  return {
    treeOf(revision, path) {
      const found = parse(`${revision}:${path}`);
      // A repository without any commit has a HEAD, and no tree.
      if (found === undefined && revision !== 'HEAD' && parse(`${revision}^{tree}`) === undefined)
        throw new UserError({
          id: `Tidak dapat membandingkan dengan '${revision}': git tidak mengenal revisi itu`,
          en: `Cannot compare with '${revision}': git knows no such revision`,
        });
      return found;
    },
    knows: (id) => succeeds(['cat-file', '-e', id]) !== undefined,
    // Git would look below the tree for the folder that it runs in.
    files: (id) => records(run(['ls-tree', '-r', '-z', '--full-tree', id])).map(fileOf),
    changes: (from, to) =>
      from === to
        ? []
        : pairs(records(run(['diff-tree', '-r', '-z', '--no-renames', '--no-relative', from, to]))).map(changeOf),
    blobs: (ids) => (ids.length === 0 ? [] : contents(run(['cat-file', '--batch'], `${ids.join('\n')}\n`))),
  };
}

const records = (output: Buffer): string[] => output.toString('utf8').split('\0').slice(0, -1);

const pairs = (list: readonly string[]): (readonly [string, string])[] =>
  Array.from({ length: list.length / 2 }, (_, index) => [list[2 * index] ?? '', list[2 * index + 1] ?? '']);

/** `<mode> <type> <blob>\t<path>` (git-ls-tree). */
function fileOf(record: string): ChangedFile {
  const end = record.indexOf('\t');
  const [mode = '', , blob = null] = record.slice(0, end).split(' ');
  return { path: record.slice(end + 1), blob, mode };
}

/** `:<old mode> <new mode> <old blob> <new blob> <status>` and the path (git-diff-tree, raw format). */
function changeOf([meta, path]: readonly [string, string]): ChangedFile {
  const [, mode = '', , blob = null, status] = meta.split(' ');
  return { path, blob: status === 'D' ? null : blob, mode };
}

/** `<id> <type> <size>\n<bytes>\n` for each (git-cat-file --batch). */
function contents(output: Buffer): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0x0a, at);
    const size = Number(output.toString('latin1', at, end).split(' ')[2]);
    found.push(output.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return found;
}
