import { valueAt } from '../catalogue/changed.ts';
import { type ClassifyContext, findingAt } from '../catalogue/context.ts';
import type { Finding } from '../finding.ts';
import type { ServiceRequest } from '../request.ts';
import { endOf, latestEnd } from './end.ts';
import type { Term } from './term.ts';

/**
 * Terms that cannot be ordered: ended already, or longer than the catalogue allows. What was deleted after its term does
 * not come back by an edit: its data is gone, and a new request says so.
 */
export function checkTerm(
  before: ServiceRequest | null,
  after: ServiceRequest,
  term: Term,
  context: ClassifyContext,
): readonly Finding[] {
  const end = endOf(term, after);
  const last = before === null ? undefined : valueAt(before, term.until);
  if (end === undefined || end === last) return [];
  const { today, reached } = context;
  const report = (code: string, values = {}, suggestion?: string) => [
    findingAt(after, term.until, code, context, { until: end, today, ...values }, suggestion),
  ];
  if (reached?.phase === 'absent') return report('catalogue/term-over', { since: reached.since });
  if (end < today) return report('catalogue/term-ended');
  const limit = latestEnd(term, before, today);
  return limit !== undefined && end > limit.latest ? report('term/too-long', { ...limit }, limit.latest) : [];
}
