/**
 * What a name looks like: two names with one skeleton are told apart by nobody who reads them (UTS 39, section 4, by its
 * table of confusables for the characters that our identifiers may have: small letters, digits, dot, hyphen, underscore).
 * A zero looks like a capital O there, and letters of either case are the same to a directory.
 */
export function skeletonOf(name: string): string {
  if (!CONFUSABLE.test(name)) return name;
  // One after the other: no prototype has a character that has one itself.
  return name.replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('m', 'rn');
}

const CONFUSABLE = /[01m]/;
