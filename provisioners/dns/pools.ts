import type { Pool, PoolReading } from '../../core/resource.ts';
import { reverseName, zoneOf } from './names.ts';
import { encodeIPv4 } from './wire/address.ts';
import { WireError } from './wire/name.ts';
import { cutAbove, inUse, type ZoneImage } from './zone.ts';

export type AddressPool = Extract<Pool, { type: 'addresses' }>;

const LARGEST_POOL = 2 ** 18;

/** Addresses of a pool, ascending, with their reverse names. */
function* addressesOf({ key, first, last }: AddressPool): Iterable<{ address: string; name: string }> {
  const [from, to] = [first, last].map((address) => encodeIPv4(address).readUInt32BE()) as [number, number];
  if (to < from || to - from >= LARGEST_POOL)
    throw new WireError(
      `Cannot read pool '${key}': ${first} to ${last} is not 1 to ${LARGEST_POOL} addresses in order`,
    );
  for (let number = from; number <= to; number++) {
    const address = [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join('.');
    yield { address, name: reverseName(address) };
  }
}

/** The zones that hold the ledger of a pool. @throws WireError for a pool whose addresses are in none */
export function zonesOfPool(pool: AddressPool, zones: readonly string[]): ReadonlySet<string> {
  const needed = new Set<string>();
  for (const { address, name } of addressesOf(pool)) {
    const zone = zoneOf(name, zones);
    if (zone === undefined) throw new WireError(`Cannot read pool '${pool.key}': no reverse zone holds ${address}`);
    needed.add(zone);
  }
  return needed;
}

/** The reverse zones are the ledger: an address is free when nothing is at its name, nor at the owner's. */
export function readPool(pool: AddressPool, images: ReadonlyMap<string, ZoneImage>): PoolReading {
  const zones = [...images.keys()];
  const next: string[] = [];
  let free = 0;
  for (const { address, name } of addressesOf(pool)) {
    const image = images.get(zoneOf(name, zones) ?? '');
    if (image === undefined || inUse(image, name) || cutAbove(image, name) !== undefined) continue;
    free++;
    if (next.length < pool.want) next.push(address);
  }
  return { key: pool.key, free, next };
}
