import type { Finding } from '../finding.ts';
import type { ServiceRequest } from '../request.ts';
import { valueAt } from './changed.ts';
import { type ClassifyContext, findingAt } from './context.ts';

/** In a spec a date is a term, and a timestamp is a one-off act: it is done when the target's proof is as late. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}/;

/** One-off acts that cannot be ordered: in the future, older than the last one, taken back, or while nothing is written; and letters. */
export function checkActs(
  before: ServiceRequest | null,
  after: ServiceRequest,
  paths: readonly string[],
  context: ClassifyContext,
): Finding[] {
  const acts = paths.flatMap((path) => {
    const last = before === null ? undefined : valueAt(before, path);
    const wanted = valueAt(after, path);
    const report = (code: string) => [
      findingAt(after, path, code, context, { path, wanted: String(wanted), last: String(last), today: context.today }),
    ];
    if (isTimestamp(last) && wanted === undefined) return report('catalogue/act-removed');
    if (!isTimestamp(wanted)) return [];
    if (before === null && after.adopt) return report('adopt/act');
    if (isFuture(wanted, context)) return report('catalogue/act-in-future');
    return isTimestamp(last) && Date.parse(wanted) <= Date.parse(last) ? report('catalogue/act-older') : [];
  });
  return [...acts, ...checkLetter(after, context)];
}

/** A letter of tomorrow approves nothing today: better said before anybody is asked to look at it. */
function checkLetter(after: ServiceRequest, context: ClassifyContext): Finding[] {
  const date = after.approval?.letter.date;
  const { today } = context;
  if (date === undefined || date <= today) return [];
  return [findingAt(after, 'approval.letter.date', 'catalogue/letter-in-future', context, { date, today })];
}

const isTimestamp = (value: unknown): value is string => typeof value === 'string' && TIMESTAMP.test(value);

/** Paths of a creation at which an act may stand; most requests have none. */
export const actPaths = ({ spec }: ServiceRequest): readonly string[] =>
  Object.keys(spec)
    .filter((name) => isTimestamp(spec[name]))
    .map((name) => `spec.${name}`);

/** Without the time of day, the day as it is written decides. */
function isFuture(wanted: string, { today, now }: ClassifyContext): boolean {
  return now === undefined ? wanted.slice(0, 10) > today : Date.parse(wanted) > Date.parse(now);
}
