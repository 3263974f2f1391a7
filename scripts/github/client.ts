import { TargetError } from '../../core/errors.ts';
import type { GitHubClient, GitHubRequest } from './protocol.ts';

export interface GitHubAddress {
  /** `https://api.github.com`, or that of an own server. */
  readonly api: string;
  readonly token: string;
}

const TIMEOUT_MS = 30_000;

const unanswered = ({ method, path }: GitHubRequest, cause: unknown) =>
  new TargetError(
    {
      system: 'github',
      operation: `${method} ${path}`,
      code: cause instanceof Error && cause.name === 'TimeoutError' ? 'timeout' : 'unreachable',
      effect: 'lost',
      message: 'No answer came',
    },
    { cause },
  );

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return { message: text.slice(0, 200) };
  }
}

/**
 * GitHub over HTTPS. Node's own `fetch` does it: a pull request's job installs no library for a handful of calls, and
 * what is repeated when is ours to say (patience.ts).
 */
export const openClient = ({ api, token }: GitHubAddress): GitHubClient => ({
  async send(request) {
    const { method, path, query = {}, body } = request;
    const url = new URL(`${api.replace(/\/$/, '')}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const headers = {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'user-agent': 'layanan',
      'x-github-api-version': '2022-11-28',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(url, { method, headers, ...sent, signal, redirect: 'error' });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: parsed(await response.text()),
      };
    } catch (cause) {
      throw unanswered(request, cause);
    }
  },
});
