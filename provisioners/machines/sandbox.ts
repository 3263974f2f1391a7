import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { MachinePlace } from '../../core/service.ts';
import { ATTRIBUTES } from '../../stacks/machines/attributes.ts';
import { type Faults, noFaults } from '../faults.ts';
import type { InventoryObject, VCenterClient, VirtualMachine } from './protocol.ts';
import { capacitiesOf, clone, type Datacenter, destroy, power, reconfigure } from './sandbox/operations.ts';
import { openMachineStore } from './sandbox/store.ts';
import { fault, vcenterError } from './vcenter-error.ts';

export interface SandboxOptions {
  /** The SQLite file, shared by processes, or `:memory:`. */
  readonly file: string;
  readonly place: MachinePlace;
  /** Ids of the units; each has its folder. */
  readonly units: readonly string[];
  readonly hosts?: Datacenter['hosts'];
  readonly faults?: Faults;
}

/** A vCenter server that runs in the process and keeps its machines in a file. */
export interface VCenterSandbox extends Disposable {
  readonly client: VCenterClient;
  /** Untouched by faults: for what people do by other means. */
  readonly administrator: VCenterClient;
  /** Puts a machine as given, made by other means. */
  plant(machine: VirtualMachine): void;
}

const HOSTS: Datacenter['hosts'] = { cores: 1024, memoryGb: 4096, storageGb: 100_000 };
const TEMPLATE_GB = 20;

/** The same id in every process. */
const idOf = (sort: string, name: string): string =>
  createHash('sha256').update(`${sort} ${name}`).digest('hex').slice(0, 32);

const named = (sort: string, names: readonly string[], more: Omit<InventoryObject, 'id' | 'name'> = {}) =>
  names.map((name) => ({ id: idOf(sort, name), name, ...more }));

/** What those who run a vCenter make before the first request: see README.md. */
const objectsOf = (place: MachinePlace): Datacenter['objects'] => ({
  Datacenter: named('Datacenter', [place.datacenter]),
  ResourcePool: named('ResourcePool', [place.resourcePool]),
  Datastore: named('Datastore', [place.datastore]),
  Network: named('Network', Object.keys(place.networks)),
  VirtualMachine: Object.values(place.templates).flatMap(({ template, family }) =>
    named('VirtualMachine', [template], {
      guestId: family === 'windows' ? 'windows2019srv_64Guest' : 'ubuntu64Guest',
      diskGb: TEMPLATE_GB,
    }),
  ),
  CustomAttribute: named('CustomAttribute', Object.values(ATTRIBUTES)),
});

export function createVCenterSandbox(options: SandboxOptions): VCenterSandbox {
  const { file, place, units, hosts = HOSTS, faults = noFaults } = options;
  const store = openMachineStore(file);
  const folders = new Set(units.map((unit) => `${place.folder}/${unit}`));
  const datacenter: Datacenter = { store, hosts, folders, objects: objectsOf(place) };
  return {
    client: clientOf(datacenter, faults),
    administrator: clientOf(datacenter, noFaults),
    plant: (machine) => store.put(machine),
    [Symbol.dispose]: () => store.close(),
  };
}

function clientOf(datacenter: Datacenter, faults: Faults): VCenterClient {
  const { store } = datacenter;
  /** One call at the server, with what it was told to do wrong. */
  const serve = async <T>(operation: string, write: boolean, work: () => T): Promise<T> => {
    const told = faults.next({ system: 'vsphere', operation, write });
    if (typeof told === 'object') await delay(told.delayMs);
    if (told === 'fail') throw fault(operation, 'ServiceUnavailable', 'The server is busy');
    if (told === 'unreadable') throw fault(operation, 'NoPermission', 'No permission to read it');
    const value = write ? store.transaction(work) : work();
    if (told === 'drop-reply')
      throw vcenterError(operation, 'ECONNRESET', 'lost', 'The connection was closed before an answer came');
    if (told === 'short') throw fault(operation, 'incomplete', 'The list ended before its last page');
    return value;
  };
  return {
    machines: () => serve('RetrievePropertiesEx', false, () => store.all()),
    capacities: () => serve('RetrievePropertiesEx', false, () => capacitiesOf(datacenter)),
    find: (sort) => serve('FindByInventoryPath', false, () => datacenter.objects[sort]),
    clone: (spec) => serve('CloneVM_Task', true, () => clone(datacenter, spec)),
    reconfigure: (uuid, spec) => serve('ReconfigVM_Task', true, () => reconfigure(datacenter, uuid, spec)),
    powerOn: (uuid) => serve('PowerOnVM_Task', true, () => power(datacenter, uuid, 'poweredOn')),
    powerOff: (uuid) => serve('PowerOffVM_Task', true, () => power(datacenter, uuid, 'poweredOff')),
    destroy: (uuid) => serve('Destroy_Task', true, () => destroy(datacenter, uuid)),
  };
}
