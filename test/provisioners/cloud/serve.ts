import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CloudRequest } from '../../../provisioners/cloud/protocol.ts';
import type { CloudHandler } from '../../../provisioners/cloud/sandbox.ts';

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** A self-signed certificate for 127.0.0.1, made for this run. */
export async function makeKeyPair(): Promise<KeyPair> {
  const folder = await mkdtemp(join(tmpdir(), 'layanan-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  await promisify(execFile)('openssl', [
    'req',
    '-x509',
    '-nodes',
    '-days',
    '1',
    ...curve,
    '-keyout',
    key,
    '-out',
    cert,
    ...subject,
  ]);
  const pair = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  await rm(folder, { recursive: true });
  return pair;
}

export interface CloudServer {
  /** `https://127.0.0.1:<port>`. */
  readonly origin: string;
  /** Headers of the requests that came, newest last. */
  readonly seen: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
}

/** The application that may sign in, where the server is the sign-in service too. */
export interface Application {
  readonly tenant: string;
  readonly client: string;
  readonly secret: string;
  /** What it gets; the only token that is taken then. */
  readonly token: string;
}

const PREFIXES = [
  { api: 'graph', pattern: /^\/v1\.0/ },
  { api: 'exchange', pattern: /^\/adminapi\/[^/]+\/[^/]+/ },
] as const;

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function bodyOf(message: IncomingMessage): Promise<unknown> {
  const text = await textOf(message);
  return text === '' ? undefined : JSON.parse(text);
}

const isSignIn = (message: IncomingMessage) => message.url?.endsWith('/oauth2/v2.0/token') === true;

/** Client credentials (RFC 6749 section 4.4), with the errors of Microsoft's sign-in service. */
async function signIn(message: IncomingMessage, reply: ServerResponse, application: Application): Promise<void> {
  const form = new URLSearchParams(await textOf(message));
  const { tenant, client, secret, token } = application;
  const isKnown = message.url === `/${tenant}/oauth2/v2.0/token` && form.get('client_id') === client;
  if (isKnown && form.get('client_secret') === secret)
    return void reply.writeHead(200).end(JSON.stringify({ access_token: token, expires_in: 3600 }));
  // The service repeats what it was sent.
  const refusal = { error: 'invalid_client', error_codes: [7000215], error_description: form.get('client_secret') };
  reply.writeHead(401).end(JSON.stringify(refusal));
}

async function requestOf(message: IncomingMessage): Promise<CloudRequest | undefined> {
  const url = new URL(message.url ?? '/', 'https://127.0.0.1');
  const prefix = PREFIXES.find(({ pattern }) => pattern.test(url.pathname));
  if (prefix === undefined) return undefined;
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
  return {
    api: prefix.api,
    method: message.method as CloudRequest['method'],
    path: url.pathname.replace(prefix.pattern, ''),
    query: Object.fromEntries(url.searchParams),
    headers,
    body: await bodyOf(message),
  };
}

/** The sandbox's handler behind TLS, for the real client; a dropped reply closes the socket. */
export async function serveCloud(
  handler: CloudHandler,
  { key, cert }: KeyPair,
  application?: Application,
): Promise<CloudServer> {
  const seen: CloudServer['seen'] = [];
  const isLetIn = ({ headers: { authorization = '' } }: IncomingMessage) =>
    application === undefined ? authorization.startsWith('Bearer ') : authorization === `Bearer ${application.token}`;
  const answer = async (message: IncomingMessage, reply: ServerResponse) => {
    if (application !== undefined && isSignIn(message)) return signIn(message, reply, application);
    seen.push({ path: message.url ?? '', headers: message.headers });
    const request = await requestOf(message);
    if (request === undefined) return void reply.writeHead(404).end();
    if (!isLetIn(message)) return void reply.writeHead(401).end();
    const response = await handler(request);
    if (response === 'dropped') return void message.socket.destroy();
    const { status, headers, body } = response;
    reply.writeHead(status, headers).end(body === undefined ? undefined : JSON.stringify(body));
  };
  const server = createServer({ key, cert }, (message, reply) => void answer(message, reply));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, close };
}
