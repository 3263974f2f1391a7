/**
 * GitHub for tests: `emulate` for issues, pull requests, comments, reviews and labels; this handler in front for what it
 * lacks or makes up: commit statuses, comparisons, commits and files of pull requests (from the bare repository), merges
 * that need the status, GraphQL of edits, tokens that only read. What neither shows of the real GitHub is listed in
 * .github/README.md.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import { answerOf } from './answers.ts';
import { bareRepository } from './repository.ts';
import { type Call, openState, type State } from './state.ts';

export const REPOSITORY = 'contoh/layanan';
export const BOT = 'github-actions[bot]';

/** What a fault does to a call: an answer instead of GitHub's, before or after the call took effect; or none at all. */
export type Fault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly after?: boolean }
  | { readonly lost: true };

export interface GitHubOptions {
  /** The bare repository. */
  readonly folder: string;
  /** Logins that exist; they are members. */
  readonly members: readonly string[];
  readonly outsiders?: readonly string[];
  /** Instant of comments and reviews. */
  readonly now?: () => Date;
}

export interface GitHubServer {
  readonly url: string;
  readonly state: State;
  readonly calls: readonly Call[];
  /** How long callers waited for answers so far. */
  readonly waited: { ms: number };
  /** Decides on a fault for each call as it comes. */
  disturb(fault: ((call: Call) => Fault | undefined) | undefined): void;
  /** A token of a login; `read` can write nothing, as a fork's. */
  token(login: string, read?: boolean): string;
  close(): Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

const FORBIDDEN = { status: 403, body: { message: 'Resource not accessible by integration' } };

export async function startGitHub(options: GitHubOptions): Promise<GitHubServer> {
  const { folder, members, outsiders = [], now = () => new Date() } = options;
  const logins = [BOT, ...members, ...outsiders];
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(logins.map((login) => [`token-${login}`, { login, scopes: ['repo'] }])),
      github: {
        users: logins.map((login) => ({ login })),
        orgs: [{ login: 'contoh' }],
        repos: [{ owner: 'contoh', name: 'layanan', auto_init: true, private: false }],
      },
    },
  });
  const state = openState({ git: bareRepository(folder), members, now });
  const calls: Call[] = [];
  let disturbed: ((call: Call) => Fault | undefined) | undefined;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, read, login = ''] =
      /^(?:bearer|token) (read-)?token-(.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const call: Call = { method: request.method ?? 'GET', path: url.pathname, login };
    const body = await bodyOf(request);
    calls.push(call);
    const fault = disturbed?.(call);
    const reply = (status: number, content: unknown, headers: Readonly<Record<string, string>> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(content === undefined ? '' : JSON.stringify(content));
    };
    if (fault !== undefined && 'status' in fault && !fault.after)
      return reply(fault.status, { message: 'Disturbed' }, fault.headers);
    const isWrite = call.method !== 'GET' && call.path !== '/graphql';
    const answer = read && isWrite ? FORBIDDEN : await answerOf({ call, url, body, emulator: emulator.url, state });
    if (fault !== undefined && 'lost' in fault) return void response.destroy();
    if (fault !== undefined) return reply(fault.status, { message: 'Disturbed' }, fault.headers);
    reply(answer.status, answer.body);
  };

  const waited = { ms: 0 };
  const server = createServer((request, response) => {
    const from = performance.now();
    response.on('finish', () => {
      waited.ms += performance.now() - from;
    });
    handle(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: String(error) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    calls,
    waited,
    disturb: (fault) => {
      disturbed = fault;
    },
    token: (login, read = false) => `${read ? 'read-' : ''}token-${login}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      // It waits for connections that are kept alive; nobody waits for it.
      void emulator.close();
    },
  };
}
