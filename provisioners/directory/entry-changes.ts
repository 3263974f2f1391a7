import { type Entry, type Modification, textsOf } from './protocol.ts';

/** Attribute name to the values that it shall have; none removes it. */
export type Target = Readonly<Record<string, readonly string[]>>;

/**
 * One attribute from its old values to the new ones, as a compare-and-set: deleting a value that is no longer there
 * fails the whole modify (code 16), and so does adding one that came meanwhile.
 */
export function swap(attribute: string, before: readonly string[], after: readonly string[]): Modification[] {
  const removed = before.filter((value) => !after.includes(value));
  const added = after.filter((value) => !before.includes(value));
  return [
    ...(removed.length === 0 ? [] : [{ operation: 'delete' as const, attribute, values: removed }]),
    ...(added.length === 0 ? [] : [{ operation: 'add' as const, attribute, values: added }]),
  ];
}

/** What brings an entry to its target; empty when it is there. */
export const changesTo = (entry: Entry, target: Target): Modification[] =>
  Object.entries(target).flatMap(([attribute, values]) => swap(attribute, textsOf(entry, attribute), values));

/** Proves, inside the modify itself, that a value still stands as it was read. */
export const unchanged = (attribute: string, value: string): Modification[] => [
  { operation: 'delete', attribute, values: [value] },
  { operation: 'add', attribute, values: [value] },
];
