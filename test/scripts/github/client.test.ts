import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openClient } from '../../../scripts/github/client.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let answer: Handler;
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => answer(request, response, Buffer.concat(parts).toString()));
});
const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));

let client: ReturnType<typeof openClient>;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = openClient({ api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, token: 'rahasia-token' });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  answer = (_, response) => json(response, 200, {});
});

describe('openClient()', () => {
  it('sends method, path, query, body and token, and gives back status, headers and body', async () => {
    answer = (request, response, body) => {
      const { authorization, accept } = request.headers;
      response.setHeader('x-ratelimit-remaining', '7');
      json(response, 201, { method: request.method, url: request.url, body: JSON.parse(body), authorization, accept });
    };
    const query = { per_page: 100, q: 'a b&c' };
    const sent = await client.send({ method: 'POST', path: '/repos/a/b/issues', query, body: { title: 'x' } });
    expect(sent).toMatchObject({
      status: 201,
      headers: { 'x-ratelimit-remaining': '7' },
      body: {
        method: 'POST',
        url: '/repos/a/b/issues?per_page=100&q=a+b%26c',
        body: { title: 'x' },
        authorization: 'token rahasia-token',
        accept: 'application/vnd.github.v3+json',
      },
    });
  });

  it('takes braces in a path for themselves, never for a template', async () => {
    answer = (request, response) => json(response, 200, { url: request.url });
    const sent = await client.send({ method: 'GET', path: '/repos/a/b/labels/{x}' });
    expect(sent.body).toEqual({ url: '/repos/a/b/labels/%7Bx%7D' });
  });

  it.each([404, 422, 403, 500])('resolves with an answer of %i and its body', async (status) => {
    answer = (_, response) => json(response, status, { message: 'Tidak' });
    expect(await client.send({ method: 'GET', path: '/x' })).toMatchObject({ status, body: { message: 'Tidak' } });
  });

  it('keeps the text of an answer that is no JSON', async () => {
    answer = (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    expect(await client.send({ method: 'GET', path: '/x' })).toMatchObject({
      status: 502,
      body: { message: '<h1>Bad gateway</h1>' },
    });
  });

  it('has no body where there is none', async () => {
    answer = (_, response) => response.writeHead(204).end();
    expect(await client.send({ method: 'DELETE', path: '/x' })).toMatchObject({ status: 204, body: undefined });
  });

  it('follows no redirect, so that the token goes nowhere else', async () => {
    let calls = 0;
    answer = (_, response) => {
      calls++;
      response.writeHead(302, { location: '/elsewhere' }).end();
    };
    await expect(client.send({ method: 'GET', path: '/x' })).rejects.toMatchObject({ effect: 'lost' });
    expect(calls).toBe(1);
  });

  it.each<[string, Handler]>([
    ['a line that is cut before the answer', (request) => request.socket.destroy()],
    [
      'an answer that ends in the middle',
      (request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 }).write('[{"id":1},');
        setImmediate(() => request.socket.destroy());
      },
    ],
    ['JSON that is none', (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('[{')],
  ])('rejects %s as lost: what was done is not known', async (_, handler) => {
    answer = handler;
    await expect(client.send({ method: 'POST', path: '/x', body: {} })).rejects.toMatchObject({
      system: 'github',
      operation: 'POST /x',
      code: 'unreachable',
      effect: 'lost',
    });
  });

  it('never shows the token in an error', async () => {
    answer = (request) => request.socket.destroy();
    const error = await client.send({ method: 'GET', path: '/x' }).catch((cause: unknown) => cause);
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('rahasia-token');
  });
});
