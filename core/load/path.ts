import type { Fault } from './fault.ts';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST = 63;

export interface RequestPath {
  readonly unit: string;
  readonly name: string;
  readonly fault?: Omit<Fault, 'at'>;
}

/** Unit and name of `.../<unit>/<name>.yaml`: both ASCII slugs of at most 63 characters. */
export function requestPath(path: string): RequestPath {
  const segments = path.split('/');
  const file = segments.at(-1) ?? '';
  const unit = segments.at(-2) ?? '';
  const name = file.replace(/\.ya?ml$/i, '');
  const isWell = SLUG.test(unit) && SLUG.test(name) && name.length <= LONGEST && file === `${name}.yaml`;
  if (isWell) return { unit, name };
  const better = `${slugged(unit)}/${slugged(name)}.yaml`;
  const suggestion = /^[a-z0-9-]+\/[a-z0-9-]+\.yaml$/.test(better) ? { suggestion: better } : {};
  return { unit, name, fault: { code: 'request/path', values: { path }, ...suggestion } };
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
