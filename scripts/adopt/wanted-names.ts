import { existsSync, readFileSync } from 'node:fs';
import { UserError } from '../../core/errors.ts';

/** Which names are asked for: all, those that fit a pattern, those of a list. */
export interface WantedNames {
  /** With `*` for any characters; without, a part of the name. */
  readonly filter?: string;
  /** In lower case. */
  readonly list?: readonly string[];
}

/** One name on each line; empty lines and those that begin with # are left out. @throws UserError */
export function readNames(file: string): readonly string[] {
  if (!existsSync(file)) throw new UserError(`Cannot read names: '${file}' does not exist`);
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  return lines.flatMap((line, index) => {
    const name = line.trim().toLowerCase();
    if (name === '' || name.startsWith('#')) return [];
    if (!/^[\x21-\x7e]{1,253}$/.test(name))
      throw new UserError(`Cannot use line ${index + 1} of '${file}': '${name}' is no login and no host name`);
    return [name];
  });
}

/** Whether a name, in lower case, is asked for. */
export function matcher({ filter, list }: WantedNames): (name: string) => boolean {
  const listed = list && new Set(list);
  const parts = (filter ?? '*').toLowerCase().split('*');
  const pattern = parts.map((part) => part.replace(/[^a-z0-9]/g, '\\$&')).join('.*');
  const whole = new RegExp(parts.length > 1 ? `^${pattern}$` : pattern);
  return (name) => (listed?.has(name) ?? true) && whole.test(name);
}

/** What every name that fits begins with; empty where nothing is known. */
export const prefixOf = ({ filter }: WantedNames): string =>
  filter?.includes('*') ? (filter.toLowerCase().split('*')[0] ?? '') : '';
