import { UserError } from '../../../core/errors.ts';
import type { Text } from '../../../core/finding.ts';
import { type TreeEntry, writeBlob } from '../../git/tree.ts';
import { code, inline } from '../../report/escape.ts';
import type { Lang } from '../../report/view.ts';
import { type Pull, readPull } from '../api/pulls.ts';
import { requestsOf } from '../apply/open-work.ts';
import { type Loop, requestsPrefix } from '../loop.ts';
import { propose } from '../propose/propose.ts';
import { fetchCommits } from '../pull/merged.ts';
import { baseCommit } from '../pull/refresh.ts';
import { type Change, revert } from './revert.ts';

/** One request of the pull request that is taken back. */
interface Taken {
  readonly request: string;
  readonly stays: readonly Text[];
  readonly refused?: Text;
  readonly entry?: TreeEntry;
}

async function textAt({ run }: Loop, commit: string, path: string): Promise<string | null> {
  const found = (await run(['ls-tree', '-z', commit, '--', path])).toString();
  return found === '' ? null : (await run(['show', `${commit}:${path}`])).toString();
}

async function take(
  loop: Loop,
  { request, path, merge, base }: { request: string; path: string; merge: string; base: string },
): Promise<Taken> {
  const { workspace, run } = loop;
  const before = await textAt(loop, `${merge}^1`, path);
  const change: Change = {
    request,
    before,
    after: await textAt(loop, merge, path),
    now: await textAt(loop, base, path),
  };
  const fulfilled = workspace.store.history(workspace.store.units()).fulfilled.get(request);
  const service = fulfilled && workspace.policies.services.get(fulfilled.version.service);
  const reverted = revert(change, fulfilled, service);
  if ('refused' in reverted) return { request, stays: [], refused: reverted.refused };
  const { text, stays } = reverted;
  const blob = text === null ? null : await writeBlob(run, text);
  return { request, stays, entry: { path, mode: '100644', blob } };
}

const TEXTS = {
  title: { id: 'Batalkan', en: 'Undo' },
  intro: {
    id: 'Membatalkan #{n}. Ini permintaan seperti yang lain: diperiksa, disetujui, digabung, baru dijalankan.',
    en: 'Takes back #{n}. It is a request like any other: checked, approved, merged, and only then carried out.',
  },
  stays: { id: 'tidak kembali', en: 'does not come back' },
  refused: { id: 'tidak dapat dibatalkan di sini', en: 'cannot be taken back here' },
};

function bodyOf(taken: readonly Taken[], number: number, lang: Lang): string {
  const lines = taken.flatMap(({ request, stays, refused }) => [
    `- ${code(request)}${refused === undefined ? '' : `: **${TEXTS.refused[lang]}**: ${inline(refused[lang], 300)}`}`,
    ...stays.map((text) => `  - ${TEXTS.stays[lang]}: ${inline(text[lang], 300)}`),
  ]);
  return `${TEXTS.intro[lang].replace('{n}', String(number))}\n\n${lines.join('\n')}\n`;
}

/** A pull request that takes another one back. */
export interface Undo {
  readonly pull: Pull;
  readonly body: string;
}

/**
 * Opens the pull request that takes a merged one back, and says in it what does not come back.
 * @throws UserError for one that was not merged, or of which nothing can be taken back
 */
export async function openUndo(loop: Loop, number: number): Promise<Undo> {
  const { repository, run, workspace } = loop;
  const { lang } = workspace.options;
  const merged = await readPull(repository, number);
  const { mergeCommit } = merged;
  if (merged.mergedAt === null || mergeCommit === null)
    throw new UserError(`Cannot undo #${number}: it was not merged; close it instead`);
  const base = await baseCommit(loop);
  await fetchCommits(run, [mergeCommit]);
  const prefix = await requestsPrefix(loop);
  const taken: Taken[] = [];
  for (const request of await requestsOf(loop, merged, prefix))
    taken.push(await take(loop, { request, path: `${prefix}${request}.yaml`, merge: mergeCommit, base }));
  const entries = taken.flatMap(({ entry }) => entry ?? []);
  if (entries.length === 0)
    throw new UserError(
      `Cannot undo #${number}: ${taken.map((one) => `${one.request}: ${one.refused?.[lang]}`).join('; ')}`,
    );
  const branch = `undo-${number}`;
  const title = `${TEXTS.title[lang]} #${number}: ${merged.title}`;
  const body = bodyOf(taken, number, lang);
  const pull = await propose(loop, { title, body, branch, base, entries });
  return { pull, body };
}
