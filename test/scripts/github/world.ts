import { type History, historyOf } from '../../../core/journal/history.ts';
import { type Prepared, prepare } from '../../../core/plan/prepare.ts';
import { examine } from '../../../core/validate/examine.ts';
import type { CommentEvent, PullRequestFacts, ReviewEvent } from '../../../scripts/github/approval/facts.ts';
import { actorsOf } from '../../../scripts/github/approval/people.ts';
import { digestsOf } from '../../../scripts/github/approval/substance.ts';
import { policies } from '../../policies/builders.ts';

export const TODAY = '2026-11-20';
export const HEAD = 'c0ffee'.padEnd(40, '0');
export const NO_HISTORY: History = historyOf([]);
export const context = { organisation: policies.organisation, today: TODAY, zone: 'Asia/Jakarta' };

/** The organisation's people that tests name: an author, officials of rising rank, a service desk. */
export const LOGINS = { author: 'contoh-budi', iv: 'contoh-eka', iii: 'contoh-sari', desk: 'contoh-gilang' } as const;

/** Requests by id as a pull request of theirs is prepared. */
export function preparedOf(
  files: Readonly<Record<string, string>>,
  { history = NO_HISTORY, author = LOGINS.author as string, creates = 1 } = {},
): readonly Prepared[] {
  return Object.entries(files).map(([id, text]) => {
    const file = { path: `requests/${id}.yaml`, bytes: new TextEncoder().encode(text) };
    const { placed, findings } = examine(file, policies);
    if (placed === undefined) throw new Error(`Cannot prepare '${id}': ${JSON.stringify(findings)}`);
    const actors = actorsOf({ author, committers: [author] }, policies.organisation);
    return prepare(placed, { policies, history, today: TODAY, now: `${TODAY}T03:00:00Z`, creates, ...actors });
  });
}

let serial = 0;
const anEvent = (login: string, at: string) => {
  serial += 1;
  return { id: `${serial}`, url: `https://github.test/x/1#${serial}`, author: { login, association: 'MEMBER' }, at };
};

export const aComment = (login: string, body: string, over: Partial<CommentEvent> = {}): CommentEvent => ({
  kind: 'comment',
  ...anEvent(login, `${TODAY}T04:00:00Z`),
  body,
  edited: false,
  ...over,
});

export const aReview = (login: string, over: Partial<ReviewEvent> = {}): ReviewEvent => ({
  kind: 'review',
  ...anEvent(login, `${TODAY}T04:00:00Z`),
  body: '',
  edited: null,
  state: 'APPROVED',
  commit: HEAD,
  ...over,
});

/** Facts of a pull request whose comment has shown its head since an hour before the events. */
export const factsOf = (prepared: readonly Prepared[], over: Partial<PullRequestFacts> = {}): PullRequestFacts => ({
  events: [],
  author: LOGINS.author,
  committers: [LOGINS.author],
  shown: [{ at: `${TODAY}T03:00:00Z`, head: HEAD }],
  digestsAt: new Map([[HEAD, digestsOf(prepared)]]),
  ...over,
});
