import { createServer, connect as open, type Socket } from 'node:net';

/**
 * What becomes of the next exchange:
 * - `reply`: the request arrives, its reply does not, and the connection is reset;
 * - `silence`: the request arrives, and nothing comes back on this connection any more;
 * - `request`: the connection is reset before the request arrives.
 */
export type Loss = 'reply' | 'silence' | 'request';

/** A TCP proxy that loses what it is told to; it does not look into what it carries. */
export interface LossyProxy {
  readonly port: number;
  /** Strikes once, at the next data that a client sends. */
  lose(loss: Loss): void;
  /** Resets all connections that stand. */
  reset(): void;
  stop(): void;
}

export async function startProxy(target: { readonly host: string; readonly port: number }): Promise<LossyProxy> {
  const sockets = new Set<Socket>();
  let next: Loss | undefined;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((client) => {
    const upstream = keep(open(target));
    keep(client);
    let lost: Loss | undefined;
    const reset = () => {
      client.resetAndDestroy();
      upstream.destroy();
    };
    client.on('data', (data) => {
      lost ??= next;
      next = undefined;
      if (lost === 'request') reset();
      else upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (lost === 'reply') reset();
      else if (lost === undefined) client.write(data);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.resetAndDestroy());
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  const reset = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    lose: (loss) => {
      next = loss;
    },
    reset,
    stop() {
      reset();
      server.close();
    },
  };
}
