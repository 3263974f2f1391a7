import { isDeepStrictEqual } from 'node:util';
import type { Properties } from '../../stacks/provider.ts';
import type { CloneSpec, InventoryObject, ReconfigureSpec, Sort, VirtualMachine } from './protocol.ts';
import { fault } from './vcenter-error.ts';

/** The objects of a sort. */
export type Objects = (sort: Sort) => Promise<readonly InventoryObject[]>;

async function nameOf(objects: Objects, sort: Sort, id: unknown): Promise<string> {
  const found = (await objects(sort)).find((one) => one.id === id);
  if (found === undefined) throw fault('find', 'NotFound', `There is no ${sort} with the id '${id}'`);
  return found.name;
}

const first = (list: unknown): Properties => (Array.isArray(list) ? (list[0] as Properties) : {});

async function customValues(attributes: unknown, objects: Objects): Promise<Readonly<Record<string, string>>> {
  const entries = Object.entries(attributes as Record<string, string>);
  return Object.fromEntries(
    await Promise.all(entries.map(async ([id, value]) => [await nameOf(objects, 'CustomAttribute', id), value])),
  );
}

/** Inputs of `vsphere:index/virtualMachine:VirtualMachine` as the specification of a clone. */
export async function cloneSpec(inputs: Properties, objects: Objects): Promise<CloneSpec> {
  const { templateUuid } = inputs.clone as Properties;
  return {
    name: String(inputs.name),
    folder: String(inputs.folder),
    template: await nameOf(objects, 'VirtualMachine', templateUuid),
    numCPU: Number(inputs.numCpus),
    memoryMB: Number(inputs.memory),
    diskGb: Number(first(inputs.disks).size),
    network: await nameOf(objects, 'Network', first(inputs.networkInterfaces).networkId),
    customValues: await customValues(inputs.customAttributes, objects),
  };
}

/** What of two inputs differs, as the specification of a change. */
export async function reconfigureSpec(
  before: Properties,
  after: Properties,
  objects: Objects,
): Promise<ReconfigureSpec> {
  const changed = (name: string) => !isDeepStrictEqual(before[name], after[name]);
  return {
    ...(changed('numCpus') ? { numCPU: Number(after.numCpus) } : {}),
    ...(changed('memory') ? { memoryMB: Number(after.memory) } : {}),
    ...(changed('disks') ? { diskGb: Number(first(after.disks).size) } : {}),
    ...(changed('networkInterfaces')
      ? { network: await nameOf(objects, 'Network', first(after.networkInterfaces).networkId) }
      : {}),
    ...(changed('customAttributes') ? { customValues: await customValues(after.customAttributes, objects) } : {}),
  };
}

/** A machine as inputs, as far as a machine tells them. */
export async function inputsOf(machine: VirtualMachine, objects: Objects): Promise<Properties> {
  const [networks, attributes] = await Promise.all([objects('Network'), objects('CustomAttribute')]);
  const idOf = (list: readonly InventoryObject[], name: string) => list.find((one) => one.name === name)?.id ?? '';
  return {
    name: machine.name,
    folder: machine.folder,
    numCpus: machine.numCPU,
    memory: machine.memoryMB,
    disks: [{ label: 'disk0', size: machine.diskGb, thinProvisioned: true }],
    networkInterfaces: machine.networks.map((name) => ({ networkId: idOf(networks, name), adapterType: 'vmxnet3' })),
    customAttributes: Object.fromEntries(
      Object.entries(machine.customValues).map(([name, value]) => [idOf(attributes, name), value]),
    ),
  };
}
