import { Agent, request as httpsRequest } from 'node:https';
import type { Effect } from '../../core/errors.ts';

/** A fault of the connection, with what it did to the target. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: string;
  readonly effect: Effect;
  constructor(code: string, effect: Effect, options?: ErrorOptions) {
    super(`The connection failed: ${code}`, options);
    this.code = code;
    this.effect = effect;
  }
}

export interface TransportOptions {
  /** Certificate authorities in PEM, in place of the system's. */
  readonly ca?: string;
  /** Milliseconds without any answer. */
  readonly timeoutMs: number;
}

/** What the transport sends; a `fetch` without redirects, for a redirect could take the token elsewhere. */
export type Transport = (
  url: string,
  init: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string },
) => Promise<Response>;

/** Statuses that `Response` refuses a body for. */
const EMPTY = new Set([204, 205, 304]);

/**
 * HTTPS with certificate checks that cannot be switched off. Tells a request that never left (`unsent`) from one whose
 * answer is missing (`lost`): nothing is sent before the handshake is done.
 */
export function httpsTransport({ ca, timeoutMs }: TransportOptions): Transport {
  const tls = { ...(ca === undefined ? {} : { ca }), minVersion: 'TLSv1.2' } as const;
  const kept = new Agent({ keepAlive: true, ...tls });
  // A kept connection may be closed from the other side just as it is used; for a POST that would look like a lost reply.
  const fresh = new Agent({ keepAlive: false, ...tls });
  return (url, { method, headers, body }) =>
    new Promise((resolve, reject) => {
      if (!url.startsWith('https://')) throw new TransportError('EPROTO', 'unsent');
      let sent = false;
      const sending = httpsRequest(url, { method, headers, agent: method === 'POST' ? fresh : kept }, (message) => {
        const chunks: Buffer[] = [];
        message.on('data', (chunk: Buffer) => chunks.push(chunk));
        message.on('error', (error: NodeJS.ErrnoException) =>
          reject(new TransportError(error.code ?? 'EIO', 'lost', { cause: error })),
        );
        message.on('end', () => {
          const status = message.statusCode ?? 0;
          const names = Object.entries(message.headers).map(
            ([name, value]) => [name, String(value)] as [string, string],
          );
          resolve(new Response(EMPTY.has(status) ? null : Buffer.concat(chunks), { status, headers: names }));
        });
      });
      sending.on('socket', (socket) => {
        const leaves = () => {
          sent = true;
        };
        // A kept connection has its handshake behind it.
        if (socket.connecting) socket.once('secureConnect', leaves);
        else leaves();
      });
      sending.setTimeout(timeoutMs, () =>
        sending.destroy(Object.assign(new Error('No answer in time'), { code: 'ETIMEDOUT' })),
      );
      sending.on('error', (error: NodeJS.ErrnoException) =>
        reject(new TransportError(error.code ?? 'EIO', sent ? 'lost' : 'unsent', { cause: error })),
      );
      sending.end(body);
    });
}
