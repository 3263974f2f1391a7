import type { Provisioner } from '../../core/provisioner.ts';
import type { MachinePlace } from '../../core/service.ts';
import { applyStacks } from '../stack/apply.ts';
import type { OpenEngine } from '../stack/target.ts';
import type { VCenterClient } from './protocol.ts';
import { machinesOf, readMachines } from './read.ts';
import { machineTarget } from './target.ts';

export interface MachineOptions {
  readonly client: VCenterClient;
  readonly place: MachinePlace;
  readonly openEngine: OpenEngine;
}

/** Virtual machines in vSphere. */
export function createMachines({ client, place, openEngine }: MachineOptions): Provisioner {
  const target = machineTarget(client, place);
  return {
    kinds: ['machine'],
    read: (wanted) => readMachines(client, place, wanted),
    apply: (changes, port) => applyStacks({ target, openEngine, port }, changes),
    names: async () => (await machinesOf(client, place)).map((one) => one.name.toLowerCase()),
  };
}
