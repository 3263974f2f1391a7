import * as z from 'zod';
import type { Messages } from '../finding.ts';
import type { File } from '../load/yaml.ts';
import { WEEKDAYS } from '../organisation/organisation.ts';
import { type Loaded, parsePolicyFile } from '../policy-file.ts';
import type { Calendar } from './calendar.ts';

/** `08:00-12:00`; several in a day leave a break between them. */
const Window = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/)
  .transform((text) => ({ from: text.slice(0, 5), to: text.slice(6) }));

const Windows = z
  .array(Window)
  .refine(
    (windows) => windows.every(({ from, to }, index) => from < to && (windows[index - 1]?.to ?? '') <= from),
    'hours must go forward and not overlap',
  );

/** `calendars/<place>.yaml`. */
const CalendarFile = z.strictObject({
  zone: z.string().regex(/^[A-Za-z_]+(\/[A-Za-z_]+)*$/),
  zoneName: z.string().min(1),
  /** Whether the national holidays and joint leave close it. */
  holidays: z.boolean(),
  hours: z.strictObject(Object.fromEntries(WEEKDAYS.map((day) => [day, z.exactOptional(Windows)]))),
});

/** `holidays/<year>.yaml`. */
const HolidaysFile = z.strictObject({
  year: z.int(),
  decree: z.strictObject({ number: z.string(), title: z.string(), source: z.string() }),
  holidays: z.record(z.iso.date(), z.string().min(1)),
  jointLeave: z.record(z.iso.date(), z.string().min(1)),
});

/** Closed days by year. */
export type Closed = ReadonlyMap<number, ReadonlyMap<string, string>>;

/** @param closed asked only for a calendar that holidays close */
export function parseCalendar(id: string, file: File, closed: () => Closed, messages: Messages): Loaded<Calendar> {
  const { data, findings } = parsePolicyFile(file, CalendarFile, messages);
  if (data === undefined) return { findings };
  const hours = Object.fromEntries(
    WEEKDAYS.flatMap((day, index) => (data.hours[day] === undefined ? [] : [[index + 1, data.hours[day]]])),
  );
  return {
    value: { id, zone: data.zone, zoneName: data.zoneName, hours, closed: data.holidays ? closed() : null },
  };
}

/** Closed days of one year: national holidays and joint leave. A day of another year is a mistake. */
export function parseHolidays(year: number, file: File, messages: Messages): Loaded<ReadonlyMap<string, string>> {
  const { data, findings, report } = parsePolicyFile(file, HolidaysFile, messages);
  if (data === undefined) return { findings };
  if (data.year !== year) report('calendar/other-year', ['year'], { day: String(data.year), year });
  for (const list of ['holidays', 'jointLeave'] as const)
    for (const day of Object.keys(data[list]))
      if (!day.startsWith(`${year}-`)) report('calendar/other-year', [list, day], { day, year });
  if (findings.length > 0) return { findings };
  return { value: new Map(Object.entries({ ...data.holidays, ...data.jointLeave })) };
}
