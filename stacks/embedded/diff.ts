import { isDeepStrictEqual } from 'node:util';
import type { Properties } from '../provider.ts';

const parts = (path: string): readonly string[] => path.split('.');

function valueAt(value: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  return typeof value === 'object' && value !== null ? valueAt((value as Properties)[first], rest) : undefined;
}

function withValueAt(value: unknown, path: readonly string[], replacement: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return replacement;
  const { [first]: inner, ...others } = (value ?? {}) as Properties;
  const replaced = withValueAt(inner, rest, replacement);
  return replaced === undefined ? others : { ...others, [first]: replaced };
}

/** New inputs in which what is to be ignored stays as it was. */
export const ignoring = (after: Properties, before: Properties, paths: readonly string[]): Properties =>
  paths.reduce((inputs, path) => withValueAt(inputs, parts(path), valueAt(before, parts(path))) as Properties, after);

/** Names of the inputs that differ, in order. */
export const differences = (before: Properties, after: Properties): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .sort();
