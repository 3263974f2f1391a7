import { digest } from '../../../core/canonical.ts';
import type { Prepared } from '../../../core/plan/prepare.ts';
import type { Digests } from './facts.ts';

/** The part of a digest that is typed behind a command. */
export const typed = (digest: string): string => digest.slice(0, 32);

/** Requests of a pull request that wait for somebody's decision, or would. */
export const toDecide = (prepared: readonly Prepared[]): readonly Prepared[] =>
  prepared.filter((one) => one.classification.minEchelon !== null);

/**
 * One digest for all that a pull request asks an official to decide: of a single request its own, of several the digest
 * over theirs. It stands as long as each of them does.
 */
export function substanceOf(prepared: readonly Prepared[]): string {
  const parts = toDecide(prepared).map((one) => [one.request.id, one.digest] as const);
  const [first, ...more] = parts;
  if (first !== undefined && more.length === 0) return first[1];
  return digest({ requests: Object.fromEntries(parts) });
}

/** Request digests of a commit's requests, as `PullRequestFacts.digestsAt` wants them. */
export const digestsOf = (prepared: readonly Prepared[]): Digests =>
  new Map(prepared.map((one) => [one.request.id, one.digest]));
