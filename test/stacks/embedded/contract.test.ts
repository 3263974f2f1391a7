import { randomBytes } from 'node:crypto';
import { createVSphereProvider } from '../../../provisioners/machines/provider.ts';
import { createVCenterSandbox } from '../../../provisioners/machines/sandbox.ts';
import { createEmbeddedEngine } from '../../../stacks/embedded/engine.ts';
import { PLACE, UNITS } from '../../provisioners/machines/rig.ts';
import { engineContract } from '../contract.ts';

engineContract('embedded engine', async () => {
  const server = createVCenterSandbox({ file: ':memory:', place: PLACE, units: UNITS });
  const engine = createEmbeddedEngine({
    file: ':memory:',
    key: randomBytes(32),
    providers: [createVSphereProvider(server.client)],
    now: () => new Date('2026-11-20T03:00:00Z'),
  });
  return {
    engine,
    administrator: server.administrator,
    dispose: async () => {
      engine[Symbol.dispose]();
      server[Symbol.dispose]();
    },
  };
});
