import { TargetError } from '../../core/errors.ts';
import { KINDS } from '../../core/kinds.ts';
import type { WritePort } from '../../core/provisioner.ts';
import type { Change } from '../../core/resource.ts';
import type { MachinePlace } from '../../core/service.ts';
import { ATTRIBUTES } from '../../stacks/machines/attributes.ts';
import { VIRTUAL_MACHINE } from '../../stacks/machines/tokens.ts';
import type { Refusal, StackTarget, Standing } from '../stack/target.ts';
import { standingMachine } from './observe.ts';
import type { VCenterClient, VirtualMachine } from './protocol.ts';
import { machinesOf } from './read.ts';
import { fault } from './vcenter-error.ts';

/** What a clone is born with; another value needs another machine. */
const BORN_WITH = ['unit', 'os', 'address', 'hostname', 'network'] as const;

/** `power` is written beside the stack: Pulumi's package cannot power off, and a machine that is off it must not touch. */
const STACK_FIELDS = Object.keys(KINDS.machine.fields).filter((name) => name !== 'power');

function refusalOf(place: MachinePlace, change: Change, standing: Standing | undefined): Refusal | undefined {
  if (change.action === 'create') {
    const { os, network } = change.after;
    if (!Object.hasOwn(place.templates, String(os)))
      return { code: 'no-template', message: `the environment names no template for '${os}'` };
    if (!Object.hasOwn(place.networks, String(network)))
      return { code: 'no-network', message: `the environment names no network '${network}'` };
  }
  if (change.action !== 'update') return undefined;
  const { before, after } = change;
  const born = BORN_WITH.find((name) => name in after && before[name] !== null);
  if (born) return { code: 'fixed', message: `'${born}' cannot change; order a new machine` };
  const stays = standing?.observed.fields.power !== 'on' && after.power !== 'on';
  if (stays && STACK_FIELDS.some((name) => name in after))
    return { code: 'off', message: 'it is off and stays off; whatever changes it would power it on' };
  return undefined;
}

const write = (port: WritePort, { kind, key, request }: Change, operation: string, send: () => Promise<void>) =>
  port.write({ system: 'vsphere', operation, kind, key, request }, send);

/** What is in the wanted state already is what was wanted. */
function already(error: unknown): void {
  if (!(error instanceof TargetError) || error.code !== 'InvalidPowerState') throw error;
}

/** Powers a machine on or off. */
const power = (client: VCenterClient, uuid: string, wanted: 'on' | 'off', change: Change, port: WritePort) =>
  wanted === 'on'
    ? write(port, change, 'PowerOnVM_Task', () => client.powerOn(uuid).catch(already))
    : write(port, change, 'PowerOffVM_Task', () => client.powerOff(uuid).catch(already));

/** Machines of a vCenter server, by the stacks of their units. */
export function machineTarget(client: VCenterClient, place: MachinePlace): StackTarget {
  const named = async (key: string): Promise<VirtualMachine> => {
    const found = (await machinesOf(client, place)).find((one) => one.name.toLowerCase() === key);
    if (found === undefined) throw fault('RetrievePropertiesEx', 'ManagedObjectNotFound', `'${key}' does not exist`);
    return found;
  };
  return {
    kind: 'machine',
    system: 'vsphere',
    project: 'layanan-machines',
    stackFields: STACK_FIELDS,
    children: [{ type: VIRTUAL_MACHINE }],
    async observe(keys) {
      const wanted = new Set(keys);
      const machines = await machinesOf(client, place);
      return new Map(
        machines
          .map((one) => standingMachine(one, place.datacenter))
          .filter(({ observed }) => wanted.has(observed.key))
          .map((one) => [one.observed.key, one]),
      );
    },
    refusalOf: (change, standing) => refusalOf(place, change, standing),
    async program(registrations) {
      const { machinesProgram } = await import('../../stacks/machines/program.ts');
      return machinesProgram(place, registrations);
    },
    async adopt(change, _, port) {
      const { uuid } = await named(change.key);
      const customValues = { [ATTRIBUTES.owner]: change.request };
      await write(port, change, 'SetField', () => client.reconfigure(uuid, { customValues }));
    },
    async before(change, standing, port) {
      const isOff = standing !== undefined && standing.observed.fields.power !== 'on';
      if (change.action === 'update' && change.after.power === 'on' && isOff)
        await power(client, (await named(change.key)).uuid, 'on', change, port);
    },
    async after(change, { power: wanted }, port) {
      if (wanted !== 'off') return undefined;
      const { uuid, powerState } = await named(change.key);
      if (powerState !== 'poweredOff') await power(client, uuid, 'off', change, port);
      return undefined;
    },
  };
}
