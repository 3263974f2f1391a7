import type { z } from 'zod';
import type { Loaded } from '../policy-file.ts';
import { type Finding, finding, type Messages } from '../finding.ts';
import { type File, readYaml } from '../load/yaml.ts';
import type { Places } from '../request.ts';
import type { Environment } from '../service.ts';
import { type PathFault, peopleFaults, unitFaults } from './faults.ts';
import type { Organisation } from './organisation.ts';
import { EnvironmentFile, PeopleFile, UnitsFile } from './schema.ts';

type Read<T> = { readonly value: T; readonly places: Places } | { readonly findings: readonly Finding[] };

const found = (places: Places, { code, path, values }: PathFault, messages: Messages): Finding =>
  finding(messages, code, places.of(path), values);

/** YAML as strictly as a request, then the schema. */
function read<S extends z.ZodType>(file: File, schema: S, messages: Messages): Read<z.output<S>> {
  const { value, places, findings } = readYaml(file, messages);
  if (findings.length > 0) return { findings };
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, places };
  const faults = result.error.issues.map(({ path, message }) => {
    const steps = path.map((step) => (typeof step === 'number' ? step : String(step)));
    return { code: 'organisation/bad-value', path: steps, values: { path: steps.join('.'), reason: message } };
  });
  return { findings: faults.map((fault) => found(places, fault, messages)) };
}

const withIds = <T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, T & { readonly id: string }> =>
  new Map(Object.entries(entries).map(([id, entry]) => [id, { ...entry, id }]));

/** units.yaml and people.yaml of policies/organisation; one fault refuses the whole, so that no rule runs on a part. */
export function parseOrganisation(
  files: { readonly units: File; readonly people: File },
  messages: Messages,
): Loaded<Organisation> {
  const units = read(files.units, UnitsFile, messages);
  const people = read(files.people, PeopleFile, messages);
  if ('findings' in units || 'findings' in people) {
    return { findings: [units, people].flatMap((one) => ('findings' in one ? one.findings : [])) };
  }
  const findings = [
    ...unitFaults(units.value).map((fault) => found(units.places, fault, messages)),
    ...peopleFaults(people.value, units.value).map((fault) => found(people.places, fault, messages)),
  ];
  return findings.length > 0 ? { findings } : { value: { units: withIds(units.value), people: withIds(people.value) } };
}

/** A file of policies/environments. */
export function parseEnvironment(file: File, messages: Messages): Loaded<Environment> {
  const environment = read(file, EnvironmentFile, messages);
  return 'findings' in environment ? environment : { value: environment.value };
}
