/** Service hours are kept in Western Indonesian Time, UTC+7 without summer time. */
const SERVICE_ZONE_MS = 7 * 60 * 60 * 1000;

/** The day (ISO date) on which an instant falls where services are rendered. */
export const serviceDay = (instant: Date): string =>
  new Date(instant.getTime() + SERVICE_ZONE_MS).toISOString().slice(0, 10);
