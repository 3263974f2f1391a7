import type { Client, Context, Middleware, ResponseType } from '@microsoft/microsoft-graph-client';
import { TargetError } from '../../core/errors.ts';
import type { Secret } from '../../core/secret.ts';
import { type Api, type CloudClient, type CloudRequest, type CloudResponse, operationOf } from './protocol.ts';
import { httpsTransport, type Transport, TransportError } from './transport.ts';

export interface CloudSettings {
  /** Directory (tenant) id. */
  readonly tenant: string;
  /** A valid access token for the scope `<resource>/.default`, asked for each request; renewal is the source's work. */
  readonly token: (api: Api) => Promise<Secret>;
  /** Origin of Graph: `https://graph.microsoft.com` when left out. */
  readonly graph?: string;
  /** Origin of Exchange Online: `https://outlook.office365.com` when left out. */
  readonly exchange?: string;
  /** Certificate authorities in PEM, in place of the system's. */
  readonly ca?: string;
  /** Milliseconds without any answer; 100 s when left out, as Graph's own clients. */
  readonly timeoutMs?: number;
}

/**
 * A chain of our own: authentication by the library, then our transport. The library's RetryHandler is left out, for it
 * sends POST again after 503 and 504, and so is its RedirectHandler; `patient` waits instead, knowing what may repeat.
 */
function chainOf(
  sdk: typeof import('@microsoft/microsoft-graph-client'),
  token: () => Promise<Secret>,
  transport: Transport,
) {
  const authentication = new sdk.AuthenticationHandler({ getAccessToken: async () => (await token()).reveal() });
  const last: Middleware = {
    async execute(context: Context) {
      const { method = 'GET', headers, body } = context.options ?? {};
      const init = {
        method,
        headers: headers as Record<string, string>,
        ...(typeof body === 'string' ? { body } : {}),
      };
      context.response = await transport(String(context.request), init);
    },
  };
  authentication.setNext(last);
  return authentication;
}

/** `$` and `,` stay readable, as in Microsoft's documentation; all else is percent-encoded. */
const queryOf = (query: CloudRequest['query']): string =>
  Object.entries(query ?? {})
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

async function send(client: Client, request: CloudRequest, raw: ResponseType): Promise<Response> {
  const query = queryOf(request.query);
  const prepared = client
    .api(query === '' ? request.path : `${request.path}?${query}`)
    .headers({ ...request.headers })
    .responseType(raw);
  switch (request.method) {
    case 'GET':
      return prepared.get();
    case 'POST':
      return prepared.post(request.body ?? {});
    case 'PATCH':
      return prepared.patch(request.body ?? {});
    case 'DELETE':
      return prepared.delete();
  }
}

/** An answer that is no JSON comes from something in between, not from the service. */
async function answerOf(request: CloudRequest, response: Response): Promise<CloudResponse> {
  const headers = Object.fromEntries(response.headers);
  const text = await response.text();
  try {
    return { status: response.status, headers, body: text === '' ? undefined : JSON.parse(text) };
  } catch {
    if (response.status >= 400) return { status: response.status, headers, body: undefined };
    throw faultOf(request, 'UnexpectedAnswer', 'lost', `Got ${text.length} characters that are no JSON`);
  }
}

const faultOf = (
  request: CloudRequest,
  code: string,
  effect: TransportError['effect'],
  message: string,
  cause?: unknown,
) => new TargetError({ system: request.api, operation: operationOf(request), code, effect, message }, { cause });

/** The library wraps what the transport rejected with; the wrapper keeps only text, so the fault is kept aside. */
function transportFault(request: CloudRequest, error: unknown, fault: TransportError | undefined): unknown {
  if (fault) return faultOf(request, fault.code, fault.effect, fault.message, fault);
  return faultOf(request, 'ClientError', 'unsent', error instanceof Error ? error.name : 'The client failed');
}

/**
 * A tenant behind Microsoft's Graph client, loaded here and nowhere else. HTTPS only: the library gives the token to no
 * other, and the transport refuses.
 */
export async function connectCloud(settings: CloudSettings): Promise<CloudClient> {
  const {
    graph = 'https://graph.microsoft.com',
    exchange = 'https://outlook.office365.com',
    timeoutMs = 100_000,
  } = settings;
  const sdk = await import('@microsoft/microsoft-graph-client');
  const https = httpsTransport({ timeoutMs, ...(settings.ca === undefined ? {} : { ca: settings.ca }) });
  const clientOf = (api: Api, origin: string, defaultVersion: string, transport: Transport): Client =>
    sdk.Client.initWithMiddleware({
      baseUrl: origin,
      defaultVersion,
      customHosts: new Set([new URL(origin).hostname]),
      middleware: chainOf(sdk, () => settings.token(api), transport),
    });
  const anchor = `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${settings.tenant}`;
  return {
    async request(request) {
      // Asked for here too, since the library would keep nothing but the name of an error.
      await settings.token(request.api);
      let fault: TransportError | undefined;
      const transport: Transport = (url, init) =>
        https(url, init).catch((error: unknown) => {
          if (error instanceof TransportError) fault = error;
          throw error;
        });
      const client =
        request.api === 'graph'
          ? clientOf('graph', graph, 'v1.0', transport)
          : clientOf('exchange', exchange, `adminapi/beta/${settings.tenant}`, transport);
      const headers = request.api === 'exchange' ? { 'X-AnchorMailbox': anchor, Prefer: 'odata.maxpagesize=1000' } : {};
      let response: Response;
      try {
        response = await send(
          client,
          { ...request, headers: { ...headers, ...request.headers } },
          sdk.ResponseType.RAW,
        );
      } catch (error) {
        throw transportFault(request, error, fault);
      }
      return answerOf(request, response);
    },
  };
}
