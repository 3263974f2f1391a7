import { connect } from 'node:net';

export interface Endpoint {
  /** Host name or address. */
  readonly server: string;
  readonly port: number;
  /** Milliseconds without a sign of the server until it is given up. */
  readonly timeout: number;
}

/** The connection failed. `sent`: the request had left by then. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly sent: boolean;
  readonly code: string;
  constructor(message: string, at: { sent: boolean; code: string }, options?: ErrorOptions) {
    super(message, options);
    this.sent = at.sent;
    this.code = at.code;
  }
}

/** Cuts a TCP stream into messages: two octets of length before each (RFC 1035 section 4.2.2). */
function framer(): (chunk: Buffer) => Buffer[] {
  let held: Buffer = Buffer.alloc(0);
  return (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const messages: Buffer[] = [];
    let at = 0;
    while (held.length - at >= 2 && held.length - at - 2 >= held.readUInt16BE(at)) {
      const end = at + 2 + held.readUInt16BE(at);
      messages.push(held.subarray(at + 2, end));
      at = end;
    }
    held = held.subarray(at);
    return messages;
  };
}

function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

/**
 * Sends requests over a TCP connection of their own, without waiting between them, and hands in the messages that come
 * back, until `receive` answers true.
 * @throws ExchangeError when the connection fails or ends before that; else what `receive` throws
 */
export function exchange(
  { server, port, timeout }: Endpoint,
  requests: readonly Buffer[],
  receive: (message: Buffer) => boolean,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const cut = framer();
  let sent = false;
  const socket = connect({ host: server, port, noDelay: true });
  const fail = (code: string, message: string, cause?: unknown) => {
    reject(new ExchangeError(message, { sent, code }, { cause }));
    socket.destroy();
  };
  socket.setTimeout(timeout, () => fail('TIMEOUT', `No answer for ${timeout} ms`));
  socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'ERROR', error.message, error));
  socket.on('close', () => fail('CLOSED', 'The server closed the connection before its answer was complete'));
  socket.on('connect', () => {
    sent = true;
    socket.write(Buffer.concat(requests.map(framed)));
  });
  socket.on('data', (chunk: Buffer) => {
    try {
      if (!cut(chunk).some(receive)) return;
      resolve();
    } catch (error) {
      reject(error);
    }
    socket.destroy();
  });
  return promise;
}
