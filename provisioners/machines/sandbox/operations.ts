import { randomUUID } from 'node:crypto';
import type { Capacities, CloneSpec, InventoryObject, ReconfigureSpec, Sort, VirtualMachine } from '../protocol.ts';
import { fault } from '../vcenter-error.ts';
import type { MachineStore } from './store.ts';

/** A datacenter: what stands in it from the beginning, and the machines. */
export interface Datacenter {
  readonly store: MachineStore;
  readonly objects: Readonly<Record<Sort, readonly InventoryObject[]>>;
  readonly folders: ReadonlySet<string>;
  /** What all hosts have together. */
  readonly hosts: { readonly cores: number; readonly memoryGb: number; readonly storageGb: number };
}

/** Processors and memory are promised to every machine, also to one that is off: it may be powered on again. */
export function capacitiesOf({ store, hosts }: Datacenter): Capacities {
  const { numCPU, memoryMB, diskGb } = store.sum();
  const pool = (total: number, used: number) => ({ total, free: total - used });
  return {
    cores: pool(hosts.cores, numCPU),
    memoryGb: pool(hosts.memoryGb, memoryMB / 1024),
    storageGb: pool(hosts.storageGb, diskGb),
  };
}

function existing({ store }: Datacenter, operation: string, uuid: string): VirtualMachine {
  const machine = store.get(uuid);
  if (machine === undefined)
    throw fault(operation, 'ManagedObjectNotFound', `The object '${uuid}' has already been deleted or was never made`);
  return machine;
}

function known(datacenter: Datacenter, operation: string, sort: Sort, name: string): InventoryObject {
  const found = datacenter.objects[sort].find((one) => one.name === name);
  if (found === undefined) throw fault(operation, 'NotFound', `There is no ${sort} '${name}'`);
  return found;
}

function checkRoom(datacenter: Datacenter, operation: string, more: Pick<CloneSpec, 'numCPU' | 'memoryMB' | 'diskGb'>) {
  const { cores, memoryGb, storageGb } = capacitiesOf(datacenter);
  if (more.numCPU > cores.free || more.memoryMB / 1024 > memoryGb.free || more.diskGb > storageGb.free)
    throw fault(operation, 'InsufficientResourcesFault', 'The hosts have no room for it');
}

function checkValues(datacenter: Datacenter, operation: string, values: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(values)) known(datacenter, operation, 'CustomAttribute', name);
}

export function clone(datacenter: Datacenter, spec: CloneSpec): string {
  const operation = 'CloneVM_Task';
  const { name, folder, numCPU, memoryMB, diskGb, network, customValues } = spec;
  const template = known(datacenter, operation, 'VirtualMachine', spec.template);
  if (!datacenter.folders.has(folder)) throw fault(operation, 'NotFound', `There is no folder '${folder}'`);
  known(datacenter, operation, 'Network', network);
  checkValues(datacenter, operation, customValues);
  if (datacenter.store.named(folder, name))
    throw fault(operation, 'DuplicateName', `The name '${name}' already exists`);
  if (diskGb < (template.diskGb ?? 0))
    throw fault(operation, 'InvalidArgument', `The disk of ${diskGb} GB is smaller than its template's`);
  checkRoom(datacenter, operation, { numCPU, memoryMB, diskGb });
  const machine = { name, folder, numCPU, memoryMB, diskGb, networks: [network], customValues };
  const uuid = randomUUID();
  datacenter.store.put({ ...machine, uuid, instanceUuid: randomUUID(), powerState: 'poweredOn' });
  return uuid;
}

export function reconfigure(datacenter: Datacenter, uuid: string, spec: ReconfigureSpec): void {
  const operation = 'ReconfigVM_Task';
  const { network, customValues = {}, ...hardware } = spec;
  const machine = existing(datacenter, operation, uuid);
  const { diskGb = machine.diskGb, numCPU = machine.numCPU, memoryMB = machine.memoryMB } = hardware;
  if (diskGb < machine.diskGb)
    throw fault(operation, 'InvalidArgument', `A disk cannot shrink from ${machine.diskGb} to ${diskGb} GB`);
  if (network !== undefined) known(datacenter, operation, 'Network', network);
  checkValues(datacenter, operation, customValues);
  checkRoom(datacenter, operation, {
    numCPU: numCPU - machine.numCPU,
    memoryMB: memoryMB - machine.memoryMB,
    diskGb: diskGb - machine.diskGb,
  });
  datacenter.store.put({
    ...machine,
    ...{ numCPU, memoryMB, diskGb },
    networks: network === undefined ? machine.networks : [network],
    customValues: { ...machine.customValues, ...customValues },
  });
}

export function power(datacenter: Datacenter, uuid: string, powerState: 'poweredOn' | 'poweredOff'): void {
  const operation = powerState === 'poweredOn' ? 'PowerOnVM_Task' : 'PowerOffVM_Task';
  const machine = existing(datacenter, operation, uuid);
  if (machine.powerState === powerState)
    throw fault(operation, 'InvalidPowerState', `The machine is in the state '${powerState}' already`);
  datacenter.store.put({ ...machine, powerState });
}

export function destroy(datacenter: Datacenter, uuid: string): void {
  const machine = existing(datacenter, 'Destroy_Task', uuid);
  if (machine.powerState === 'poweredOn')
    throw fault('Destroy_Task', 'InvalidPowerState', 'A machine that is on cannot be destroyed');
  datacenter.store.remove(uuid);
}
