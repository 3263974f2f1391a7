import type { Registration } from '../component.ts';
import type { Program } from '../engine.ts';
import { Namespace } from './namespace.ts';

/**
 * The namespaces of one unit. What was registered is an output too, so that a preview by hand knows it.
 * @param role the cluster role of members in their namespace
 */
export const namespacesProgram =
  (role: string, registrations: readonly Registration[]): Program =>
  async () => {
    for (const registration of registrations) new Namespace(registration, role);
    const components = registrations.map(({ key, owner, fields }) => ({ key, owner, fields }));
    return { applied: { role, components } };
  };
