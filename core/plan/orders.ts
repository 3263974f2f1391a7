import { digest } from '../canonical.ts';
import { BY_PEOPLE, type Kind } from '../kinds.ts';
import type { Resource } from '../resource.ts';
import { isAdopting, isDue, type Prepared } from './prepare.ts';

/** What a run may do for one request. */
export interface Order {
  /**
   * `ordered`: its approved version is not fulfilled yet, so differences are changes.
   * `settled`: it was fulfilled as it stands, so a difference is drift: shown, never overwritten unasked.
   * `due`: a phase of its term begins. What the phase itself changes is carried out under the approval of the term; any
   * other difference is drift as before.
   */
  readonly mode: 'ordered' | 'settled' | 'due';
  /** Kinds of which the ordered items, or the end of the term, may delete resources. */
  readonly deletes: ReadonlySet<Kind>;
  /** Objects without a marker become the request's own, and nothing else is written: no create, update or delete. */
  readonly adopt: boolean;
  /** Where a phase is due: what was desired in the phase before. */
  readonly previous?: readonly Resource[];
}

/** The desired resources of a request now, and in the phase that was fulfilled last where another one is due. */
export interface Desired {
  readonly now: readonly Resource[];
  readonly previous?: readonly Resource[];
}

/**
 * The order of one request. A phase is due only where the phase before is what was fulfilled: where the rules changed
 * too, or the phase before is not known, all that differs is to be brought about.
 */
export function orderOf(prepared: Prepared, desired: Desired | undefined): Order {
  const { before, classification, offer, term } = prepared;
  const adopt = isAdopting(prepared);
  const ended = term.phase === 'absent' ? (offer.term?.deletes ?? []) : [];
  // Work that has not been done is called off with its request, ordered or not: nothing is lost by it.
  const calledOff = prepared.request.state === 'deleted' ? BY_PEOPLE : [];
  const deletes = new Set([...classification.ordered.flatMap((one) => one.item.deletes), ...ended, ...calledOff]);
  const isAsLast = (resources: readonly Resource[] | undefined) =>
    resources !== undefined && before?.desired === digest(resources);
  if (isDue(prepared)) {
    if (term.phase === 'absent') return { mode: 'due', deletes, adopt, previous: [] };
    if (isAsLast(desired?.previous)) return { mode: 'due', deletes, adopt, previous: desired?.previous ?? [] };
    return { mode: 'ordered', deletes, adopt };
  }
  const settled = before !== null && classification.ordered.length === 0 && isAsLast(desired?.now);
  return { mode: settled ? 'settled' : 'ordered', deletes, adopt };
}
