/**
 * What is in node_modules, held against the lockfile: prints the groups that an install left out (`dev optional`, or
 * an empty line), exit code 1 when the rest is not what the lockfile says. Runs before any dependency is there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly version?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly peer?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Packages = Readonly<Record<string, Locked>>;
type Group = 'dev' | 'optional';

/** The packages of a lockfile; none when npm has not finished writing it. */
function packagesOf(file: string): Packages {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { packages?: Packages }).packages ?? {};
  } catch {
    return {};
  }
}

const isLeftOut = (entry: Locked, omitted: readonly Group[]): boolean =>
  omitted.some((group) => entry[group] === true) || (entry.devOptional === true && omitted.length === 2);

/** A group is left out when none of the packages that only it asks for is there. */
function omittedGroups(wanted: Packages, found: Packages): readonly Group[] {
  const asked = { dev: wanted['']?.devDependencies, optional: wanted['']?.optionalDependencies };
  return (['dev', 'optional'] as const).filter((group) => {
    const paths = Object.keys(asked[group] ?? {}).map((name) => `node_modules/${name}`);
    const own = paths.filter((path) => wanted[path]?.[group] === true);
    return own.length > 0 && own.every((path) => found[path] === undefined);
  });
}

/** What the project itself asks for must be there, and what that needs; but npm may leave out what another platform needs. */
function isCurrent(wanted: Packages, found: Packages, omitted: readonly Group[]): boolean {
  const { dependencies, devDependencies, optionalDependencies } = wanted[''] ?? {};
  const direct = new Set(Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }));
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link === true || isLeftOut(entry, omitted)) return true;
    const installed = found[path];
    if (installed !== undefined) return installed.version === entry.version;
    const dispensable = entry.optional === true || entry.devOptional === true || entry.peer === true;
    return dispensable && !direct.has(path.slice('node_modules/'.length));
  });
}

const root = process.argv[2] ?? '.';
const wanted = packagesOf(join(root, 'package-lock.json'));
const found = packagesOf(join(root, 'node_modules/.package-lock.json'));
const missing = Object.keys(found).length === 0;
const omitted = missing ? [] : omittedGroups(wanted, found);
console.log(omitted.join(' '));
process.exitCode = !missing && isCurrent(wanted, found, omitted) ? 0 : 1;
