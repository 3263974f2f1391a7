import { TargetError } from '../../core/errors.ts';
import type { GitHubClient, GitHubRequest, GitHubResponse } from './protocol.ts';

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

/** Octokit's answer, or the one that it rejects with. */
interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

/** Octokit hands over the text of JSON that it could not read to its end: the line was cut, and nothing is known. */
const isCut = ({ headers, data }: Answered): boolean =>
  typeof data === 'string' && String(headers['content-type']).includes('json');

/** What is no JSON is kept as the text that a person may need to see. */
const answerOf = ({ status, headers, data }: Answered): GitHubResponse => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  body: typeof data === 'string' ? (data === '' ? undefined : { message: data.slice(0, 200) }) : data,
});

const answeredIn = (error: unknown): Answered | undefined => (error as { readonly response?: Answered }).response;

/** A signal that says so when the time is over: Octokit's own errors do not tell a time-out from a cut line. */
const isOver = (signal: AbortSignal): boolean => signal.aborted && signal.reason?.name === 'TimeoutError';

/**
 * GitHub over Octokit's core: its plug-ins for patience repeat writes too, and what is repeated when is ours to say
 * (patience.ts). Loaded with the first call. A redirect is an error: nobody else gets the token.
 */
export function openClient({ api, token }: GitHubAddress): GitHubClient {
  const open = async () => {
    const { Octokit } = await import('@octokit/core');
    const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    return new Octokit({ auth: token, baseUrl: api.replace(/\/$/, ''), userAgent: 'layanan', log: silent });
  };
  let octokit: ReturnType<typeof open> | undefined;
  return {
    async send(request) {
      const { method, path, query = {}, body } = request;
      octokit ??= open();
      const { request: ask } = await octokit;
      const words = new URLSearchParams(
        Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
      );
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const answered = await ask({
        method,
        // Braces would be a template of Octokit's.
        url: (words.size === 0 ? path : `${path}?${words}`).replaceAll('{', '%7B').replaceAll('}', '%7D'),
        headers: { 'x-github-api-version': '2022-11-28' },
        ...(body === undefined ? {} : { data: body }),
        request: { signal, redirect: 'error' },
      }).catch((error: unknown): Answered => {
        const refused = answeredIn(error);
        if (refused === undefined) throw unanswered(request, isOver(signal) ? signal.reason : error);
        return refused;
      });
      if (isCut(answered)) throw unanswered(request, new Error('The answer ends in the middle'));
      return answerOf(answered);
    },
  };
}
