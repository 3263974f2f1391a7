import { secret } from '../../../core/secret.ts';
import { connectCloud } from '../../../provisioners/cloud/client.ts';
import { createCloudSandbox } from '../../../provisioners/cloud/sandbox.ts';
import { cloudContract } from './contract.ts';
import { makeKeyPair, serveCloud } from './serve.ts';

cloudContract('sandbox in process', async (options) => {
  const sandbox = createCloudSandbox(options);
  return { client: sandbox.client, sandbox, close: async () => sandbox.close() };
});

const pair = await makeKeyPair();

cloudContract("Microsoft's client over TLS", async (options) => {
  const sandbox = createCloudSandbox(options);
  const server = await serveCloud(sandbox.handler, pair);
  const client = await connectCloud({
    tenant: '00000000-0000-4000-8000-00000000000a',
    token: async () => secret('canary-token'),
    graph: server.origin,
    exchange: server.origin,
    ca: pair.cert,
  });
  const close = async () => {
    await server.close();
    sandbox.close();
  };
  return { client, sandbox, close };
});
