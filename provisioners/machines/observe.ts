import type { Observed } from '../../core/resource.ts';
import { childId } from '../../stacks/component.ts';
import { ATTRIBUTES } from '../../stacks/machines/attributes.ts';
import { VIRTUAL_MACHINE } from '../../stacks/machines/tokens.ts';
import type { Standing } from '../stack/target.ts';
import type { VirtualMachine } from './protocol.ts';

const REQUEST = /^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9._-]*$/;
const POWER: Readonly<Record<VirtualMachine['powerState'], string>> = {
  poweredOn: 'on',
  poweredOff: 'off',
  suspended: 'suspended',
};

/** A machine as vCenter shows it, in the words of its kind. */
export function observedMachine(machine: VirtualMachine): Observed {
  const { name, customValues, networks } = machine;
  const told = (field: keyof typeof ATTRIBUTES) => customValues[ATTRIBUTES[field]] || null;
  const owner = told('owner');
  const form = told('form');
  return {
    kind: 'machine',
    key: name.toLowerCase(),
    owner: owner !== null && REQUEST.test(owner) ? owner : null,
    identity: machine.instanceUuid,
    fields: {
      unit: told('unit'),
      os: told('os'),
      cores: machine.numCPU,
      memoryGb: machine.memoryMB / 1024,
      diskGb: machine.diskGb,
      // More cards than one are drift, and are seen as such.
      network: networks.join(', '),
      address: told('address'),
      hostname: told('hostname'),
      power: POWER[machine.powerState],
      until: told('until'),
      form: form === null ? null : Number(form),
    },
    phase: 'ready',
  };
}

/** With the path by which Pulumi takes it over. */
export const standingMachine = (machine: VirtualMachine, datacenter: string): Standing => ({
  observed: observedMachine(machine),
  ids: new Map([[childId({ type: VIRTUAL_MACHINE }), `/${datacenter}/vm/${machine.folder}/${machine.name}`]]),
});
