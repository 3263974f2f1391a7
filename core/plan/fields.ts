import { type Comparison, comparisonsOf, type Fields, type FieldValue, type Kind } from '../kinds.ts';

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((member, at) => member === b[at]);

const sameSet = (a: readonly string[], b: readonly string[]): boolean => {
  if (a.length !== b.length) return false;
  if (sameList(a, b)) return true;
  const members = new Set(a);
  return members.size === new Set(b).size && b.every((member) => members.has(member));
};

/** Whether what was read satisfies what is wanted. */
function satisfies(wanted: FieldValue, read: FieldValue | undefined, comparison: Comparison): boolean {
  if (wanted === read) return true;
  if (comparison === 'set') return Array.isArray(wanted) && sameSet(wanted, Array.isArray(read) ? read : []);
  if (comparison === 'list') return Array.isArray(wanted) && Array.isArray(read) && sameList(wanted, read);
  if (comparison === 'caseless') return String(wanted).toLowerCase() === String(read).toLowerCase();
  if (comparison === 'atLeast') return typeof read === 'string' && Date.parse(read) >= Date.parse(String(wanted));
  return false;
}

/**
 * The fields of a desired resource that an observed one does not satisfy, with both values; undefined where it
 * satisfies all. A field that is read but not wanted is not managed and stays as it is.
 */
export function differing(kind: Kind, wanted: Fields, read: Fields): { before: Fields; after: Fields } | undefined {
  const comparisons = comparisonsOf(kind);
  let before: Record<string, FieldValue> | undefined;
  let after: Record<string, FieldValue> | undefined;
  for (const name in wanted) {
    const value = wanted[name] as FieldValue;
    const comparison = comparisons[name];
    if (comparison === undefined) throw new Error(`Cannot compare field '${name}': kind '${kind}' has no such field`);
    if (satisfies(value, read[name], comparison)) continue;
    before = { ...before, [name]: read[name] ?? null };
    after = { ...after, [name]: value };
  }
  return before && after ? { before, after } : undefined;
}
