import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { TargetError } from '../../../core/errors.ts';
import { secret } from '../../../core/secret.ts';
import { tokenSource } from '../../../provisioners/cloud/token.ts';
import { makeKeyPair } from './serve.ts';

const pair = await makeKeyPair();
const SECRET = 'rahasia-aplikasi/+=';
const START = Date.parse('2026-11-20T03:00:00Z');

describe('tokenSource()', () => {
  const open: { close(): unknown }[] = [];
  afterEach(() => {
    for (const one of open.splice(0)) one.close();
  });

  /** A sign-in service that answers by this; what it was asked. */
  async function serve(answer: (reply: ServerResponse) => void) {
    const asked: { readonly path: string; readonly form: URLSearchParams }[] = [];
    const server = createServer({ key: pair.key, cert: pair.cert }, async (message: IncomingMessage, reply) => {
      const chunks: Buffer[] = [];
      for await (const chunk of message) chunks.push(chunk as Buffer);
      asked.push({ path: message.url ?? '', form: new URLSearchParams(Buffer.concat(chunks).toString()) });
      answer(reply);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => server.close().closeAllConnections() });
    return { asked, origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }
  const source = (login: string, clock = { now: START }) =>
    tokenSource({
      tenant: 'tenant-id',
      client: 'client-id',
      secret: secret(SECRET),
      login,
      graph: 'https://graph.contoh.test',
      exchange: 'https://exchange.contoh.test',
      ca: pair.cert,
      now: () => new Date(clock.now),
      timeoutMs: 2000,
    });
  const granting = (reply: ServerResponse) =>
    void reply.end(JSON.stringify({ access_token: 'kunci', expires_in: 3600 }));
  const failureOf = (asking: Promise<unknown>) =>
    asking.then(
      () => undefined,
      (error: TargetError) => error,
    );

  it('asks as an application, for the default scope of each API', async () => {
    const { asked, origin } = await serve(granting);
    const token = source(origin);
    expect((await token('graph')).reveal()).toBe('kunci');
    await token('exchange');
    expect(asked.map(({ path }) => path)).toEqual(['/tenant-id/oauth2/v2.0/token', '/tenant-id/oauth2/v2.0/token']);
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client-id',
      client_secret: SECRET,
      scope: 'https://graph.contoh.test/.default',
    });
    expect(asked[1]?.form.get('scope')).toBe('https://exchange.contoh.test/.default');
  });

  it('keeps a token, and asks anew five minutes before it ends', async () => {
    const { asked, origin } = await serve(granting);
    const clock = { now: START };
    const token = source(origin, clock);
    await token('graph');
    clock.now = START + 55 * 60_000 - 1;
    await token('graph');
    expect(asked).toHaveLength(1);
    clock.now = START + 55 * 60_000;
    await token('graph');
    expect(asked).toHaveLength(2);
  });

  it('passes on the codes of a refusal, and nothing of what it says', async () => {
    const body = { error: 'invalid_client', error_codes: [7000215], error_description: `Secret '${SECRET}' is wrong` };
    const { origin } = await serve((reply) => void reply.writeHead(401).end(JSON.stringify(body)));
    const failure = await failureOf(source(origin)('graph'));
    expect(failure).toMatchObject({ system: 'graph', code: 'invalid_client', effect: 'refused' });
    expect(failure?.message).toContain('AADSTS7000215');
    expect(JSON.stringify([failure?.message, failure?.stack, failure?.cause])).not.toContain('rahasia');
  });

  it('asks again after a refusal', async () => {
    let refusals = 0;
    const { origin } = await serve((reply) =>
      refusals++ === 0 ? void reply.writeHead(503).end('busy') : granting(reply),
    );
    const token = source(origin);
    expect(await failureOf(token('graph'))).toMatchObject({ code: '503' });
    expect((await token('graph')).reveal()).toBe('kunci');
  });

  it('says unsent where nobody listens', async () => {
    expect(await failureOf(source('https://127.0.0.1:9')('graph'))).toMatchObject({ effect: 'unsent' });
  });
});
