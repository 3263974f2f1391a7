/** Access tokens of an application: OAuth 2.0 client credentials (RFC 6749 section 4.4). */
import { TargetError } from '../../core/errors.ts';
import { type Secret, secret } from '../../core/secret.ts';
import type { Api, CloudClient } from './protocol.ts';
import { httpsTransport, TransportError } from './transport.ts';

export interface Application {
  readonly tenant: string;
  /** Application (client) id. */
  readonly client: string;
  readonly secret: Secret;
  /** Origins of the sign-in service and of the two APIs. */
  readonly login: string;
  readonly graph: string;
  readonly exchange: string;
  readonly ca?: string;
  readonly now: () => Date;
  /** @default 30000 */
  readonly timeoutMs?: number;
}

/** A token is renewed this long before its end, so that no request carries one that ends on its way. */
const MARGIN_MS = 5 * 60 * 1000;
const TIMEOUT_MS = 30_000;

const fault = (code: string, effect: TargetError['effect'], message: string, cause?: unknown) =>
  new TargetError({ system: 'graph', operation: 'POST /oauth2/v2.0/token', code, effect, message }, { cause });

/** The sign-in service's answer; its texts may repeat what was sent, so only its error codes are passed on. */
async function answerOf(response: Response): Promise<{ access_token: string; expires_in: number }> {
  const body: unknown = await response.json().catch(() => undefined);
  const { access_token, expires_in, error, error_codes } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof access_token === 'string' && typeof expires_in === 'number') return { access_token, expires_in };
  const codes = Array.isArray(error_codes) ? error_codes.filter(Number.isInteger).map((code) => ` AADSTS${code}`) : [];
  const name = typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error : String(response.status);
  throw fault(name, 'refused', `The sign-in service gave no token${codes.slice(0, 3).join()}`);
}

/** Asks for a token when one is wanted, and keeps it until shortly before its end. */
export function tokenSource(application: Application): (api: Api) => Promise<Secret> {
  const { tenant, client, login, now, ca, timeoutMs = TIMEOUT_MS } = application;
  const transport = httpsTransport({ timeoutMs, ...(ca === undefined ? {} : { ca }) });
  const ask = async (api: Api) => {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client,
      client_secret: application.secret.reveal(),
      scope: `${application[api]}/.default`,
    });
    const asked = now().getTime();
    const response = await transport(`${login}/${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    }).catch((error: unknown) => {
      if (error instanceof TransportError) throw fault(error.code, 'unsent', error.message, error);
      throw error;
    });
    const { access_token, expires_in } = await answerOf(response);
    return { token: secret(access_token), until: asked + expires_in * 1000 - MARGIN_MS };
  };
  const kept = new Map<Api, ReturnType<typeof ask>>();
  return async (api) => {
    const known = kept.get(api);
    if (known !== undefined && (await known).until > now().getTime()) return (await known).token;
    const asking = ask(api);
    kept.set(api, asking);
    asking.catch(() => kept.delete(api));
    return (await asking).token;
  };
}

/** Reads what every run reads first. @throws TargetError where the tenant does not let us */
export async function licencesReadable(client: CloudClient): Promise<void> {
  const path = '/subscribedSkus';
  const { status } = await client.request({ api: 'graph', method: 'GET', path });
  if (status < 400) return;
  const at = { system: 'graph', operation: `GET ${path}`, code: String(status), effect: 'refused' } as const;
  throw new TargetError({ ...at, message: 'The tenant does not let its licences be read' });
}
