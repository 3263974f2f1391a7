import type { Observed, RequestId } from '../../core/resource.ts';
import { isManaged, usualType } from './names.ts';
import { isWithin } from './wire/name.ts';
import { type Marked, observed, ownerIn, type Place, rrsetsOf, type ZoneImage } from './zone.ts';

/** What requests own in a zone: taken down while it is read, and known when it was. */
interface Owned {
  readonly marked: Marked;
  objectsIn(image: ZoneImage): readonly Observed[];
}

/**
 * RRsets of managed types that requests own, and markers alone, which a crash leaves behind. What a zone still holds below
 * another one of ours is answered by that one.
 *
 * A server sends a name before the marker below it, so that mostly nothing is left to do at the end. Where more comes to a
 * name later, all is taken down anew.
 */
export function ownedIn(zone: string, owners: ReadonlySet<RequestId>, zones: readonly string[]): Owned {
  const inner = zones.filter((one) => one !== zone && isWithin(one, zone));
  let objects: Observed[] = [];
  let isWhole = true;
  const take = (name: string, { records, marker }: Place) => {
    const owner = ownerIn(marker);
    if (owner === null || !owners.has(owner) || inner.some((one) => isWithin(name, one))) return;
    if (records === undefined) objects.push(observed({ type: usualType(zone), name, zone }, undefined, owner));
    else
      for (const rrset of rrsetsOf(records))
        if (isManaged(rrset.type)) objects.push(observed({ type: rrset.type, name, zone }, rrset, owner));
  };
  return {
    marked(name, place, isLate) {
      if (isLate) isWhole = false;
      else take(name, place);
    },
    objectsIn({ places }) {
      if (isWhole) return objects;
      objects = [];
      for (const [name, place] of places) take(name, place);
      return objects;
    },
  };
}
