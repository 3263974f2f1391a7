import type { Repository } from './repository.ts';

/** The one status that branch protection asks for. */
export const STATUS_CONTEXT = 'layanan';

export interface Status {
  readonly state: 'success' | 'failure' | 'error' | 'pending';
  /** At most 140 characters. */
  readonly description: string;
  readonly url?: string;
}

/** Sets the status of a commit; the last one counts, so that it may be said twice. */
export const setStatus = (repository: Repository, commit: string, { state, description, url }: Status): Promise<void> =>
  repository.tell({
    method: 'POST',
    path: `/statuses/${commit}`,
    body: { state, description, context: STATUS_CONTEXT, ...(url ? { target_url: url } : {}) },
    repeatable: true,
  });
