/**
 * Hours ahead of UTC in the zones of Indonesia, WIB, WITA and WIT: by decree they never change their clocks (Keppres
 * 41/1987). Every command asks for the day, and it takes `Intl` 10 ms to begin.
 */
const FIXED: ReadonlyMap<string, number> = new Map([
  ['Asia/Jakarta', 7],
  ['Asia/Pontianak', 7],
  ['Asia/Makassar', 8],
  ['Asia/Jayapura', 9],
]);

/** Local time of an instant by the data of an IANA zone: `2026-11-24T10:00:00`. */
function localTime(instant: Date, zone: string): string {
  const hours = FIXED.get(zone);
  if (hours !== undefined) return new Date(instant.getTime() + hours * 3_600_000).toISOString().slice(0, 19);
  // Sweden writes ISO 8601.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  return format.format(instant).replace(' ', 'T');
}

/** The ISO date that people in a zone have at an instant. */
export const dayAt = (instant: Date, zone: string): string => localTime(instant, zone).slice(0, 10);

/** Milliseconds by which a zone's clocks are ahead of UTC at a whole second. */
const offsetAt = (time: number, zone: string): number => Date.parse(`${localTime(new Date(time), zone)}Z`) - time;

/** An instant as people there write it, to the second: `2026-11-24T10:00:00+07:00`. */
export function stampAt(instant: Date, zone: string): string {
  const time = Math.floor(instant.getTime() / 1000) * 1000;
  const minutes = offsetAt(time, zone) / 60_000;
  const two = (number: number) => String(Math.floor(Math.abs(number))).padStart(2, '0');
  return `${localTime(instant, zone)}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** The instant of a local time such as `2026-11-24T10:00:00`; of one that a change of clocks skips, the one after it. */
export function instantOf(local: string, zone: string): Date {
  const asUtc = Date.parse(`${local}Z`);
  // The offset at the instant itself: the first guess may lie on the other side of a change of clocks.
  return new Date(asUtc - offsetAt(asUtc - offsetAt(asUtc, zone), zone));
}
