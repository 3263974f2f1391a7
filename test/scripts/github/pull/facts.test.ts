import { describe, expect, it } from 'vitest';
import { TargetError } from '../../../../core/errors.ts';
import type { Pull } from '../../../../scripts/github/api/pulls.ts';
import { openRepository } from '../../../../scripts/github/api/repository.ts';
import { EMPTY_RECORD, markerOf } from '../../../../scripts/github/comment/marker.ts';
import type { GitHubClient } from '../../../../scripts/github/protocol.ts';
import { readTold } from '../../../../scripts/github/pull/facts.ts';
import { HEAD, TODAY } from '../world.ts';

const LOGIN = 'github-actions[bot]';
const key = { kind: 'comment', repository: 'contoh/permintaan', environment: 'sandbox' } as const;
const shown = [{ at: `${TODAY}T02:00:00Z`, head: HEAD, substance: 'a'.repeat(32) }];
const reviews = [{ id: '7', commit: 'b'.repeat(40) }];
const runs = [{ at: `${TODAY}T02:00:00Z`, head: HEAD, level: 'ok', text: 'x' } as const];
const body = `${markerOf(key, { ...EMPTY_RECORD, runs, shown, reviews })}\nisi`;
const pull = { number: 1, head: HEAD, author: 'contoh-budi' } as Pull;

/** GitHub with our comment of id 5 and a review whose commit has moved; `comments` is what GraphQL tells of edits. */
async function told(comments: readonly object[] | undefined) {
  const answers: Readonly<Record<string, unknown>> = {
    comments: [
      {
        id: 5,
        html_url: 'https://github.test/5',
        user: { login: LOGIN, id: 41898282 },
        created_at: `${TODAY}T01:00:00Z`,
        updated_at: `${TODAY}T02:00:00Z`,
        body,
      },
    ],
    reviews: [
      {
        id: 7,
        html_url: 'https://github.test/7',
        user: { login: 'contoh-eka', id: 12 },
        author_association: 'MEMBER',
        state: 'APPROVED',
        submitted_at: `${TODAY}T03:00:00Z`,
        commit_id: HEAD,
        body: '',
      },
    ],
    commits: [],
  };
  const pullRequest = { reviews: { nodes: [] }, comments: { nodes: comments } };
  const client = {
    async send({ path }: { readonly path: string }) {
      if (path !== '/graphql') return { body: answers[path.split('/').at(-1) ?? ''], headers: {}, status: 200 };
      if (comments !== undefined) return { body: { data: { repository: { pullRequest } } }, headers: {}, status: 200 };
      throw new TargetError({ system: 'github', operation: 'x', code: '500', effect: 'refused', message: 'x' });
    },
  } as unknown as GitHubClient;
  const read = await readTold(openRepository(client, key.repository), pull, { login: LOGIN, key });
  const review = read.events.find(({ kind }) => kind === 'review');
  return { read, commit: review?.kind === 'review' ? review.commit : undefined };
}

const edit = (editor: string | null, lastEditedAt: string | null = `${TODAY}T02:00:00Z`) => [
  { databaseId: 5, lastEditedAt, editor: editor === null ? null : { login: editor } },
];

describe('readTold() of our comment', () => {
  it('takes its record where only we have edited it, and a review names the commit that it first named', async () => {
    for (const comments of [edit('github-actions'), edit(null, null)]) {
      const { read, commit } = await told(comments);
      expect(read.shown).toEqual([{ at: `${TODAY}T02:00:00Z`, head: HEAD }]);
      expect(commit).toBe('b'.repeat(40));
    }
  });

  it.each([
    ['somebody else has edited it', edit('contoh-budi')],
    ['an account that is gone has edited it', edit(null)],
    ['GitHub does not tell of it', []],
    ['GitHub does not tell of edits', undefined],
  ] as const)('takes nothing of it where %s', async (_, comments) => {
    const { read, commit } = await told(comments);
    expect(read.shown).toEqual([]);
    expect(commit).toBe(HEAD);
  });

  it('carries nothing of a doubtful record into the next, which would then be ours', async () => {
    const { read } = await told(edit('contoh-budi'));
    expect(read.record).toEqual({ ...EMPTY_RECORD, runs });
  });
});
