import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import {
  type Names,
  type PublishedReading,
  parseNames,
  parseUnitReading,
  type UnitReading,
} from '../../core/reading/published.ts';

/** Path of a unit's reading, and of the names, below the folder of a published reading. */
export const unitFile = (unit: string): string => `units/${unit}.json`;
export const NAMES_FILE = 'names.json';

/** One line a member of each list, so that git stores and shows what changed. */
export function readingText(reading: UnitReading | Names): string {
  const members = Object.entries(reading).map(([name, value]) => {
    if (!Array.isArray(value) || value.length === 0) return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    return `${JSON.stringify(name)}: [\n${value.map((one) => JSON.stringify(one)).join(',\n')}\n]`;
  });
  return `{\n${members.join(',\n')}\n}\n`;
}

/** Writes one file of a published reading. */
export function writeReading(folder: string, name: string, reading: UnitReading | Names): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, readingText(reading));
}

/** Reads a folder in the layout of the journal branch's `reading/`. @throws UserError where it holds no reading */
export function openReading(folder: string): PublishedReading {
  const units = join(folder, 'units');
  if (!existsSync(units))
    throw new UserError(`Cannot plan from '${folder}': it has no 'units'; 'layanan reading' writes a reading`);
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  const files = readdirSync(units)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const names = join(folder, NAMES_FILE);
  return {
    units: files.map((name) => parseUnitReading(text(`units/${name}`), `${folder}/units/${name}`)),
    ...(existsSync(names) ? { names: parseNames(text(NAMES_FILE), names) } : {}),
  };
}
