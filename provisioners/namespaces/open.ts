import { embeddedEngine } from '../stack/embedded.ts';
import type { Factory } from '../target.ts';
import { createKubernetesProvider } from './provider.ts';
import { createNamespaces } from './provisioner.ts';
import { createKubernetesSandbox } from './sandbox.ts';

/** Namespaces of a Kubernetes cluster, and the stacks of their units. */
export const openNamespaces: Factory = async ({ environment, handover, now, randomInt, stateFile, faults }) => {
  const server = createKubernetesSandbox({ file: stateFile('kubernetes'), now, ...(faults ? { faults } : {}) });
  const { client } = server;
  const engine = embeddedEngine({ file: stateFile('stacks'), providers: [createKubernetesProvider(client)], now });
  const place = environment.namespaces;
  return {
    provisioner: createNamespaces({ client, place, handover, now, randomInt, openEngine: engine.open }),
    close: () => {
      engine.close();
      server[Symbol.dispose]();
    },
  };
};
