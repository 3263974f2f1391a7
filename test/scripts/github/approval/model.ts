/**
 * A pull request with people who push, look, approve, edit, retarget and merge in any order, around the real functions.
 * The model knows what every official truly saw; the functions know only what GitHub tells.
 */
import type { History } from '../../../../core/journal/history.ts';
import type { Prepared } from '../../../../core/plan/prepare.ts';
import { evaluateApprovals } from '../../../../scripts/github/approval/evaluate.ts';
import type { ApprovalEvent } from '../../../../scripts/github/approval/facts.ts';
import { digestsOf, substanceOf, typed } from '../../../../scripts/github/approval/substance.ts';
import { asFirstSeen, EMPTY_RECORD, recorded } from '../../../../scripts/github/comment/marker.ts';
import { accountFile } from '../../../builders/request-files.ts';
import { policies } from '../../../policies/builders.ts';
import { aComment, aReview, context, LOGINS, NO_HISTORY, preparedOf, TODAY } from '../world.ts';

/** What a request file says: `what` is its substance, `title` is not. */
interface Content {
  readonly what: number;
  readonly title: number;
}
interface Page {
  readonly head: string;
  readonly digest: string;
  /** The line that the comment shows; none before the first run. */
  readonly line: string | undefined;
  readonly at: number;
}

const cache = new Map<string, readonly Prepared[]>();

/** The request as it is prepared over a history; the same content is prepared once. */
function prepared({ what, title }: Content, history: History): readonly Prepared[] {
  const serial = history.fulfilled.get('djp/andi')?.serial ?? 0;
  const before = history.fulfilled.get('djp/andi')?.version.spec.displayName;
  const key = `${what} ${title} ${serial} ${before}`;
  let made = cache.get(key);
  if (made === undefined) {
    const text = accountFile({ displayName: `Contoh Andi ${what}` }, { title: `Judul ${title}` });
    made = preparedOf({ 'djp/andi': text }, { history });
    cache.set(key, made);
  }
  return made;
}

export const STEPS = [
  'push',
  'retitle',
  'revert',
  'retarget',
  'move-base',
  'merge-base',
  'run',
  'look',
  'review',
  'review-app',
  'line',
  'edit-line',
  'edit-record',
  'end-post',
  'wait',
  'merge',
  'apply',
] as const;
export type Step = (typeof STEPS)[number];

/** Plays steps; `writes` are the digests that were applied, `approved` those that an official with a post truly saw. */
export function play(steps: readonly Step[]) {
  let clock = Date.parse(`${TODAY}T02:00:00Z`);
  const now = () => new Date(clock).toISOString();
  const contents = new Map<string, Content>();
  let count = 0;
  const commit = (content: Content): string => {
    count += 1;
    const id = count.toString(16).padStart(40, '0');
    contents.set(id, content);
    return id;
  };
  let head = commit({ what: 0, title: 0 });
  let base: 'main' | 'other' = 'main';
  let merged: string | undefined;
  let history = NO_HISTORY;
  let organisation = policies.organisation;
  let record = EMPTY_RECORD;
  let line: string | undefined;
  let isRecordTrusted = true;
  let page: Page | undefined;
  const events: ApprovalEvent[] = [];
  const approved = new Set<string>();
  const writes: string[] = [];

  const digestOf = (id: string): string => prepared(contentOf(id), history)[0]?.digest ?? '';
  const contentOf = (id: string): Content => contents.get(id) ?? { what: -1, title: -1 };
  const push = (over: Partial<Content>) => {
    if (merged === undefined) head = commit({ ...contentOf(head), ...over });
  };
  // A review starts a run by itself: what GitHub names for it then is what the record keeps.
  const review = (id: string) => {
    events.push(aReview(LOGINS.iv, { at: now(), commit: id }));
    acts.run();
  };
  const hasPost = () => (organisation.people.get('djp-kasi-aplikasi')?.posts.length ?? 0) > 0;
  const evaluate = (id: string) => {
    const digestsAt = new Map([...contents.keys()].map((one) => [one, digestsOf(prepared(contentOf(one), history))]));
    const { shown } = isRecordTrusted ? record : EMPTY_RECORD;
    const facts = { author: LOGINS.author, committers: [LOGINS.author], digestsAt, shown };
    const seen = { ...facts, events: asFirstSeen(events, record) };
    return evaluateApprovals(prepared(contentOf(id), history), seen, { ...context, organisation });
  };
  const acts: Readonly<Record<Step, () => void>> = {
    push: () => push({ what: contentOf(head).what + 1 }),
    retitle: () => push({ title: contentOf(head).title + 1 }),
    revert: () => push({ what: 0 }),
    retarget: () => {
      base = base === 'main' ? 'other' : 'main';
    },
    // Somebody else's merge: what is asked here stays the same.
    'move-base': () => {},
    // The base is merged into the branch: a new head of the same content, and GitHub moves reviews to it. A merged pull
    // request takes no new head, so its reviews stay where they are.
    'merge-base': () => {
      if (merged !== undefined) return;
      push({});
      for (const [at, event] of events.entries()) if (event.kind === 'review') events[at] = { ...event, commit: head };
    },
    run: () => {
      if (merged !== undefined) return;
      const substance = substanceOf(prepared(contentOf(head), history));
      line = `/setuju ${typed(substance)}`;
      record = recorded(record, { run: { at: now(), head, level: 'ok', text: '' }, substance, events });
    },
    look: () => {
      page = { head, digest: digestOf(head), line, at: clock };
    },
    review: () => {
      if (page === undefined) return;
      if (hasPost()) approved.add(page.digest);
      review(page.head);
    },
    // An app that names the newest commit, whatever the page shows; it refreshes itself within the minute.
    'review-app': () => {
      if (page === undefined || clock - page.at >= 60_000) return;
      if (hasPost()) approved.add(page.digest);
      review(head);
    },
    line: () => {
      if (page?.line === undefined) return;
      const seen = [...contents.keys()].map(digestOf).find((digest) => page?.line === `/setuju ${typed(digest)}`);
      if (seen !== undefined && hasPost()) approved.add(seen);
      events.push(aComment(LOGINS.iv, page.line, { at: now() }));
    },
    // Somebody with write access puts the present code into the official's comment.
    'edit-line': () => {
      const at = events.findLastIndex((event) => event.kind === 'comment');
      const event = events[at];
      if (event?.kind === 'comment') events[at] = { ...event, body: `/setuju ${typed(digestOf(head))}`, edited: true };
    },
    // Somebody makes the comment's record say that the present head was shown from the start.
    'edit-record': () => {
      record = { ...record, shown: [{ at: `${TODAY}T00:00:00Z`, head, substance: typed(digestOf(head)) }] };
      isRecordTrusted = false;
    },
    'end-post': () => {
      const people = new Map(organisation.people);
      const official = people.get('djp-kasi-aplikasi');
      if (official) people.set(official.id, { ...official, posts: [] });
      organisation = { ...organisation, people };
    },
    wait: () => {
      clock += 120_000;
    },
    merge: () => {
      if (merged === undefined && base === 'main') merged = head;
    },
    apply: () => {
      if (merged === undefined) return;
      const [one] = evaluate(merged).prepared;
      if (one?.verdict.state !== 'granted' || one.classification.ordered.length === 0) return;
      writes.push(one.digest);
      const serial = (history.fulfilled.get('djp/andi')?.serial ?? 0) + 1;
      const fulfilled = { version: one.request, desired: '', objects: {}, at: now(), serial };
      history = { ...history, fulfilled: new Map([['djp/andi', fulfilled]]) };
    },
  };
  for (const step of steps) {
    acts[step]();
    clock += 10_000;
  }
  return { writes, approved };
}
