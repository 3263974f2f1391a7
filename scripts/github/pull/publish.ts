import { TargetError } from '../../../core/errors.ts';
import { addLabels, createComment, createLabel, removeLabel, updateComment } from '../api/issues.ts';
import { type Pull, requestReviewers } from '../api/pulls.ts';
import type { Repository } from '../api/repository.ts';
import { type Status, setStatus } from '../api/statuses.ts';
import { type Label, labelChanges } from '../comment/labels.ts';
import { isForbidden, isMissing } from '../patience.ts';

/** All that a run says on a pull request. */
export interface PullTexts {
  /** Whole body, its marker first. */
  readonly comment: string;
  readonly labels: readonly Label[];
  /** Logins of people who are asked to review. */
  readonly reviewers: readonly string[];
  readonly status: Status;
}

/** Where it is said. */
export interface Place {
  readonly pull: Pull;
  /** Our comment, where there is one. */
  readonly sticky: { readonly id: number; readonly body: string } | undefined;
  /** Whether a comment is the one with our marker, for a reply that was lost. */
  readonly isOurs: (body: string, login: string) => boolean;
}

async function unlessForbidden(skipped: string[], what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isForbidden(error)) throw error;
    skipped.push(what);
  }
}

/** Whatever is refused of a label or a reviewer (422 for a login that may not review) concerns that one alone. */
async function unlessRefused(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isOfOne = error instanceof TargetError && (error.code === '422' || isMissing(error));
    if (!isOfOne) throw error;
  }
}

async function sayComment(repository: Repository, { pull, sticky, isOurs }: Place, body: string): Promise<void> {
  if (sticky?.body === body) return;
  if (sticky !== undefined) return updateComment(repository, sticky.id, body);
  await createComment(repository, pull.number, body, (comment) => isOurs(comment.body, comment.author.login));
}

/** Labels are created on first use, and those of ours that no longer hold are taken off. */
export async function setLabels(repository: Repository, pull: Pull, wanted: readonly Label[]): Promise<void> {
  const { add, remove } = labelChanges(pull.labels, wanted);
  for (const label of add) await unlessRefused(() => createLabel(repository, label));
  const names = add.map(({ name }) => name);
  if (names.length > 0) await addLabels(repository, pull.number, names);
  for (const name of remove) await unlessRefused(() => removeLabel(repository, pull.number, name));
}

async function askReviewers(repository: Repository, { pull }: Place, logins: readonly string[]): Promise<void> {
  const asked = new Set([...pull.reviewers, pull.author].map((login) => login.toLowerCase()));
  for (const login of logins)
    if (!asked.has(login.toLowerCase())) await unlessRefused(() => requestReviewers(repository, pull.number, [login]));
}

/**
 * Says on a pull request what a run found: comment, labels, reviewers, and last the status, so that green is never seen
 * before its reasons. Said twice it changes nothing. A token that only reads (a fork's) is no failure.
 * @returns what could not be said for want of permission
 */
export async function publish(repository: Repository, place: Place, texts: PullTexts): Promise<readonly string[]> {
  const skipped: string[] = [];
  await unlessForbidden(skipped, 'comment', () => sayComment(repository, place, texts.comment));
  await unlessForbidden(skipped, 'labels', () => setLabels(repository, place.pull, texts.labels));
  await unlessForbidden(skipped, 'reviewers', () => askReviewers(repository, place, texts.reviewers));
  await unlessForbidden(skipped, 'status', () => setStatus(repository, place.pull.head, texts.status));
  return skipped;
}
