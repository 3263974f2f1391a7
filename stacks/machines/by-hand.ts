/** `pulumi preview` in this folder: what the program would change in the machines of a unit as they were last applied. */
import type { MachinePlace } from '../../core/service.ts';
import { lastApplied } from '../last-applied.ts';
import { machinesProgram } from './program.ts';

const { outputs, registrations } = await lastApplied();
export const applied = (await machinesProgram(outputs.place as MachinePlace, registrations)()).applied;
