import { ownedName } from './names.ts';
import type { DnsClient } from './protocol.ts';
import { imageOf } from './zone.ts';

/**
 * Names that are in use in some zones, by records of any type or by an owner's marker alone.
 * @throws TargetError where a zone could not be transferred whole
 */
export async function takenNames(client: DnsClient, zones: readonly string[]): Promise<readonly string[]> {
  const images = await Promise.all(zones.map(async (zone) => imageOf(zone, await client.transfer(zone))));
  return images.flatMap((image) => [...image.names.keys()].map((name) => ownedName(name) ?? name));
}
