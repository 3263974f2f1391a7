import { TargetError } from '../../core/errors.ts';
import { type Api, type CloudClient, type CloudRequest, type CloudResponse, isRead } from './protocol.ts';

/** Time and chance, injected. */
export interface Clock {
  now(): Date;
  /** Waits so many milliseconds. */
  pause(ms: number): Promise<void>;
  /** Uniform integers in `[0, max)`. */
  randomInt(max: number): number;
}

const MOST_TRIES = 8;
const LONGEST_BACKOFF = 60_000;
/** Longer than this is not waited for: the run ends with the server's own code, and a later run goes on. */
const LONGEST_RETRY_AFTER = 300_000;
/** From here on a service warns in `x-ms-throttle-limit-percentage`; quotas are counted in windows of 10 s. */
const WARNING = 0.8;
const WINDOW = 10_000;

/** POST actions that do the same when done twice; creating a user is not one of them. */
const REPEATABLE = /\/(assignLicense|revokeSignInSessions|InvokeCommand)$/;
const repeatable = ({ method, path }: CloudRequest): boolean => method !== 'POST' || REPEATABLE.test(path);

/** `Retry-After` in milliseconds, from seconds or an HTTP date; undefined where there is none. */
export function retryAfterOf(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** Capped exponential backoff with jitter: between half and the whole of 1 s, 2 s, 4 s, ... 60 s. */
export function backoff(tries: number, randomInt: Clock['randomInt']): number {
  const whole = Math.min(LONGEST_BACKOFF, 1000 * 2 ** (tries - 1));
  return whole / 2 + randomInt(whole / 2 + 1);
}

/** Whether nothing was done, or doing it twice does no harm. */
function mayRepeat(request: CloudRequest, { status }: CloudResponse): boolean {
  if (status === 429) return true;
  return (status === 503 || status === 504 || status === 502) && repeatable(request);
}

async function attempt(client: CloudClient, request: CloudRequest): Promise<CloudResponse | TargetError> {
  try {
    return await client.request(request);
  } catch (error) {
    const again = error instanceof TargetError && (isRead(request) || error.effect === 'unsent');
    if (again) return error;
    throw error;
  }
}

/**
 * A client that waits as the service asks (Retry-After, else backoff), slows down before it is refused, and tries at
 * most 8 times. A write that may have been done is sent again only where twice is the same as once.
 */
export function patient(client: CloudClient, clock: Clock): CloudClient {
  const resumeAt = new Map<Api, number>();
  const postpone = (api: Api, ms: number) =>
    resumeAt.set(api, Math.max(resumeAt.get(api) ?? 0, clock.now().getTime() + ms));
  const turn = async (api: Api) => {
    // Others that waited as well may have been told to wait on.
    for (let wait = 1; wait > 0; ) {
      wait = (resumeAt.get(api) ?? 0) - clock.now().getTime();
      if (wait > 0) await clock.pause(wait);
    }
  };
  return {
    async request(request) {
      for (let tries = 1; ; tries++) {
        await turn(request.api);
        const answer = await attempt(client, request);
        if (answer instanceof TargetError) {
          if (tries >= MOST_TRIES) throw answer;
          await clock.pause(backoff(tries, clock.randomInt));
          continue;
        }
        if (Number(answer.headers['x-ms-throttle-limit-percentage'] ?? 0) >= WARNING) postpone(request.api, WINDOW);
        if (!mayRepeat(request, answer) || tries >= MOST_TRIES) return answer;
        const asked = retryAfterOf(answer.headers['retry-after'], clock.now());
        if (asked !== undefined && asked > LONGEST_RETRY_AFTER) return answer;
        postpone(request.api, asked ?? backoff(tries, clock.randomInt));
      }
    },
  };
}
