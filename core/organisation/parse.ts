import type { Messages } from '../finding.ts';
import type { File } from '../load/yaml.ts';
import { type Loaded, parsePolicyFile, type Report } from '../policy-file.ts';
import type { Environment } from '../service.ts';
import { type PathFault, peopleFaults, teamFaults, unitFaults } from './faults.ts';
import type { Organisation } from './organisation.ts';
import { EnvironmentFile, PeopleFile, TeamsFile, UnitsFile } from './schema.ts';

const withIds = <T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, T & { readonly id: string }> =>
  new Map(Object.entries(entries).map(([id, entry]) => [id, { ...entry, id }]));

const reportAll = (faults: readonly PathFault[], report: Report) => {
  for (const { code, path, values } of faults) report(code, path, values);
};

/** The files of policies/organisation; one fault refuses the whole, so that no rule runs on a part. */
export function parseOrganisation(
  files: { readonly units: File; readonly people: File; readonly teams: File },
  messages: Messages,
): Loaded<Organisation> {
  const units = parsePolicyFile(files.units, UnitsFile, messages);
  const people = parsePolicyFile(files.people, PeopleFile, messages);
  const teams = parsePolicyFile(files.teams, TeamsFile, messages);
  if (units.data !== undefined && people.data !== undefined) {
    reportAll(unitFaults(units.data), units.report);
    reportAll(peopleFaults(people.data, units.data), people.report);
  }
  if (people.data !== undefined && teams.data !== undefined)
    reportAll(teamFaults(teams.data, people.data), teams.report);
  const findings = [...units.findings, ...people.findings, ...teams.findings];
  if (findings.length > 0 || !units.data || !people.data || !teams.data) return { findings };
  return { value: { units: withIds(units.data), people: withIds(people.data), teams: withIds(teams.data) } };
}

/** A file of policies/environments. */
export function parseEnvironment(file: File, messages: Messages): Loaded<Environment> {
  const { data, findings } = parsePolicyFile(file, EnvironmentFile, messages);
  return data === undefined ? { findings } : { value: data };
}
