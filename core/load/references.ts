import { both, type Finding, finding, type Values } from '../finding.ts';
import type { Person } from '../organisation/organisation.ts';
import type { Policies } from '../policies.ts';
import type { Path, Places, ServiceRequest } from '../request.ts';
import { closest } from './closest.ts';
import { valueAt } from './node.ts';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Where a request names people. */
const PEOPLE: readonly Path[] = [['requester'], ['approval', 'letter', 'signer']];

/** True where policies/ knows every person that a request names; the quick look that nearly every file passes. */
export function knowsPeople(request: Omit<ServiceRequest, 'id' | 'unit' | 'name'>, policies: Policies): boolean {
  const { people } = policies.organisation;
  const { requester, approval, contacts } = request;
  if (!people.has(requester) || (approval && !people.has(approval.letter.signer))) return false;
  return contacts?.every((contact) => contact.includes('@') || people.has(contact)) ?? true;
}

/** Names in a request that policies/ does not know: catalogue, service, people. Ill-formed ones are the schema's finding. */
export function unknownNames(data: unknown, places: Places, policies: Policies): Finding[] {
  const report = (code: string, path: Path, values: Values, suggestion?: string) =>
    finding(policies.messages, code, places.of(path), values, suggestion);
  return [
    ...unknownOffer(data, policies, report),
    ...[...PEOPLE, ...contactPaths(data)].flatMap((path) => {
      const person = valueAt(data, path);
      const { people } = policies.organisation;
      if (!isPersonal(path, person) || people.has(person)) return [];
      return [report('request/unknown-person', path, { person }, personMeant(person, people))];
    }),
  ];
}

/** True for what stands where a person is named, whatever its form: no pattern tells who was meant. */
export function isPersonal(path: readonly PropertyKey[], value: unknown): value is string {
  const isPlace = path[0] === 'contacts' || PEOPLE.some((one) => one.join() === path.join());
  return isPlace && typeof value === 'string' && /^[ -?A-~]+$/.test(value);
}

/** Whose name it is, or whose id it nearly is. */
function personMeant(written: string, people: ReadonlyMap<string, Person>): string | undefined {
  const name = written.trim().toLowerCase();
  const named = [...people.values()].find((one) => one.name.toLowerCase() === name);
  return named?.id ?? closest(name.replace(/[\s._]+/g, '-'), people.keys());
}

type Report = (code: string, path: Path, values: Values, suggestion?: string) => Finding;

function unknownOffer(data: unknown, policies: Policies, report: Report): Finding[] {
  const name = slugAt(data, ['catalogue']);
  const service = slugAt(data, ['service']);
  const catalogue = name === undefined ? undefined : policies.catalogues.get(name);
  const findings: Finding[] = [];
  if (name !== undefined && catalogue === undefined) {
    const suggestion = closest(name, policies.catalogues.keys());
    const known = [...policies.catalogues.keys()].join(', ');
    findings.push(report('request/unknown-catalogue', ['catalogue'], { catalogue: name, known }, suggestion));
  }
  if (service === undefined || catalogue?.offers.has(service)) return findings;
  const offering = [...policies.catalogues.values()].filter((one) => one.offers.has(service)).map((one) => one.id);
  if (offering.length > 0) {
    const values = { service, catalogue: name ?? '', catalogues: offering.join(', ') };
    if (catalogue) findings.push(report('request/service-not-offered', ['catalogue'], values, offering[0]));
    return findings;
  }
  const known = catalogue?.offers.keys() ?? policies.services.keys();
  const services = [...known];
  const values = { service, known: both(services.join(', ')) };
  return [...findings, report('request/unknown-service', ['service'], values, closest(service, services))];
}

function contactPaths(data: unknown): Path[] {
  const contacts = valueAt(data, ['contacts']);
  return Array.isArray(contacts) ? contacts.map((_, index) => ['contacts', index]) : [];
}

function slugAt(data: unknown, path: Path): string | undefined {
  const value = valueAt(data, path);
  return typeof value === 'string' && SLUG.test(value) ? value : undefined;
}
