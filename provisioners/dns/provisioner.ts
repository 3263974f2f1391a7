import { TargetError } from '../../core/errors.ts';
import type { Provisioner } from '../../core/provisioner.ts';
import type { Observed, PoolReading, Reading, Unread, Wanted } from '../../core/resource.ts';
import { applyChanges } from './apply.ts';
import { type Target, targetOf } from './names.ts';
import { ownedIn } from './owned.ts';
import { type AddressPool, readPool, zonesOfPool } from './pools.ts';
import type { DnsClient } from './protocol.ts';
import { takenNames } from './taken-names.ts';
import { WireError } from './wire/name.ts';
import { cutAbove, observedAt, readImage, type ZoneImage } from './zone.ts';

export interface DnsOptions {
  readonly client: DnsClient;
  /** Zones that may be read and written, forward and reverse; lower case, without the final dot. */
  readonly zones: readonly string[];
  /** Changes in one message at most. @default 200 */
  readonly batch?: number;
}

const BATCH = 200;

const unread = (reason: string, key?: string): Unread => ({
  kind: 'dns-record',
  reason,
  ...(key === undefined ? {} : { key }),
});

/** Zones that were read, with what requests own there, and why others were not. */
interface Transferred {
  readonly images: Map<string, ZoneImage>;
  readonly owned: (readonly Observed[])[];
  readonly failures: Map<string, string>;
}

async function transferAll({ client, zones }: DnsOptions, { owners }: Wanted, concerned: Iterable<string>) {
  const transferred: Transferred = { images: new Map(), owned: [], failures: new Map() };
  const one = async (zone: string) => {
    const owned = ownedIn(zone, owners, zones);
    try {
      const image = await readImage(client, zone, owned.marked);
      transferred.images.set(zone, image);
      transferred.owned.push(owned.objectsIn(image));
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      transferred.failures.set(zone, error.message);
    }
  };
  await Promise.all(Array.from(concerned, one));
  return transferred;
}

/** What the keys ask for, sorted by what can be asked. */
function targetsOf({ keys }: Wanted, zones: readonly string[]): { targets: Target[]; faults: Unread[] } {
  const targets: Target[] = [];
  const faults: Unread[] = [];
  for (const { kind, key } of keys) {
    if (kind !== 'dns-record') continue;
    const target = targetOf(key, zones);
    if ('fault' in target) faults.push(unread(target.fault, key));
    else targets.push(target);
  }
  return { targets, faults };
}

/** Pools with the zones of their ledgers; a pool that nobody here can read is left out of the reading, with the reason. */
function ledgersOf({ pools }: Wanted, zones: readonly string[]) {
  const ledgers: { pool: AddressPool; zones: ReadonlySet<string> }[] = [];
  const faults: Unread[] = [];
  for (const pool of pools) {
    if (pool.type !== 'addresses') continue;
    try {
      ledgers.push({ pool, zones: zonesOfPool(pool, zones) });
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      faults.push(unread(error.message, `pool ${pool.key}`));
    }
  }
  return { ledgers, faults };
}

async function read(options: DnsOptions, wanted: Wanted): Promise<Reading> {
  const { zones } = options;
  const { targets, faults } = targetsOf(wanted, zones);
  const { ledgers, faults: poolFaults } = ledgersOf(wanted, zones);
  const concerned = new Set([...targets.map((target) => target.zone), ...ledgers.flatMap((one) => [...one.zones])]);
  // An owner may have records in any zone.
  const transferred = await transferAll(options, wanted, wanted.owners.size > 0 ? zones : concerned);
  const { images, failures } = transferred;
  const asked = new Map<string, Observed>();
  const missing = [...faults, ...poolFaults];
  for (const target of targets) {
    const key = `${target.type} ${target.name}`;
    const image = images.get(target.zone);
    const cut = image && cutAbove(image, target.name);
    const there = image && observedAt(image, target);
    if (image === undefined) missing.push(unread(failures.get(target.zone) ?? 'Not read', key));
    else if (cut !== undefined)
      missing.push(unread(`'${target.name}' is below '${cut}', which other servers hold`, key));
    else if (there !== undefined) asked.set(key, there);
  }
  // What an owner has in a zone that was not read is not known, so the kind was not read completely.
  if (wanted.owners.size > 0) missing.push(...Array.from(failures.values(), (reason) => unread(reason)));
  const pools: PoolReading[] = ledgers
    .filter((ledger) => [...ledger.zones].every((zone) => images.has(zone)))
    .map((ledger) => readPool(ledger.pool, images));
  for (const { pool, zones: needed } of ledgers)
    for (const zone of needed)
      if (failures.has(zone)) missing.push(unread(failures.get(zone) ?? 'Not read', `pool ${pool.key}`));
  const owned = transferred.owned.flat();
  const others = asked.size === 0 ? owned : owned.filter(({ key }) => !asked.has(key));
  return { objects: [...asked.values(), ...others], unread: missing, pools };
}

/** Names in DNS: RRsets with their owners, read by whole-zone transfer, written by compare-and-set. */
export function createDns(given: DnsOptions): Provisioner {
  // An environment may name a zone twice.
  const options = { ...given, zones: [...new Set(given.zones)] };
  return {
    kinds: ['dns-record'],
    read: (wanted) => read(options, wanted),
    names: () => takenNames(options.client, options.zones),
    apply: (changes, port) => applyChanges({ batch: BATCH, ...options }, changes, port),
  };
}
