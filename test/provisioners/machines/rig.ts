import { randomBytes, randomUUID } from 'node:crypto';
import type { Fields } from '../../../core/kinds.ts';
import type { Resource } from '../../../core/resource.ts';
import type { MachinePlace } from '../../../core/service.ts';
import type { VCenterClient } from '../../../provisioners/machines/protocol.ts';
import { createVSphereProvider } from '../../../provisioners/machines/provider.ts';
import { createMachines } from '../../../provisioners/machines/provisioner.ts';
import { createVCenterSandbox, type VCenterSandbox } from '../../../provisioners/machines/sandbox.ts';
import type { Engine } from '../../../stacks/engine.ts';
import type { Rig } from '../contract.ts';
import { type Disturbed, disturbed } from '../stack/disturbed.ts';

export const PLACE: MachinePlace = {
  at: { type: 'sandbox' },
  datacenter: 'DC-Contoh',
  resourcePool: 'Layanan',
  datastore: 'vsan-1',
  folder: 'Layanan',
  dnsServers: ['10.10.0.53'],
  templates: {
    'ubuntu-22.04': { template: 'tpl-ubuntu', family: 'linux' },
    'windows-server-2022': { template: 'tpl-windows', family: 'windows' },
  },
  networks: { 'vlan-a': { subnet: '10.30.8.0/24', gateway: '10.30.8.1' } },
};
export const UNITS = ['unit-a', 'unit-b'];

export const machineFields = (more: Fields = {}): Fields => ({
  unit: 'unit-a',
  os: 'ubuntu-22.04',
  cores: 2,
  memoryGb: 4,
  diskGb: 50,
  network: 'vlan-a',
  address: '10.30.8.10',
  hostname: 'spt.djp.contoh.test',
  power: 'on',
  until: '2027-05-01',
  form: 1,
  ...more,
});

export const machine = (key: string, request: string, more: Fields = {}): Resource => ({
  kind: 'machine',
  key,
  request,
  fields: machineFields(more),
});

const READS: readonly string[] = ['machines', 'capacities', 'find'];

/** Everything of one vCenter with the embedded engine, in memory. */
export interface MachineRig extends Rig {
  readonly server: VCenterSandbox;
  readonly wire: Disturbed<VCenterClient>;
  readonly engine: Engine;
  /** How often an engine was asked for. */
  readonly opened: () => number;
}

export async function machineRig(file = ':memory:'): Promise<MachineRig> {
  const { createEmbeddedEngine } = await import('../../../stacks/embedded/engine.ts');
  const server = createVCenterSandbox({ file, place: PLACE, units: UNITS });
  const wire = disturbed(server.client, (method) => (READS.includes(method) ? undefined : method));
  const now = () => new Date('2026-11-20T03:00:00Z');
  const providers = [createVSphereProvider(wire.client)];
  const engine = createEmbeddedEngine({ file: ':memory:', key: randomBytes(32), providers, now });
  let opened = 0;
  const openEngine = async () => {
    opened++;
    return engine;
  };
  const find = async (key: string) => {
    const found = (await server.administrator.machines()).find((one) => one.name === key);
    if (found === undefined) throw new Error(`Cannot tamper with '${key}': it does not exist`);
    return found;
  };
  return {
    provisioner: createMachines({ client: wire.client, place: PLACE, openEngine }),
    server,
    wire,
    engine,
    opened: () => opened,
    disturb: wire.disturb,
    async plant({ key, fields }) {
      server.plant({
        uuid: randomUUID(),
        instanceUuid: randomUUID(),
        name: key,
        folder: `${PLACE.folder}/${fields.unit}`,
        numCPU: Number(fields.cores),
        memoryMB: Number(fields.memoryGb) * 1024,
        diskGb: Number(fields.diskGb),
        networks: [String(fields.network)],
        powerState: 'poweredOn',
        customValues: {},
      });
    },
    async tamper({ key }) {
      await server.administrator.reconfigure((await find(key)).uuid, { memoryMB: 16 * 1024 });
    },
    async dispose() {
      server[Symbol.dispose]();
      (engine as Engine & Disposable)[Symbol.dispose]();
    },
  };
}
