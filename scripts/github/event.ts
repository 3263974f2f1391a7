import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';

/** What a workflow was started for. */
export type Occasion =
  | { readonly type: 'pull'; readonly number: number }
  | { readonly type: 'merge-group'; readonly head: string; readonly base: string }
  | { readonly type: 'issue'; readonly number: number }
  /** A comment on something that is no pull request, or an event that concerns none. */
  | { readonly type: 'nothing' }
  /** A timer or a button: whatever there is. */
  | { readonly type: 'all' };

const Payload = z.object({
  pull_request: z.object({ number: z.number() }).optional(),
  issue: z.object({ number: z.number(), pull_request: z.unknown().optional() }).optional(),
  merge_group: z.object({ head_sha: z.string(), base_sha: z.string() }).optional(),
});

/** Reads what a workflow was started for from the event's name and payload (docs.github.com, webhook events). */
export function occasionOf(name: string, payload: unknown): Occasion {
  const { pull_request, issue, merge_group } = Payload.parse(payload);
  if (merge_group !== undefined) return { type: 'merge-group', head: merge_group.head_sha, base: merge_group.base_sha };
  if (pull_request !== undefined) return { type: 'pull', number: pull_request.number };
  if (name === 'issues' && issue !== undefined) return { type: 'issue', number: issue.number };
  if (issue?.pull_request !== undefined) return { type: 'pull', number: issue.number };
  return issue === undefined ? { type: 'all' } : { type: 'nothing' };
}

/** @throws UserError for a file that holds no event */
export function readOccasion(name: string, file: string): Occasion {
  try {
    return occasionOf(name, JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new UserError(`Cannot read the event '${name}' in '${file}': it is no event of GitHub Actions`, [], {
      cause,
    });
  }
}
