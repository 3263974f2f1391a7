import type { RequestId } from '../../../core/resource.ts';

/** What GitHub vouches for of the author of a comment or review. */
export interface Author {
  readonly login: string;
  /** GitHub's `author_association`; whoever can see a private membership may say MEMBER for it. */
  readonly association: string;
}

interface Event {
  /** GitHub's id, for links and for telling events apart. */
  readonly id: string;
  /** Page of the event, https. */
  readonly url: string;
  readonly author: Author;
  /** When it was made, ISO 8601, UTC. */
  readonly at: string;
  readonly body: string;
}

/** A comment on the pull request. `edited`: its text is not the one it was made with (`updated_at` is not `created_at`). */
export interface CommentEvent extends Event {
  readonly kind: 'comment';
  readonly edited: boolean;
}

/** A review. REST does not tell whether its text was edited; then `edited` is null, and the text is no evidence. */
export interface ReviewEvent extends Event {
  readonly kind: 'review';
  readonly edited: boolean | null;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  /** The commit that GitHub names; it was seen to move forward, so it is one of two proofs, never the only one. */
  readonly commit: string;
}

export type ApprovalEvent = CommentEvent | ReviewEvent;

/** From when on the comment showed the substance of a head: one entry for each time that the substance changed. */
export interface Shown {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly head: string;
}

/** Request digests (64 hexadecimal digits) of one commit, computed from its files, never taken from a comment. */
export type Digests = ReadonlyMap<RequestId, string>;

/** All that approvals of one pull request are judged by. */
export interface PullRequestFacts {
  /** In any order. */
  readonly events: readonly ApprovalEvent[];
  /** Login of whoever opened it. */
  readonly author: string;
  /** Logins of those who have a part in its commits, co-authors included (`involvedIn`). */
  readonly committers: readonly string[];
  /**
   * The record that the comment carries, oldest first. Hand over an empty list where anybody but the product's own
   * account has edited that comment: then reviews need the line `/setuju`, which proves by itself what was seen.
   */
  readonly shown: readonly Shown[];
  /** Of the head, of every commit in `shown`, and of those that reviews name, as far as they are known. */
  readonly digestsAt: ReadonlyMap<string, Digests>;
}
