import { stampAt } from '../../../core/calendar/zone.ts';

/** Indonesia's three zones by their offset; elsewhere the offset itself. */
const NAMES: Readonly<Record<string, string>> = { '+07:00': 'WIB', '+08:00': 'WITA', '+09:00': 'WIT' };

/** An instant for people: `2026-11-20 11.02 WIB`. */
export function momentText(at: string, zone: string): string {
  const stamp = stampAt(new Date(at), zone);
  const offset = stamp.slice(19);
  return `${stamp.slice(0, 10)} ${stamp.slice(11, 16).replace(':', '.')} ${NAMES[offset] ?? offset}`;
}
