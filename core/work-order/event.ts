/**
 * What happened to a work order, in the order in which it happened; only ever appended. `at` is the ticket system's clock
 * (ISO 8601 UTC), `by` a person of policies/organisation, or `layanan` for what the request did.
 */
export type WorkEvent = { readonly at: string; readonly by: string } & WorkEventBody;

export type WorkEventBody =
  | { readonly type: 'opened' }
  /** What is to be done changed, so that it is done anew. */
  | { readonly type: 'changed' }
  | {
      readonly type: 'checked';
      readonly step: string;
      readonly note?: string;
      /** SHA-256 of the file that proves it, for example of a backup. */
      readonly sha256?: string;
    }
  | { readonly type: 'judged'; readonly component: string; readonly passed: boolean; readonly note?: string }
  /** The requester must act first: the clock stops. */
  | { readonly type: 'paused'; readonly reason: string }
  | { readonly type: 'resumed' }
  | { readonly type: 'closed'; readonly passed: boolean; readonly note?: string }
  | { readonly type: 'reopened'; readonly reason: string };
