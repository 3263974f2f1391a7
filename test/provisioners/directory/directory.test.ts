import { directoryContract } from './contract.ts';
import { directoryProvisionerContract } from './rig.ts';
import { sandboxServer } from './sandbox-server.ts';

directoryContract('directory sandbox', async () => sandboxServer());
directoryProvisionerContract('directory sandbox', { ou: 'OU=Uji', group: { key: 'internet', dn: '' } }, async () =>
  sandboxServer(),
);
