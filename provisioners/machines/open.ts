import { embeddedEngine } from '../stack/embedded.ts';
import type { Factory } from '../target.ts';
import { createVSphereProvider } from './provider.ts';
import { createMachines } from './provisioner.ts';
import { createVCenterSandbox } from './sandbox.ts';

/** Virtual machines of a vCenter server, and the stacks of their units. */
export const openMachines: Factory = async ({ environment, organisation, now, stateFile, faults }) => {
  const place = environment.machines;
  const units = [...organisation.units.keys()];
  const server = createVCenterSandbox({ file: stateFile('vcenter'), place, units, ...(faults ? { faults } : {}) });
  const engine = embeddedEngine({ file: stateFile('stacks'), providers: [createVSphereProvider(server.client)], now });
  return {
    provisioner: createMachines({ client: server.client, place, openEngine: engine.open }),
    close: () => {
      engine.close();
      server[Symbol.dispose]();
    },
  };
};
