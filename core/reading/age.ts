import type { PublishedReading } from './published.ts';

/** A reading holds as long as a confirmed plan does. */
export const READING_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** When the oldest part of a reading was taken, of those that plans of these units rest on; undefined for an empty one. */
export function takenAt({ units, names }: PublishedReading, of: ReadonlySet<string>): string | undefined {
  const times = units.filter((one) => of.has(one.unit)).map((one) => one.takenAt);
  return [...times, ...(names === undefined ? [] : [names.takenAt])].sort()[0];
}

/** Why no plan may be made from a reading; undefined where it may. */
export function staleness(
  published: PublishedReading,
  {
    units,
    environment,
    now,
  }: { readonly units: ReadonlySet<string>; readonly environment: string; readonly now: Date },
): string | undefined {
  const other = [...published.units, ...(published.names ? [published.names] : [])].find(
    (one) => one.environment !== environment,
  );
  if (other !== undefined) return `The reading is of environment '${other.environment}', wanted '${environment}'`;
  const at = takenAt(published, units);
  if (at === undefined) return 'Nothing was published yet of these units';
  const age = now.getTime() - Date.parse(at);
  if (age > READING_LIFETIME_MS) return `The reading was taken at ${at} and held for 24 hours`;
  // A clock of another machine may be a little ahead.
  return age < -10 * 60 * 1000 ? `The reading was taken at ${at}, which is in the future` : undefined;
}
