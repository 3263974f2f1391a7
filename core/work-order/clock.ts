import type { Calendar } from '../calendar/calendar.ts';
import { type Due, due } from '../calendar/due.ts';
import { later, openMinutes } from '../calendar/open-time.ts';
import type { WorkForm } from './order.ts';
import type { WorkState } from './state.ts';

/**
 * The two clocks of a work order; null where it has none. The work's stops while the requester must act; closing counts
 * from the activity's end.
 */
export interface Clocks {
  readonly work: Due | null;
  readonly closing: Due | null;
}

/** @throws UserError for a year whose holidays are not known */
export function clocksOf({ norm, closing, endsAt }: WorkForm, state: WorkState, calendar: Calendar): Clocks {
  const lost = state.pauses.reduce((sum, { from, to }) => sum + openMinutes(from, to, calendar), 0);
  const isStopped = norm === null || state.paused !== null;
  return {
    work: isStopped ? null : later(due(norm, state.openedAt, calendar), lost, calendar),
    closing: closing === null || endsAt === null ? null : due(closing, endsAt, calendar),
  };
}

/** Whether all that is done before the activity is done. */
export const isPrepared = ({ preparation }: WorkForm, { checked }: WorkState): boolean =>
  [...preparation].every((step) => checked.has(step));

/**
 * Until when the next thing is due (ISO 8601 UTC), undefined while the clock stands still: before an activity the work,
 * which is no use after it has begun; once it is prepared, its closing.
 */
export function nextDue(form: WorkForm, state: WorkState, { work, closing }: Clocks): string | undefined {
  if (state.paused !== null) return undefined;
  if (form.startsAt === null) return work?.at;
  if (isPrepared(form, state)) return closing?.at;
  return work !== null && Date.parse(work.at) < Date.parse(form.startsAt) ? work.at : form.startsAt;
}
