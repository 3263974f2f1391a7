import { afterAll, beforeAll } from 'vitest';
import { realServer } from '../../servers/required.ts';
import { sambaRequirement } from '../../servers/samba.ts';
import { directoryContract } from './contract.ts';
import { directoryProvisionerContract } from './rig.ts';
import { LAYOUT, type SambaServer, startSambaServer } from './samba-server.ts';

realServer(...sambaRequirement())(() => {
  let server: SambaServer;
  beforeAll(async () => {
    server = await startSambaServer();
  });
  afterAll(() => server.stop());

  const makeServer = async () => {
    await server.clean();
    return server;
  };
  directoryContract('Samba AD DC', makeServer);
  directoryProvisionerContract('Samba AD DC', LAYOUT, makeServer);
});
