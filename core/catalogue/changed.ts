import { canonical } from '../canonical.ts';
import type { ServiceRequest } from '../request.ts';
import { isEvidence } from './claims.ts';

type Members = Readonly<Record<string, unknown>>;
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths whose values differ between two versions of a request, sorted; a list is one value. */
export function changedPaths(before: ServiceRequest, after: ServiceRequest): readonly string[] {
  const paths: string[] = [];
  compare({ ...before }, { ...after }, '', paths);
  return paths.filter((path) => !isEvidence(path)).sort();
}

function compare(before: unknown, after: unknown, path: string, paths: string[]): void {
  if (isMembers(before) || isMembers(after)) {
    const was = isMembers(before) ? before : {};
    const is = isMembers(after) ? after : {};
    for (const name of new Set([...Object.keys(was), ...Object.keys(is)]))
      compare(was[name], is[name], path === '' ? name : `${path}.${name}`, paths);
    return;
  }
  if (before === after) return;
  if (before === undefined || after === undefined || canonical(before) !== canonical(after)) paths.push(path);
}

/** The value at a path such as `spec.quota.gb`; undefined where there is none. */
export function valueAt(request: ServiceRequest, path: string): unknown {
  let value: unknown = request;
  for (const name of path.split('.')) value = isMembers(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}
