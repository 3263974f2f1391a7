/** Name and place of an object in the tree, and the rename or move that brings it there. */
import type { Fields } from '../../core/kinds.ts';
import { byIdentity, type Dn, formatDn, parseDn, sameDn } from './dn.ts';
import { protectedPlace } from './protection.ts';
import type { Found } from './session.ts';
import { refuse, runStep, type Work } from './step.ts';

/** The DN that the fields name. Refuses places that are not written. */
export function placeOf(work: Work, fields: Fields): Dn {
  const { ou, cn } = fields;
  if (typeof ou !== 'string' || typeof cn !== 'string') return refuse(work, 'invalid', 'ou and cn are wanted');
  const parent = parseDn(ou);
  if (parent.some((rdn) => rdn.type.toLowerCase() !== 'ou'))
    refuse(work, 'protected', `'${ou}' is no organisational unit`);
  const protection = protectedPlace(parent);
  if (protection !== undefined) refuse(work, 'protected', `in '${ou}' nothing is written: ${protection}`);
  return [{ type: 'CN', value: cn }, ...parent, ...work.session.base];
}

/**
 * Renames and moves in one operation, by identity, so that the object keeps its objectGUID and memberships. The parent
 * is always named: Samba takes an identity for a name without one (32).
 */
export async function moveTo(work: Work, found: Found, fields: Fields): Promise<Found> {
  const place = placeOf(work, { ...found.observed.fields, ...fields });
  const held = parseDn(found.entry.dn);
  if (sameDn(place, held) && place[0]?.value === held[0]?.value) return found;
  const parent = formatDn(place.slice(1));
  const now = await runStep(work, {
    operation: 'modifyDN',
    send: () => work.session.client.modifyDn(byIdentity(found.identity), formatDn(place.slice(0, 1)), parent),
    settled: (seen) =>
      seen !== undefined &&
      sameDn(parseDn(seen.entry.dn), place) &&
      parseDn(seen.entry.dn)[0]?.value === place[0]?.value,
  });
  return now ?? refuse(work, 'stale', 'it is gone');
}
