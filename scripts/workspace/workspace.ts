import { dayAt, instantOf } from '../../core/calendar/zone.ts';
import { UserError } from '../../core/errors.ts';
import type { Policies } from '../../core/policies.ts';
import { loadPolicies } from '../../policies/load.ts';
import { openStore, type Store } from '../store/store.ts';
import type { Options } from './options.ts';

/** What a command works on: the rules, the requests' folder, the store and the day. */
export interface Workspace {
  readonly options: Options;
  readonly policies: Policies;
  readonly store: Store;
  /** IANA zone of the environment's calendar. */
  readonly zone: string;
  /** ISO date, in that zone. */
  readonly today: string;
  /** The instant of the run; with `--today` ten in the morning of that day, when every office is open. */
  readonly now: () => Date;
}

/**
 * Opens what the options name.
 * @param clock the run's clock where it is neither the machine's nor that of `--today`
 */
export function openWorkspace(options: Options, clock?: () => Date): Workspace {
  const policies = loadPolicies(options.policies, options.environment);
  const zone = zoneOf(policies);
  const { today } = options;
  const now = clock ?? (today === undefined ? () => new Date() : () => instantOf(`${today}T10:00:00`, zone));
  return {
    options,
    policies,
    store: openStore(options.store, () => now().toISOString()),
    zone,
    today: today ?? dayAt(now(), zone),
    now,
  };
}

/** @throws UserError where the environment names a calendar that nobody has */
function zoneOf({ environment, calendars }: Policies): string {
  const calendar = calendars.get(environment.calendar);
  if (calendar !== undefined) return calendar.zone;
  throw new UserError(
    `Cannot tell the day: environment '${environment.name}' names calendar '${environment.calendar}', policies/calendars has ${[...calendars.keys()].join(', ')}`,
  );
}
