/** `pulumi preview` in this folder: what the program would change in the namespaces of a unit as they were last applied. */
import { lastApplied } from '../last-applied.ts';
import { namespacesProgram } from './program.ts';

const { outputs, registrations } = await lastApplied();
export const applied = (await namespacesProgram(String(outputs.role), registrations)()).applied;
