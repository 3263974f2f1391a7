import { TargetError } from '../../core/errors.ts';
import { CAPACITIES, type PoolReading, type Reading, type Unread, type Wanted } from '../../core/resource.ts';
import type { MachinePlace } from '../../core/service.ts';
import { observedMachine } from './observe.ts';
import type { VCenterClient, VirtualMachine } from './protocol.ts';

/** Machines of the units; what stands in other folders is nobody's here. */
export async function machinesOf(client: VCenterClient, { folder }: MachinePlace): Promise<readonly VirtualMachine[]> {
  return (await client.machines()).filter((one) => one.folder === folder || one.folder.startsWith(`${folder}/`));
}

/** Why it could not be read; anything else is a bug of ours. */
function reasonOf(error: unknown): string {
  if (error instanceof TargetError) return error.message;
  throw error;
}

/** Names are unique in a folder only: two of one name are a reason, not an object. */
function ambiguous(machines: readonly VirtualMachine[], wanted: Wanted): readonly Unread[] {
  const byName = Map.groupBy(machines, (one) => one.name.toLowerCase());
  return wanted.keys
    .map(({ key }) => key)
    .filter((key) => (byName.get(key)?.length ?? 0) > 1)
    .map((key) => ({ kind: 'machine', key, reason: `${byName.get(key)?.length} machines are named '${key}'` }));
}

/** A pool that could not be read has no reading, which is not the same as an empty one. */
async function readPools(client: VCenterClient, { pools }: Wanted): Promise<readonly PoolReading[]> {
  const asked = new Set(pools.filter((pool) => pool.type === 'capacity').map((pool) => pool.key));
  if (asked.size === 0) return [];
  try {
    const capacities = await client.capacities();
    return CAPACITIES.map((name) => ({ key: `capacity:${name}`, ...capacities[name] }) as const).filter(({ key }) =>
      asked.has(key),
    );
  } catch (error) {
    reasonOf(error);
    return [];
  }
}

/** Reads by keys and by owners. One list holds everything: where it cannot be read, nothing of the kind is. */
export async function readMachines(client: VCenterClient, place: MachinePlace, wanted: Wanted): Promise<Reading> {
  const keys = new Set(wanted.keys.filter((id) => id.kind === 'machine').map((id) => id.key));
  const pools = await readPools(client, wanted);
  if (keys.size === 0 && wanted.owners.size === 0) return { objects: [], unread: [], pools };
  try {
    const machines = await machinesOf(client, place);
    const unread = ambiguous(machines, wanted);
    const unclear = new Set(unread.map((one) => one.key));
    const objects = machines
      .map(observedMachine)
      .filter(({ key, owner }) => !unclear.has(key) && (keys.has(key) || wanted.owners.has(owner ?? '')));
    return { objects, unread, pools };
  } catch (error) {
    return { objects: [], unread: [{ kind: 'machine', reason: reasonOf(error) }], pools };
  }
}
