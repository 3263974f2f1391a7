import type { Candidate } from '../../core/discovery.ts';
import type { Values } from '../../core/finding.ts';
import type { ServiceRequest } from '../../core/request.ts';
import { type Id, idOf, type Observed } from '../../core/resource.ts';
import { rails } from '../../policies/rails.ts';

/** A request for something that stands, before it is known whether the schema can say it. */
export interface Proposal extends Pick<ServiceRequest, 'service' | 'title' | 'state' | 'spec'> {
  /** The object by which people know it. */
  readonly main: Id;
  /** What the file is named after. */
  readonly stem: string;
  /** What was read of it so far. */
  readonly objects: readonly Observed[];
}

/** An object that is left alone, and why: a code of policies/messages/adopt.yaml. `detail` is English. */
export interface Refusal {
  readonly main: Id;
  readonly code: `adopt/${string}`;
  readonly values?: Values;
  readonly detail?: string;
}

export const isRefusal = (one: object): one is Refusal => 'code' in one;

const bare = ({ kind, key }: Id): Id => ({ kind, key });

/** Why an object is not for any new request: its target says so, it is protected, or it has an owner. */
export function unownable({ observed, refused }: Candidate): Refusal | undefined {
  const main = bare(observed);
  if (refused !== undefined) return { main, code: `adopt/${refused.reason}`, detail: refused.detail };
  if (rails.protected.has(idOf(observed))) return { main, code: 'adopt/protected' };
  if (observed.owner === null) return undefined;
  return { main, code: 'adopt/owned', values: { request: observed.owner } };
}
