import type { Calendar } from './calendar/calendar.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { Messages } from './finding.ts';
import type { Organisation } from './organisation/organisation.ts';
import type { Environment, Service } from './service.ts';

/** All that policies/ says, loaded and checked; handed to `core` as one value. */
export interface Policies {
  readonly catalogues: ReadonlyMap<string, Catalogue>;
  readonly services: ReadonlyMap<string, Service>;
  readonly organisation: Organisation;
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly environment: Environment;
  readonly messages: Messages;
}
