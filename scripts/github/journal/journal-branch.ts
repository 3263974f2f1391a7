import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TargetError, UserError } from '../../../core/errors.ts';
import { verifyChain } from '../../../core/journal/verify.ts';
import type { Branch } from '../../git/branch.ts';
import type { Store } from '../../store/store.ts';

export const JOURNAL_BRANCH = 'journal';

/** The published journal and reading: a branch with `journal/<unit>.jsonl` and `reading/`, as in a store's folder. */
export interface JournalBranch {
  /** The commit that the store was last brought to. */
  readonly tip: string | undefined;
  /**
   * Brings the store to what is published. A chain that the store has further than the branch is left.
   * @throws UserError where a chain of the store is not a part of the published one, nor the other way round
   */
  pull(): Promise<void>;
  /**
   * Publishes files of the store (`journal/djp.jsonl`), whatever others publish meanwhile of other units.
   * @throws UserError where a chain does not go on where the published one ends
   */
  push(paths: readonly string[], message: string): Promise<void>;
}

export interface JournalBranchOptions {
  readonly store: Store;
  readonly branch: Branch;
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
  /** Uniform integers in `[0, max)`. */
  readonly randomInt: (max: number) => number;
}

/** Others were faster: each time one of them got through, and a matrix has at most 256 jobs. */
const MOST_OUTRUN = 256;
/** The remote did not answer as it should. */
const MOST_FAILURES = 6;
const LONGEST_PAUSE_MS = 8000;
const CHAIN = /^journal\/([a-z0-9-]+)\.jsonl$/;
/** Paths that are taken from the branch; anything else on it is left there. */
export const PUBLISHED = /^(journal\/[a-z0-9-]+\.jsonl|reading\/(units\/[a-z0-9-]+|names)\.json)$/;

/** Whole or not at all. */
function put(file: string, content: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, content);
  renameSync(`${file}.part`, file);
}

const startsWith = (whole: Buffer, part: Buffer): boolean => whole.subarray(0, part.length).equals(part);

function refuseBroken(path: string, text: Buffer): void {
  const [, unit] = CHAIN.exec(path) ?? [];
  if (unit === undefined) return;
  const chain = verifyChain(text.toString('utf8'), unit);
  if ('broken' in chain)
    throw new UserError(
      `Cannot use '${path}' of branch '${JOURNAL_BRANCH}': line ${chain.broken.line}: ${chain.broken.code}`,
    );
}

/** Opens the journal branch of a store; nothing is asked before `pull`. */
export function openJournalBranch(options: JournalBranchOptions): JournalBranch {
  const { store, branch } = options;
  const fileOf = (path: string) => join(store.folder, path);
  const local = (path: string) => (existsSync(fileOf(path)) ? readFileSync(fileOf(path)) : Buffer.alloc(0));

  const take = (path: string, published: Buffer) => {
    const own = local(path);
    if (!CHAIN.test(path)) return put(fileOf(path), published);
    if (startsWith(published, own)) {
      refuseBroken(path, published);
      return put(fileOf(path), published);
    }
    if (!startsWith(own, published)) throw diverged(path);
  };

  /** What is to be published: files that differ from the branch; a chain must hold all that is published. */
  const differing = async (paths: readonly string[]) => {
    const published = await branch.files();
    const files = new Map<string, Buffer>();
    for (const path of paths) {
      const [own, there] = [local(path), published.get(path) ?? Buffer.alloc(0)];
      if (CHAIN.test(path) && !startsWith(own, there)) throw diverged(path);
      if (!own.equals(there)) files.set(path, own);
    }
    return files;
  };

  return {
    get tip() {
      return branch.tip;
    },
    async pull() {
      await branch.fetch();
      for (const [path, content] of await branch.files()) if (PUBLISHED.test(path)) take(path, content);
    },
    push: (paths, message) => pushed(options, () => differing(paths), message),
  };
}

/** Puts what differs on top of the branch, again and again while others are faster or the remote fails for a moment. */
async function pushed(
  { branch, now, pause, randomInt }: JournalBranchOptions,
  differing: () => Promise<ReadonlyMap<string, Buffer>>,
  message: string,
): Promise<void> {
  const rest = (tries: number) => {
    const most = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** tries);
    return pause(most / 2 + randomInt(most / 2));
  };
  let failures = 0;
  for (let tries = 1; ; tries++) {
    const files = await differing();
    if (files.size === 0) return;
    try {
      if (await branch.commit(files, message, now())) return;
      if (tries >= MOST_OUTRUN) throw outrun();
      await rest(tries);
      await branch.fetch();
    } catch (error) {
      // A push may have arrived all the same: the next look at the branch tells.
      if (!isOfRemote(error) || ++failures > MOST_FAILURES) throw error;
      await rest(failures);
      await branch.fetch().catch(() => {});
    }
  }
}

const isOfRemote = (error: unknown): boolean => error instanceof TargetError && error.code !== 'outrun';

const outrun = () =>
  new TargetError({
    system: 'git',
    operation: 'push',
    code: 'outrun',
    effect: 'refused',
    message: `Branch '${JOURNAL_BRANCH}' was moved by others ${MOST_OUTRUN} times`,
  });

const diverged = (path: string) =>
  new UserError(
    `Cannot publish '${path}': it does not go on where the one on branch '${JOURNAL_BRANCH}' ends; keep it, take the published one, and run again`,
  );
