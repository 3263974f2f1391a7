import type { MachinePlace } from '../../core/service.ts';
import type { Registration } from '../component.ts';
import type { Program } from '../engine.ts';
import { takeInventory } from './inventory.ts';
import { Machine } from './machine.ts';

/** The machines of one unit. What was registered is an output too, so that a preview by hand knows it. */
export const machinesProgram =
  (place: MachinePlace, registrations: readonly Registration[]): Program =>
  async () => {
    const inventory = await takeInventory(place, registrations);
    for (const registration of registrations) new Machine(registration, inventory);
    const components = registrations.map(({ key, owner, fields }) => ({ key, owner, fields }));
    return { applied: { place, components } };
  };
