import type { Factory } from '../target.ts';
import { createWorkOrders } from './provisioner.ts';
import { createWorkOrderSandbox } from './sandbox.ts';

/**
 * Tasks for people. The catalogue's document names the portal of the service desk and no interface of it, so that the
 * orders of every environment are kept beside its journal.
 */
export const openWorkOrders: Factory = async ({ calendarOf, now, stateFile, faults }) => {
  const server = createWorkOrderSandbox({ file: stateFile('work-orders'), now, ...(faults ? { faults } : {}) });
  const { client } = server;
  return {
    provisioner: createWorkOrders({ client, calendarOf }),
    tickets: client,
    close: () => server.close(),
  };
};
