import type { Finding } from '../../../core/finding.ts';
import type { Prepared } from '../../../core/plan/prepare.ts';
import type { RequestId } from '../../../core/resource.ts';
import { type EvaluateContext, type Evaluation, evaluateApprovals } from './evaluate.ts';
import type { PullRequestFacts } from './facts.ts';

/** One pull request of a merge group. */
export interface MergedPull {
  readonly number: number;
  readonly facts: PullRequestFacts;
  /** The requests that it changes. */
  readonly changes: ReadonlySet<RequestId>;
}

/** A merge group, as the tree that it would make. */
export interface MergedTree {
  /** What checking the tree against its base finds, quotas and names over all of it included. */
  readonly findings: readonly Finding[];
  /** Every request that differs from the base, classified and with its digest, as the merged tree has it. */
  readonly prepared: readonly Prepared[];
  readonly pulls: readonly MergedPull[];
}

/** Whether a merge group may be merged, with what each of its pull requests amounts to in the merged tree. */
export interface MergedVerdict {
  readonly isGood: boolean;
  readonly evaluations: ReadonlyMap<number, Evaluation>;
  /** Requests that nobody has approved as they stand in the merged tree. */
  readonly unapproved: readonly RequestId[];
  /** Requests that differ from the base and belong to none of the pull requests. */
  readonly unowned: readonly RequestId[];
}

/**
 * Decides on a merge group by the tree that it makes, not by what each pull request was on its own: two of them can be
 * green and together exceed a quota, order more in one batch, or change the same request.
 */
export function evaluateMergedTree(tree: MergedTree, context: EvaluateContext): MergedVerdict {
  const evaluations = new Map<number, Evaluation>();
  const owned = new Set<RequestId>();
  const unapproved: RequestId[] = [];
  for (const { number, facts, changes } of tree.pulls) {
    const evaluation = evaluateApprovals(
      tree.prepared.filter((one) => changes.has(one.request.id)),
      facts,
      context,
    );
    evaluations.set(number, evaluation);
    for (const id of changes) owned.add(id);
    unapproved.push(
      ...evaluation.prepared.filter((one) => one.verdict.state === 'missing').map((one) => one.request.id),
    );
  }
  const unowned = tree.prepared.map((one) => one.request.id).filter((id) => !owned.has(id));
  const hasErrors = tree.findings.some((one) => one.severity === 'error');
  return { isGood: !hasErrors && unapproved.length + unowned.length === 0, evaluations, unapproved, unowned };
}
