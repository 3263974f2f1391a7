import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type Closed, parseCalendar, parseHolidays } from '../core/calendar/load.ts';
import { parseTask } from '../core/catalogue/assignments.ts';
import type { Catalogue, Offer } from '../core/catalogue/catalogue.ts';
import { parseCatalogue, parseOffer } from '../core/catalogue/load.ts';
import type { Task } from '../core/catalogue/task.ts';
import { UserError } from '../core/errors.ts';
import type { Messages } from '../core/finding.ts';
import type { File } from '../core/load/yaml.ts';
import { parseEnvironment, parseOrganisation } from '../core/organisation/parse.ts';
import type { Policies } from '../core/policies.ts';
import type { Loaded } from '../core/policy-file.ts';
import { lazyMap } from './lazy-map.ts';
import { lazyMessages } from './lazy-messages.ts';
import { SERVICES } from './services/index.ts';

const CATALOGUE = 'catalogue';
const services = new Map(SERVICES.map((service) => [service.name, service]));

/** Of this product: what a ministry's own folder need not carry, for it is the same for all. */
const PRODUCT = import.meta.dirname;
const orProduct = (folder: string, part: 'catalogues' | 'calendars' | 'holidays' | 'messages'): string =>
  join(existsSync(join(folder, part)) ? folder : PRODUCT, part);

/**
 * Reads policies/. A folder of a ministry's own may leave out catalogues, calendars, holidays and messages: then the
 * product's hold. People and environments are always its own. A run pays for what it asks for: each catalogue, offer and calendar is read and checked on its first
 * `get`; `checkPolicies` asks for all.
 * @param environment a name in policies/environments, or the path of a file
 * @throws UserError, also later from a `get`, with all findings of the file that is wrong
 */
export function loadPolicies(folder: string, environment: string): Policies {
  const messages = lazyMessages(
    yamlNamesIn(orProduct(folder, 'messages')).map((name) => {
      const path = join(orProduct(folder, 'messages'), `${name}.yaml`);
      return { path, text: readFileSync(path, 'utf8') };
    }),
  );
  return {
    messages,
    services,
    environment: taken('environment', parseEnvironment(file(environmentFile(folder, environment)), messages)),
    organisation: taken('organisation', parseOrganisation(organisationFiles(folder), messages)),
    calendars: calendarsOf(folder, messages),
    catalogues: lazyMap(foldersIn(orProduct(folder, 'catalogues')), (id) => catalogueOf(folder, id, messages)),
  };
}

/** The file of an environment: what is no name is a path. */
export const environmentFile = (folder: string, environment: string): string =>
  environment.includes(sep) || environment.endsWith('.yaml')
    ? environment
    : join(folder, 'environments', `${environment}.yaml`);

const organisationFiles = (folder: string) => ({
  units: file(folder, 'organisation', 'units.yaml'),
  people: file(folder, 'organisation', 'people.yaml'),
  teams: file(folder, 'organisation', 'teams.yaml'),
});

function calendarsOf(folder: string, messages: Messages): Policies['calendars'] {
  let closed: Closed | undefined;
  const closedDays = (): Closed => {
    const years = orProduct(folder, 'holidays');
    closed ??= lazyMap(yamlNamesIn(years).map(yearOf), (year) =>
      taken(`holidays of ${year}`, parseHolidays(year, file(years, `${year}.yaml`), messages)),
    );
    return closed;
  };
  const home = orProduct(folder, 'calendars');
  return lazyMap(yamlNamesIn(home), (id) =>
    taken(`calendar '${id}'`, parseCalendar(id, file(home, `${id}.yaml`), closedDays, messages)),
  );
}

/** @throws UserError for a name under which nobody would look for a year */
function yearOf(name: string): number {
  if (/^\d{4}$/.test(name)) return Number(name);
  throw new UserError({
    id: `Tidak dapat memakai hari libur '${name}.yaml': beri nama menurut tahunnya, misalnya 2027.yaml`,
    en: `Cannot use holidays '${name}.yaml': name the file by its year, for example 2027.yaml`,
  });
}

function catalogueOf(folder: string, id: string, messages: Messages): Catalogue {
  const home = join(orProduct(folder, 'catalogues'), id);
  const offered = yamlNamesIn(home).filter((name) => name !== CATALOGUE);
  const tasks = tasksOf(join(home, 'tasks'), messages);
  const offers = lazyMap(offered, (service) => offerOf({ home, catalogue: id, name: service, tasks }, messages));
  const head = file(home, `${CATALOGUE}.yaml`);
  return taken(`catalogue '${id}'`, parseCatalogue(id, head, { offers, tasks }, messages));
}

/** A catalogue of which people do nothing has no such folder. */
const tasksOf = (folder: string, messages: Messages): ReadonlyMap<string, Task> =>
  lazyMap(existsSync(folder) ? yamlNamesIn(folder) : [], (name) =>
    taken(`task '${name}'`, parseTask(file(folder, `${name}.yaml`), messages)),
  );

interface OfferPlace {
  readonly home: string;
  readonly catalogue: string;
  readonly name: string;
  readonly tasks: ReadonlyMap<string, Task>;
}

function offerOf({ home, catalogue, name, tasks }: OfferPlace, messages: Messages): Offer {
  const service = services.get(name);
  const what = `service '${name}' of catalogue '${catalogue}'`;
  if (service === undefined) throw new UserError(`Cannot load ${what}: policies/services has no such service`);
  return taken(what, parseOffer(catalogue, service, file(home, `${name}.yaml`), messages, tasks));
}

function taken<T>(what: string, loaded: Loaded<T>): T {
  if ('value' in loaded) return loaded.value;
  throw new UserError(`Cannot load ${what}: it has ${loaded.findings.length} findings`, loaded.findings);
}

function file(...parts: readonly string[]): File {
  const path = join(...parts);
  try {
    return { path, bytes: readFileSync(path) };
  } catch (cause) {
    const id = `Tidak dapat membaca '${path}'; sebut folder lain dengan --policies, atau lingkungan lain dengan --environment`;
    const en = `Cannot read '${path}'; name another folder with --policies, or another environment with --environment`;
    throw new UserError({ id, en }, [], { cause });
  }
}

const entriesIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));

const foldersIn = (folder: string): string[] =>
  entriesIn(folder)
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

const yamlNamesIn = (folder: string): string[] =>
  entriesIn(folder)
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => entry.name.slice(0, -'.yaml'.length));
