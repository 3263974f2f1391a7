import { Temporal } from 'temporal-polyfill';
import type { Calendar } from './calendar.ts';
import { addMinutes, type Due, dueAt, minuteOf, openDays } from './due.ts';

const zoned = (at: string, { zone }: Calendar): Temporal.ZonedDateTime =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone);

/**
 * Open minutes between two instants; none where the second is the earlier one.
 * @throws UserError for a year whose holidays are not known
 */
export function openMinutes(from: string, to: string, calendar: Calendar): number {
  const [start, end] = [zoned(from, calendar), zoned(to, calendar)];
  let sum = 0;
  if (Temporal.ZonedDateTime.compare(start, end) >= 0) return sum;
  for (const { date, windows } of openDays(start.toPlainDate(), calendar)) {
    if (Temporal.PlainDate.compare(date, end.toPlainDate()) > 0) return sum;
    const first = date.equals(start.toPlainDate()) ? minuteOf(start) : 0;
    const last = date.equals(end.toPlainDate()) ? minuteOf(end) : 24 * 60;
    for (const window of windows) sum += Math.max(0, Math.min(window.to, last) - Math.max(window.from, first));
  }
  return sum;
}

/** The end of a norm, later by so many open minutes. */
export const later = (end: Due, minutes: number, calendar: Calendar): Due =>
  minutes === 0 ? end : dueAt(end.start, addMinutes(zoned(end.at, calendar), minutes, calendar), calendar);
