import type { RequestId } from '../resource.ts';
import type { Fault } from './fault.ts';

const YAML = /\.ya?ml$/i;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST = 63;

export interface RequestPath {
  readonly id: RequestId;
  readonly unit: string;
  readonly name: string;
  readonly fault?: Omit<Fault, 'at'>;
}

/** Whether a file name is one of a request: README and the like are none. */
export const isRequestFile = (name: string): boolean => YAML.test(name);

/** `requests/djp/spt.yaml`, `djp/spt.yaml` and `djp/spt` name the same request: its folder and its name. */
export function requestIdOf(path: string): RequestId {
  const end = YAML.test(path) ? path.lastIndexOf('.') : path.length;
  const slash = path.lastIndexOf('/', end - 1);
  return path.slice(slash > 0 ? path.lastIndexOf('/', slash - 1) + 1 : 0, end);
}

/** The unit of a request: `djp` of `djp/spt`. */
export const unitOf = (request: RequestId): string => request.slice(0, Math.max(0, request.indexOf('/')));

/** Unit and name of `.../<unit>/<name>.yaml`: both ASCII slugs of at most 63 characters. */
export function requestPath(path: string): RequestPath {
  const id = requestIdOf(path);
  const unit = unitOf(id);
  const name = id.slice(id.indexOf('/') + 1);
  const isWell = SLUG.test(unit) && SLUG.test(name) && name.length <= LONGEST && path.endsWith(`/${name}.yaml`);
  if (isWell) return { id, unit, name };
  const better = `${slugged(unit)}/${slugged(name)}.yaml`;
  const suggestion = /^[a-z0-9-]+\/[a-z0-9-]+\.yaml$/.test(better) ? { suggestion: better } : {};
  return { id, unit, name, fault: { code: 'request/path', values: { path }, ...suggestion } };
}

/** A text as a slug: accents dropped, anything else to hyphens; empty where letters of other scripts would be lost. */
export function slugged(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  if (/[^\p{ASCII}]/u.test(plain)) return '';
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST);
}
