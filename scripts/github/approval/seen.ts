import type { RequestId } from '../../../core/resource.ts';
import type { PullRequestFacts, ReviewEvent } from './facts.ts';

/** Who approves before having read is told to look again: a page that was just replaced is easily taken for the old one. */
const SETTLE_MS = 60_000;

/** The request digest that a reviewer saw, or why that is not certain. */
export type Seen = { readonly digest: string } | { readonly unsure: 'approval/not-shown' | 'approval/too-soon' };

const NOT_SHOWN: Seen = { unsure: 'approval/not-shown' };

/**
 * What an official saw of a request when they pressed Approve. Two records must agree: the commit that GitHub names,
 * which moves forward when the base is merged, and what the comment showed at that time, which says nothing of a page
 * that stood open. That very commit must have been shown for a minute, and its substance without a break: another one
 * that came and went between two runs may be what was looked at.
 */
export function seenIn(
  review: Pick<ReviewEvent, 'at' | 'commit'>,
  request: RequestId,
  { shown, digestsAt }: Pick<PullRequestFacts, 'shown' | 'digestsAt'>,
): Seen {
  const digestAt = (commit: string) => digestsAt.get(commit)?.get(request);
  const named = digestAt(review.commit);
  const at = Date.parse(review.at);
  const until = shown.filter((one) => Date.parse(one.at) <= at);
  const last = until.at(-1);
  const first = until.find((one) => one.head === review.commit);
  if (named === undefined || last === undefined || digestAt(last.head) !== named) return NOT_SHOWN;
  const before = until.findLastIndex((one) => digestAt(one.head) !== named);
  const unbroken = until[before + 1] ?? last;
  if (first === undefined) return { unsure: 'approval/too-soon' };
  const since = Math.max(Date.parse(unbroken.at), Date.parse(first.at));
  return at - since < SETTLE_MS ? { unsure: 'approval/too-soon' } : { digest: named };
}
