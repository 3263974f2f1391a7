import * as z from 'zod';
import type { ApprovalEvent } from '../approval/facts.ts';
import { typed } from '../approval/substance.ts';

/** Which comment of which deployment: two environments on one repository never touch each other's. */
export interface CommentKey {
  /** `comment` while the pull request is open, `outcome` after the apply. */
  readonly kind: 'comment' | 'outcome';
  /** `owner/name`. */
  readonly repository: string;
  readonly environment: string;
}

const Instant = z.iso.datetime();
const Commit = z.string().regex(/^[0-9a-f]{40}$/);
const Digest = z.string().regex(/^[0-9a-f]{32}$/);

const Run = z.object({
  at: Instant,
  head: Commit,
  level: z.enum(['ok', 'waiting', 'error']),
  text: z.string().max(300),
});
/** One run that the comment remembers: when, of which commit, with which verdict. */
export type Run = z.infer<typeof Run>;

const CommentRecord = z.object({
  runs: z.array(Run),
  shown: z.array(z.object({ at: Instant, head: Commit, substance: Digest })),
  /** The commit that GitHub named for a review when it was first seen; later it may name another. */
  reviews: z.array(z.object({ id: z.string().max(20), commit: Commit })),
});
/**
 * What the comment remembers of itself. Nothing secret, and nothing that anybody may rely on alone: people with write
 * access can edit comments.
 */
export type CommentRecord = z.infer<typeof CommentRecord>;

export const EMPTY_RECORD: CommentRecord = { runs: [], shown: [], reviews: [] };

const prefix = ({ kind, repository, environment }: CommentKey): string =>
  `<!-- layanan ${kind} ${repository} ${environment} `;

/** The hidden first line. Base64 has no character that could end an HTML comment. */
export const markerOf = (key: CommentKey, record: CommentRecord): string =>
  `${prefix(key)}${Buffer.from(JSON.stringify(record)).toString('base64')} -->`;

/** What a comment that begins with the key's marker remembers; undefined for any other text. */
export function recordOf(body: string, key: CommentKey): CommentRecord | undefined {
  if (!body.startsWith(prefix(key))) return undefined;
  const [encoded = ''] = body.slice(prefix(key).length).split(' ', 1);
  try {
    return CommentRecord.parse(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')));
  } catch {
    return EMPTY_RECORD;
  }
}

/** The comment that carries the key's marker: the oldest one of our own account, whatever else people have pasted. */
export function stickyOf<C extends { readonly body: string; readonly login: string }>(
  comments: readonly C[],
  key: CommentKey,
  ownLogin: string,
): C | undefined {
  return comments.find(({ login, body }) => login === ownLogin && recordOf(body, key) !== undefined);
}

const MOST_RUNS = 5;
const MOST_SHOWN = 20;
const MOST_REVIEWS = 30;

/** What a run adds to the record. */
export interface NewRun {
  readonly run: Run;
  /** Digest of all that the pull request asks to decide (`substanceOf`), 64 or 32 hexadecimal digits. */
  readonly substance: string;
  readonly events: readonly ApprovalEvent[];
}

/** The record with one more run. A run that says the same of the same commit only moves in time. */
export function recorded(record: CommentRecord, { run, substance, events }: NewRun): CommentRecord {
  const last = record.runs.at(-1);
  const isSame = last !== undefined && last.head === run.head && last.text === run.text && last.level === run.level;
  const runs = [...(isSame ? record.runs.slice(0, -1) : record.runs), run].slice(-MOST_RUNS);
  const known = new Set(record.reviews.map(({ id }) => id));
  const reviews = events.filter((event) => event.kind === 'review' && !known.has(event.id));
  const added = reviews.flatMap((event) => (event.kind === 'review' ? [{ id: event.id, commit: event.commit }] : []));
  const short = typed(substance);
  const newest = record.shown.at(-1);
  const isShown = newest?.substance === short && newest.head === run.head;
  const shown = isShown ? record.shown : [...record.shown, { at: run.at, head: run.head, substance: short }];
  return { runs, shown: shown.slice(-MOST_SHOWN), reviews: [...record.reviews, ...added].slice(-MOST_REVIEWS) };
}

/** Events whose reviews name the commit that they named when they were first seen. */
export function asFirstSeen(events: readonly ApprovalEvent[], record: CommentRecord): readonly ApprovalEvent[] {
  const commits = new Map(record.reviews.map(({ id, commit }) => [id, commit]));
  return events.map((event) =>
    event.kind === 'review' ? { ...event, commit: commits.get(event.id) ?? event.commit } : event,
  );
}
