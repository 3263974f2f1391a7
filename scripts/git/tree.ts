import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunGit } from './run.ts';

/** A file to be put into a tree; without a blob it is taken out. */
export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly blob: string | null;
}

export const PLAIN_FILE = '100644';
const NO_BLOB = '0'.repeat(40);

/** Writes a blob into the repository; returns its id. */
export const writeBlob = async (git: RunGit, content: Uint8Array | string): Promise<string> =>
  (await git(['hash-object', '-w', '--stdin'], { input: content })).toString().trim();

/** The tree of a commit or tree with some files put on top, made in an index of its own: no checkout is touched. */
export async function treeWith(git: RunGit, base: string | undefined, entries: readonly TreeEntry[]): Promise<string> {
  const index = join(tmpdir(), `layanan-index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  const lines = entries.map(({ path, mode, blob }) =>
    blob === null ? `0 ${NO_BLOB}\t${path}\0` : `${mode} ${blob}\t${path}\0`,
  );
  try {
    if (base !== undefined) await git(['read-tree', base], { env });
    await git(['update-index', '-z', '--index-info'], { env, input: lines.join('') });
    return (await git(['write-tree'], { env })).toString().trim();
  } finally {
    rmSync(index, { force: true });
  }
}
