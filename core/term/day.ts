/** Days as ISO dates, `2026-11-27`: a term knows no time of day and no zone. */

/** A length of time that is counted in whole days. */
export interface Span {
  readonly value: number;
  readonly unit: 'calendar_day' | 'month';
}

const DAY_MS = 24 * 60 * 60 * 1000;
const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** A day that many days later; earlier where negative. */
export const plusDays = (day: string, days: number): string => dayOf(timeOf(day) + days * DAY_MS);

/** The same day of the month, or its last where the month is shorter: 31 January and one month are 28 February. */
function plusMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

/** The day that lies a span after another. */
export const plus = (day: string, { value, unit }: Span): string =>
  unit === 'month' ? plusMonths(day, value) : plusDays(day, value);

/** How many days lie between two days; negative where the second comes first. */
export const daysBetween = (from: string, to: string): number => Math.round((timeOf(to) - timeOf(from)) / DAY_MS);
