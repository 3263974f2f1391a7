import { Temporal } from 'temporal-polyfill';
import type { Norm } from '../catalogue/norm.ts';
import { UserError } from '../errors.ts';
import type { Calendar } from './calendar.ts';

/** When a norm ends. Both times are kept: the one of approval is not always the one at which the clock starts. */
export interface Due {
  /** ISO 8601 instants, UTC: the clock starts, the norm ends. */
  readonly start: string;
  readonly at: string;
  /** The end as people there read it: `2026-11-24T16:00`, `WIB`. */
  readonly local: string;
  readonly zoneName: string;
}

const MINUTES_PER_DAY = 24 * 60;
/** A calendar that opens on no day of a year never opens. */
const LONGEST_CLOSURE = 366;

interface Window {
  readonly from: number;
  readonly to: number;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/**
 * The end of a norm. Working time starts when a request is approved and complete, inside service hours. `n` working
 * days later is the same time of day, moved into the hours of that day; working hours run through open time only.
 * @param from ISO 8601 instant at which it is approved and complete
 * @throws UserError for a year whose holidays are not known
 */
export function due(norm: Norm, from: string, calendar: Calendar): Due {
  const asked = Temporal.Instant.from(from)
    .toZonedDateTimeISO(calendar.zone)
    .round({ smallestUnit: 'minute', roundingMode: 'floor' });
  const start = norm.unit === 'calendar_day' ? asked : nextOpen(asked, calendar);
  return dueAt(start.toInstant().toString(), endOf(norm, start, calendar), calendar);
}

/** An end that was reckoned otherwise, in the same form. */
export const dueAt = (start: string, end: Temporal.ZonedDateTime, { zoneName }: Calendar): Due => ({
  start,
  at: end.toInstant().toString(),
  local: end.toPlainDateTime().toString({ smallestUnit: 'minute' }),
  zoneName,
});

function endOf({ unit, value }: Norm, start: Temporal.ZonedDateTime, calendar: Calendar): Temporal.ZonedDateTime {
  if (unit === 'calendar_day') return start.add({ days: value });
  return unit === 'working_day' ? addDays(start, value, calendar) : addMinutes(start, value * 60, calendar);
}

/** Open times of a day, in minutes since midnight; none on a closed day. */
function windowsOf(date: Temporal.PlainDate, { id, hours, closed }: Calendar): readonly Window[] {
  const year = closed?.get(date.year);
  if (closed !== null && year === undefined)
    throw new UserError({
      id: `Kalender '${id}' belum memuat hari libur ${date.year}: policies/holidays tidak punya ${date.year}.yaml`,
      en: `Cannot reckon with calendar '${id}' in ${date.year}: policies/holidays has no ${date.year}.yaml`,
    });
  if (year?.has(date.toString())) return [];
  return (hours[date.dayOfWeek] ?? []).map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }));
}

export const minuteOf = (time: Temporal.ZonedDateTime): number => time.hour * 60 + time.minute;

const at = (date: Temporal.PlainDate, minute: number, { zone }: Calendar): Temporal.ZonedDateTime => {
  const day = minute === MINUTES_PER_DAY ? date.add({ days: 1 }) : date;
  const rest = minute % MINUTES_PER_DAY;
  return day.toZonedDateTime({ timeZone: zone, plainTime: { hour: Math.floor(rest / 60), minute: rest % 60 } });
};

/** The days from a date on that open at all. */
export function* openDays(from: Temporal.PlainDate, calendar: Calendar) {
  let closedFor = 0;
  for (let date = from; closedFor < LONGEST_CLOSURE; date = date.add({ days: 1 })) {
    const windows = windowsOf(date, calendar);
    closedFor = windows.length === 0 ? closedFor + 1 : 0;
    if (windows.length > 0) yield { date, windows };
  }
  throw new UserError(`Cannot reckon with calendar '${calendar.id}': it never opens`);
}

/** The time itself inside service hours, else the next opening; closing time is outside. */
function nextOpen(time: Temporal.ZonedDateTime, calendar: Calendar): Temporal.ZonedDateTime {
  const today = time.toPlainDate();
  for (const { date, windows } of openDays(today, calendar)) {
    const earliest = date.equals(today) ? minuteOf(time) : 0;
    const window = windows.find(({ to }) => to > earliest);
    if (window) return at(date, Math.max(window.from, earliest), calendar);
  }
  return time;
}

function addDays(start: Temporal.ZonedDateTime, days: number, calendar: Calendar): Temporal.ZonedDateTime {
  const wanted = minuteOf(start);
  let left = days;
  for (const { date, windows } of openDays(start.toPlainDate().add({ days: 1 }), calendar)) {
    left -= 1;
    if (left > 0) continue;
    // A short day ends earlier, and its break may lie elsewhere.
    const window = windows.find(({ to }) => to >= wanted);
    return at(date, window ? Math.max(window.from, wanted) : (windows.at(-1)?.to ?? wanted), calendar);
  }
  return start;
}

/** So many open minutes later. */
export function addMinutes(start: Temporal.ZonedDateTime, minutes: number, calendar: Calendar): Temporal.ZonedDateTime {
  const today = start.toPlainDate();
  let left = minutes;
  for (const { date, windows } of openDays(today, calendar)) {
    const earliest = date.equals(today) ? minuteOf(start) : 0;
    for (const { from, to } of windows) {
      const begin = Math.max(from, earliest);
      if (begin >= to) continue;
      if (left <= to - begin) return at(date, begin + left, calendar);
      left -= to - begin;
    }
  }
  return start;
}
