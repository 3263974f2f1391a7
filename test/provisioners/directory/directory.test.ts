import { directoryContract } from './contract.ts';
import { sandboxServer } from './sandbox-server.ts';

directoryContract('directory sandbox', async () => sandboxServer());
