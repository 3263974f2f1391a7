import type { MachinePlace } from '../../core/service.ts';
import type { Registration } from '../component.ts';
import { ATTRIBUTES } from './attributes.ts';
import { type Found, find } from './vsphere.ts';

/** Ids of what machines are made of, looked up once for each run. */
export interface Inventory {
  readonly place: MachinePlace;
  readonly resourcePoolId: string;
  readonly datastoreId: string;
  /** By name of the port group. */
  readonly networks: ReadonlyMap<string, Found>;
  /** By operating system. */
  readonly templates: ReadonlyMap<string, Found>;
  /** Ids of the custom attributes, by the field that each keeps. */
  readonly attributes: Readonly<Record<keyof typeof ATTRIBUTES, string>>;
}

async function each(
  names: Iterable<string>,
  ask: (name: string) => Promise<Found>,
): Promise<ReadonlyMap<string, Found>> {
  return new Map(await Promise.all([...new Set(names)].map(async (name) => [name, await ask(name)] as const)));
}

function templateOf(os: string, { templates }: MachinePlace): string {
  const template = templates[os]?.template;
  if (template === undefined)
    throw new Error(`Cannot make a machine with '${os}': the environment names no template for it`);
  return template;
}

/**
 * Looks up what the touched machines need. One that is only registered again is answered from the state, so that it does
 * not matter whether its template is still there.
 */
export async function takeInventory(place: MachinePlace, registrations: readonly Registration[]): Promise<Inventory> {
  const touched = registrations.filter((one) => one.touched);
  const { id: datacenterId } = await find('Datacenter', { name: place.datacenter });
  const [pool, datastore, networks, templates, attributes] = await Promise.all([
    find('ResourcePool', { name: place.resourcePool, datacenterId }),
    find('Datastore', { name: place.datastore, datacenterId }),
    each(
      touched.map(({ fields }) => String(fields.network)),
      (name) => find('Network', { name, datacenterId }),
    ),
    each(
      touched.map(({ fields }) => String(fields.os)),
      (os) => find('VirtualMachine', { name: templateOf(os, place), datacenterId }),
    ),
    Promise.all(
      Object.entries(ATTRIBUTES).map(async ([field, name]) => [field, (await find('CustomAttribute', { name })).id]),
    ),
  ]);
  return {
    place,
    resourcePoolId: pool.id,
    datastoreId: datastore.id,
    networks,
    templates,
    attributes: Object.fromEntries(attributes) as Inventory['attributes'],
  };
}
