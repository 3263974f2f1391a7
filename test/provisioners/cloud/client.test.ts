import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { secret } from '../../../core/secret.ts';
import { connectCloud } from '../../../provisioners/cloud/client.ts';
import type { CloudRequest } from '../../../provisioners/cloud/protocol.ts';
import { type CloudHandler, createCloudSandbox } from '../../../provisioners/cloud/sandbox.ts';
import { type CloudServer, makeKeyPair, serveCloud } from './serve.ts';

const READ: CloudRequest = { api: 'graph', method: 'GET', path: '/subscribedSkus' };
const CREATE: CloudRequest = { api: 'graph', method: 'POST', path: '/users', body: { displayName: 'Andi' } };
const TENANT = '00000000-0000-4000-8000-00000000000a';

const pair = await makeKeyPair();
const stranger = await makeKeyPair();
const sandbox = createCloudSandbox({ now: () => new Date('2026-11-02T01:00:00Z') });
afterAll(() => sandbox.close());

describe('connectCloud()', () => {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  const serve = async (handler: CloudHandler = sandbox.handler): Promise<CloudServer> => {
    const server = await serveCloud(handler, pair);
    open.push(server);
    return server;
  };
  const connect = (origin: string, more: { ca?: string; timeoutMs?: number } = {}) =>
    connectCloud({
      tenant: TENANT,
      token: async (api) => secret(`canary-${api}`),
      graph: origin,
      exchange: origin,
      ca: pair.cert,
      ...more,
    });
  /** A port that answers by this. */
  const listen = async (server: ReturnType<typeof createServer>) => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => server.close() });
    return (server.address() as AddressInfo).port;
  };

  it('sends the token of the right resource, and the mailbox anchor to Exchange', async () => {
    const server = await serve();
    const client = await connect(server.origin);
    await client.request(READ);
    await client.request({ api: 'exchange', method: 'POST', path: '/InvokeCommand', body: {} });
    expect(server.seen).toMatchObject([
      { path: '/v1.0/subscribedSkus', headers: { authorization: 'Bearer canary-graph' } },
      {
        path: `/adminapi/beta/${TENANT}/InvokeCommand`,
        headers: { authorization: 'Bearer canary-exchange', 'x-anchormailbox': expect.stringContaining(TENANT) },
      },
    ]);
  });

  it('asks many questions on one connection, without a warning of Node', async () => {
    const warnings: string[] = [];
    const warn = (warning: Error) => void warnings.push(warning.name);
    process.on('warning', warn);
    const server = await serve();
    const client = await connect(server.origin);
    for (let i = 0; i < 12; i++) expect((await client.request(READ)).status).toBe(200);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', warn);
    expect(warnings).toEqual([]);
  });

  it.each([429, 503, 504])('does not send again by itself after %i, as the library would', async (status) => {
    const server = await serve(async () => ({ status, headers: { 'retry-after': '0' }, body: { error: {} } }));
    const client = await connect(server.origin);
    expect((await client.request(CREATE)).status).toBe(status);
    expect(server.seen).toHaveLength(1);
  });

  it('does not follow a redirect', async () => {
    const server = await serve(async () => ({
      status: 302,
      headers: { location: 'https://jahat.contoh.test/' },
      body: undefined,
    }));
    expect((await (await connect(server.origin)).request(READ)).status).toBe(302);
    expect(server.seen).toHaveLength(1);
  });

  it('refuses a certificate of a stranger, and sends nothing', async () => {
    const server = await serve();
    const client = await connect(server.origin, { ca: stranger.cert });
    await expect(client.request(CREATE)).rejects.toMatchObject({ system: 'graph', effect: 'unsent' });
    expect(server.seen).toEqual([]);
  });

  it('speaks no plain HTTP, and gives the token to none', async () => {
    const seen: unknown[] = [];
    const server = createHttpServer((message, reply) => {
      seen.push(message.headers);
      reply.end('{}');
    });
    const port = await listen(server);
    const client = await connect(`http://127.0.0.1:${port}`);
    await expect(client.request(READ)).rejects.toMatchObject({ code: 'EPROTO', effect: 'unsent' });
    expect(seen).toEqual([]);
  });

  it('calls a refused connection unsent', async () => {
    const server = await serve();
    await server.close();
    const client = await connect(server.origin);
    await expect(client.request(CREATE)).rejects.toMatchObject({
      operation: 'POST /users',
      code: 'ECONNREFUSED',
      effect: 'unsent',
    });
  });

  it('calls a connection that closes before the handshake unsent', async () => {
    const port = await listen(createServer((socket) => socket.destroy()));
    const client = await connect(`https://127.0.0.1:${port}`);
    await expect(client.request(CREATE)).rejects.toMatchObject({ effect: 'unsent' });
  });

  it('calls a dropped reply lost, on a new connection and on one that was used before', async () => {
    let drop = true;
    const server = await serve(async (request) => (drop ? 'dropped' : sandbox.handler(request)));
    const client = await connect(server.origin);
    await expect(client.request(CREATE)).rejects.toMatchObject({ effect: 'lost' });
    drop = false;
    await client.request(READ);
    drop = true;
    await expect(client.request(CREATE)).rejects.toMatchObject({ effect: 'lost' });
  });

  it('gives up on a server that never answers, and calls it lost', async () => {
    const server = await serve(() => new Promise(() => {}));
    const client = await connect(server.origin, { timeoutMs: 50 });
    await expect(client.request(CREATE)).rejects.toMatchObject({ code: 'ETIMEDOUT', effect: 'lost' });
  });

  it('answers an error that something in between wrote, without a body', async () => {
    const server = await serve();
    const client = await connect(server.origin);
    // Outside the API the test server answers 404 with nothing.
    expect(await client.request({ ...READ, path: '/../nowhere' })).toMatchObject({ status: 404, body: undefined });
  });

  it('takes an answer that claims success and is no JSON for a fault', async () => {
    const server = createHttpsServer(pair, (_, reply) => reply.end('<html>Masuk ke jaringan</html>'));
    const port = await listen(server);
    const client = await connect(`https://127.0.0.1:${port}`);
    await expect(client.request(READ)).rejects.toMatchObject({ code: 'UnexpectedAnswer' });
  });

  it('keeps the token out of errors and the console', async () => {
    const spies = (['log', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
    const server = await serve(async () => 'dropped');
    const client = await connect(server.origin);
    const error = await client.request(CREATE).catch((fault: unknown) => fault);
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 20 })).not.toContain('canary');
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});
