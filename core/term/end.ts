import { valueAt } from '../catalogue/changed.ts';
import type { ServiceRequest } from '../request.ts';
import { plus } from './day.ts';
import type { Term } from './term.ts';

/** The last day of a request's term; undefined where it has none, or is to be deleted anyway. */
export function endOf(term: Term | undefined, request: ServiceRequest): string | undefined {
  if (term === undefined || request.state === 'deleted') return undefined;
  const until = valueAt(request, term.until);
  return typeof until === 'string' ? until : undefined;
}

/** The last day that may be ordered, and the day from which the longest term counts. */
export interface Latest {
  readonly from: string;
  readonly latest: string;
}

/**
 * How long a term may be ordered today: from today or, where that is later, from the end of the running one.
 * @param before the version last fulfilled; what never was has no running term
 * @returns undefined where the catalogue sets no longest term
 */
export function latestEnd(term: Term, before: ServiceRequest | null, today: string): Latest | undefined {
  if (term.longest === undefined) return undefined;
  const last = before === null ? undefined : valueAt(before, term.until);
  const from = typeof last === 'string' && last > today ? last : today;
  return { from, latest: plus(from, term.longest) };
}
