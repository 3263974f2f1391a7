import { Temporal } from 'temporal-polyfill';

/**
 * The instant (ISO 8601 UTC) at which clocks of a zone show a time on a day.
 * @param zone IANA name
 */
export const instantAt = (day: string, time: string, zone: string): string =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant().toString();
