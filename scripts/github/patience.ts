import { TargetError } from '../../core/errors.ts';
import type { GitHubClient, GitHubRequest, GitHubResponse } from './protocol.ts';

/** Time and chance, which tests put something else in place of. */
export interface Clock {
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
  /** Uniform integers in `[0, max)`. */
  readonly randomInt: (max: number) => number;
}

const MOST_TRIES = 5;
const LONGEST_WAIT_MS = 120_000;
const RATE = /rate limit|abuse/i;

const messageOf = ({ body }: GitHubResponse): string =>
  String((body as { message?: unknown } | undefined)?.message ?? '');

const isLimit = (response: GitHubResponse): boolean =>
  response.status === 429 ||
  (response.status === 403 &&
    (response.headers['retry-after'] !== undefined ||
      response.headers['x-ratelimit-remaining'] === '0' ||
      RATE.test(messageOf(response))));

/** What GitHub asks us to wait, in milliseconds; undefined where it asks nothing. */
function askedWait({ headers }: GitHubResponse, now: Date): number | undefined {
  const after = Number(headers['retry-after']);
  if (headers['retry-after'] !== undefined && Number.isFinite(after)) return after * 1000;
  const reset = Number(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] !== '0' || !Number.isFinite(reset)) return undefined;
  return Math.max(0, reset * 1000 - now.getTime());
}

/** How an answer that is none of ours is told: refused, or (5xx) perhaps done. */
const failed = ({ method, path }: GitHubRequest, response: GitHubResponse): TargetError =>
  new TargetError({
    system: 'github',
    operation: `${method} ${path}`,
    code: String(response.status),
    effect: response.status >= 500 ? 'lost' : 'refused',
    message: messageOf(response) || 'It answered without a reason',
  });

/** Whether a failure is worth another try, and after how long at least. */
function again(
  request: GitHubRequest,
  error: TargetError,
  tries: number,
  wait: number | undefined,
  { randomInt }: Clock,
) {
  const repeatable = request.method === 'GET' || request.repeatable === true;
  const backoff = 1000 * 2 ** (tries - 1) + randomInt(1000);
  if (error.effect === 'lost') return repeatable ? backoff : undefined;
  if (wait !== undefined) return wait;
  // GitHub was seen to answer so for a moment; a permission that is missing is missing the second time too.
  return error.code === '403' && tries === 1 ? backoff : undefined;
}

/**
 * Sends with patience: waits as long as GitHub asks, repeats what may be repeated, and resolves with success only.
 * A write that may have been done and must not be done twice rejects with effect `lost`: look, then decide.
 * @throws TargetError of system `github`
 */
export const patient = (client: GitHubClient, clock: Clock): GitHubClient => ({
  async send(request) {
    for (let tries = 1; ; tries++) {
      let response: GitHubResponse | undefined;
      let error: TargetError;
      try {
        response = await client.send(request);
        if (response.status < 400) return response;
        error = failed(request, response);
      } catch (cause) {
        if (!(cause instanceof TargetError)) throw cause;
        error = cause;
      }
      const limited = response !== undefined && isLimit(response);
      const asked = response && askedWait(response, clock.now());
      const wait = again(request, error, tries, limited ? (asked ?? 1000 * 2 ** tries) : undefined, clock);
      if (wait === undefined || wait > LONGEST_WAIT_MS || tries >= MOST_TRIES) throw error;
      await clock.pause(wait);
    }
  },
});

/** Whether GitHub refused for want of permission: a pull request from a fork has a token that only reads. */
export const isForbidden = (error: unknown): boolean =>
  error instanceof TargetError && error.system === 'github' && error.code === '403';

/** Whether there is no such thing. */
export const isMissing = (error: unknown): boolean =>
  error instanceof TargetError && error.system === 'github' && error.code === '404';

/** Whether a write may have been done although no answer told so. */
export const isLost = (error: unknown): boolean => error instanceof TargetError && error.effect === 'lost';
