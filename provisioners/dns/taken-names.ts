import type { DnsClient } from './protocol.ts';
import { readImage } from './zone.ts';

/**
 * Names that are in use in some zones, by records of any type or by an owner's marker alone.
 * @throws TargetError where a zone could not be transferred whole
 */
export async function takenNames(client: DnsClient, zones: readonly string[]): Promise<readonly string[]> {
  const images = await Promise.all(zones.map((zone) => readImage(client, zone)));
  return images.flatMap(({ places }) => [...places.keys()]);
}
