import { type Finding, finding, type Messages, type Values } from '../finding.ts';
import type { Unit } from '../organisation/organisation.ts';
import type { Places, ServiceRequest } from '../request.ts';
import type { Reached } from '../term/term.ts';

/** What a rule may know besides the request, and what a finding needs. */
export interface CheckContext {
  readonly unit: Unit;
  readonly messages: Messages;
  /** Absent for a request that was not read from a file: findings then point at its first line. */
  readonly places?: Places;
}

/** What the rules of ordered items may know too. */
export interface ClassifyContext extends CheckContext {
  /** ISO date. */
  readonly today: string;
  /** ISO 8601 instant; with it, an act later on the same day is in the future too. */
  readonly now?: string;
  /** What is ordered together: creations of this service with the same `batch`, itself included; 1 without one. */
  readonly batch: { readonly creates: number };
  /** The phase of the term that the targets were last seen to hold; absent where the service has no term. */
  readonly reached?: Reached;
}

/** A finding at a path of a request, such as `spec.mailbox`. */
export function findingAt(
  request: ServiceRequest,
  path: string,
  code: string,
  context: CheckContext,
  values: Values = {},
  suggestion?: string,
): Finding {
  const place = context.places?.of(path.split('.')) ?? { file: `requests/${request.id}.yaml`, line: 1, column: 1 };
  return finding(context.messages, code, place, values, suggestion);
}
