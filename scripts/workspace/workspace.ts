import type { Policies } from '../../core/policies.ts';
import { loadPolicies } from '../../policies/load.ts';
import { openStore, type Store } from '../store/store.ts';
import type { Options } from './options.ts';
import { serviceDay } from './service-day.ts';

/** What a command works on: the rules, the requests' folder, the store and the day. */
export interface Workspace {
  readonly options: Options;
  readonly policies: Policies;
  readonly store: Store;
  /** ISO date. */
  readonly today: string;
  /** The instant of the run; that of `--today` at ten in the morning of the service hours where it is given. */
  readonly now: () => Date;
}

const TEN_O_CLOCK = 'T03:00:00.000Z';

/** The machine's clock, or where a day is given ten in the morning of it. */
export const clockOf =
  ({ today }: Pick<Options, 'today'>): (() => Date) =>
  () =>
    today === undefined ? new Date() : new Date(`${today}${TEN_O_CLOCK}`);

/**
 * Opens what the options name.
 * @param clock the run's clock where it is neither the machine's nor that of `--today`
 */
export function openWorkspace(options: Options, clock?: () => Date): Workspace {
  const now = clock ?? clockOf(options);
  return {
    options,
    policies: loadPolicies(options.policies, options.environment),
    store: openStore(options.store, () => now().toISOString()),
    today: options.today ?? serviceDay(now()),
    now,
  };
}
