import { valueAt } from '../catalogue/changed.ts';
import type { ServiceRequest } from '../request.ts';
import type { Term } from './term.ts';

/** The last day of a request's term; undefined where it has none, or is to be deleted anyway. */
export function endOf(term: Term | undefined, request: ServiceRequest): string | undefined {
  if (term === undefined || request.state === 'deleted') return undefined;
  const until = valueAt(request, term.until);
  return typeof until === 'string' ? until : undefined;
}
