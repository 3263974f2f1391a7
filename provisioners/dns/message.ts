import type { Target } from './names.ts';
import type { UpdateMessage } from './protocol.ts';
import type { Item } from './shares.ts';
import { inUse, ownerOf, rrsetAt, type ZoneImage } from './zone.ts';

/** What must stand at the server after a message: the RRset, and the owner of its name. */
export interface Expected {
  readonly rrset: { readonly ttl: number; readonly values: readonly string[] } | undefined;
  readonly owner: string | null;
}

/** What a change asks of a message and must bring about, or why it may not be written. */
export type Step =
  | { readonly message: Omit<UpdateMessage, 'zone'>; readonly expected: Expected }
  | { readonly code: string; readonly reason: string };

/** A change that may be written. */
export interface Planned extends Item {
  readonly message: Omit<UpdateMessage, 'zone'>;
  readonly expected: Expected;
}

/**
 * One message of several changes. The whole zone must be as it was read, where one of them is judged by a TTL: a
 * prerequisite cannot name a TTL (RFC 2136 section 2.4.2), but every change raises the serial in the SOA.
 * @param guarded whether to ask for that; contenders for one zone keep each other waiting
 */
export function messageOf(image: ZoneImage, planned: readonly Planned[], guarded: boolean): UpdateMessage {
  const { zone } = image;
  const soa = rrsetAt(image, { name: zone, type: 'SOA' });
  const unmoved = guarded && soa !== undefined && planned.some(({ change }) => change.action !== 'create');
  return {
    zone,
    prerequisites: [
      ...(unmoved ? [{ kind: 'rrsetEquals' as const, name: zone, records: soa.records }] : []),
      ...planned.flatMap(({ message }) => message.prerequisites),
    ],
    updates: planned.flatMap(({ message }) => message.updates),
  };
}

/** Whether a zone holds what a message was to bring about. */
export function holds(image: ZoneImage, target: Target, { rrset, owner }: Expected): boolean {
  const there = rrsetAt(image, target);
  if (rrset === undefined) {
    if (there !== undefined) return false;
    return owner === null ? !inUse(image, target.name) : ownerOf(image, target.name) === owner;
  }
  const values = rrset.values.toSorted();
  return (
    there?.ttl === rrset.ttl &&
    there.values.length === values.length &&
    there.values.every((value, index) => value === values[index]) &&
    ownerOf(image, target.name) === owner
  );
}
