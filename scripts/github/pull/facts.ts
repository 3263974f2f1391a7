import { TargetError } from '../../../core/errors.ts';
import { type EditsOfPull, editsOf } from '../api/edits.ts';
import { commentsOf, type IssueComment } from '../api/issues.ts';
import { commitsOf, type Pull, type ReviewOfPull, reviewsOf } from '../api/pulls.ts';
import type { Repository } from '../api/repository.ts';
import type { ApprovalEvent, Digests, PullRequestFacts, Shown } from '../approval/facts.ts';
import { involvedIn } from '../approval/people.ts';
import {
  asFirstSeen,
  type CommentKey,
  type CommentRecord,
  EMPTY_RECORD,
  recordOf,
  stickyOf,
} from '../comment/marker.ts';

/** What GitHub tells of a pull request, read once in a run. */
export interface PullTold {
  readonly pull: Pull;
  readonly events: readonly ApprovalEvent[];
  readonly committers: readonly string[];
  /** Our comment, where there is one already. */
  readonly sticky: (IssueComment & { readonly login: string }) | undefined;
  readonly record: CommentRecord;
  /** From when on which head was shown; empty where others have edited our comment. */
  readonly shown: readonly Shown[];
}

const NO_EDITS: EditsOfPull = { editedReviews: new Map(), editors: new Map() };

/** Where GitHub does not tell of edits, reviews prove less and commands are needed: never the other way round. */
async function editsOrNone(repository: Repository, number: number): Promise<EditsOfPull | undefined> {
  try {
    return await editsOf(repository, number);
  } catch (error) {
    if (error instanceof TargetError) return undefined;
    throw error;
  }
}

const commentEvent = (comment: IssueComment): ApprovalEvent => ({
  kind: 'comment',
  id: String(comment.id),
  url: comment.url,
  author: comment.author,
  at: comment.at,
  body: comment.body,
  edited: comment.edited,
});

const reviewEvent = (review: ReviewOfPull, { editedReviews }: EditsOfPull): ApprovalEvent => ({
  kind: 'review',
  ...review,
  edited: editedReviews.get(review.id) ?? null,
});

/** An app's login is `name[bot]` to REST and `name` to GraphQL. A comment that GraphQL did not tell of may be anybody's. */
const isOwn = (editor: string | null | undefined, login: string): boolean =>
  editor === null || editor === login || `${editor}[bot]` === login;

/** Reads what approvals are judged by, and our comment. */
export async function readTold(
  repository: Repository,
  pull: Pull,
  { login, key }: { readonly login: string; readonly key: CommentKey },
): Promise<PullTold> {
  const [comments, reviews, commits] = await Promise.all([
    commentsOf(repository, pull.number),
    reviewsOf(repository, pull.number),
    commitsOf(repository, pull.number),
  ]);
  // Afterwards: an edit between the two calls is then seen, and never takes its text for ours.
  const edits = await editsOrNone(repository, pull.number);
  const named = comments.map((comment) => ({ ...comment, login: comment.author.login }));
  const sticky = stickyOf(named, key, login);
  const isTrue = edits !== undefined && (sticky === undefined || isOwn(edits.editors.get(sticky.id), login));
  const told = (sticky && recordOf(sticky.body, key)) ?? EMPTY_RECORD;
  // What this run writes becomes ours: nothing that may be somebody else's is carried over into it.
  const record = isTrue ? told : { ...EMPTY_RECORD, runs: told.runs };
  const ours = named.filter((comment) => comment.login === login);
  const events = [
    ...comments.filter((one) => !ours.some((own) => own.id === one.id)).map(commentEvent),
    ...reviews.map((review) => reviewEvent(review, edits ?? NO_EDITS)),
  ];
  return {
    pull,
    events: isTrue ? asFirstSeen(events, record) : events,
    committers: involvedIn(commits),
    sticky,
    record,
    shown: isTrue ? record.shown.map(({ at, head }) => ({ at, head })) : [],
  };
}

/** Commits whose request digests are needed to judge the reviews: those that were shown, and those that reviews name. */
export const commitsToDigest = ({ events, shown }: PullTold): readonly string[] => [
  ...new Set([
    ...shown.map(({ head }) => head),
    ...events.flatMap((event) => (event.kind === 'review' && event.commit !== '' ? [event.commit] : [])),
  ]),
];

/** The facts that approvals are judged by. */
export const factsOf = (told: PullTold, digestsAt: ReadonlyMap<string, Digests>): PullRequestFacts => ({
  events: told.events,
  author: told.pull.author,
  committers: told.committers,
  shown: told.shown,
  digestsAt,
});
