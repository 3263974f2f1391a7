import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { TargetError } from '../../../core/errors.ts';
import { secret } from '../../../core/secret.ts';
import { connectDirectory } from '../../../provisioners/directory/client.ts';

const settings = { ca: '', user: 'layanan@contoh.test', password: secret('Kata-Sandi-7.rahasia'), connectTimeout: 100 };

const errorOf = async (call: Promise<unknown>): Promise<TargetError> => {
  const error = await call.catch((thrown: unknown) => thrown);
  if (!(error instanceof TargetError)) throw new Error(`A TargetError was expected, not ${String(error)}`);
  return error;
};

/** A server that takes connections and says nothing. */
async function silentServer() {
  const received: Buffer[] = [];
  const server = createServer((socket) => socket.on('error', () => {}).on('data', (data) => received.push(data)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `ldaps://127.0.0.1:${port}`, received, [Symbol.dispose]: () => void server.close() };
}

describe('connectDirectory()', () => {
  it.each([
    'ldap://dc1.contoh.test',
    'ldaps://a@dc1.contoh.test',
    'https://dc1.contoh.test',
    'ldaps://dc1/x',
  ])('refuses %s', async (url) => {
    expect(await errorOf(connectDirectory({ ...settings, url }))).toMatchObject({ code: 'settings', effect: 'unsent' });
  });

  it('gives up on a server that says nothing, and has sent it no password', async () => {
    using server = await silentServer();
    const error = await errorOf(connectDirectory({ ...settings, url: server.url }));
    expect(error).toMatchObject({ operation: 'bind', code: 'no-connection', effect: 'unsent' });
    expect(Buffer.concat(server.received).includes('rahasia')).toBe(false);
  });

  it('says that a server is not reached', async () => {
    expect(await errorOf(connectDirectory({ ...settings, url: 'ldaps://127.0.0.1:1' }))).toMatchObject({
      code: 'no-connection',
      effect: 'unsent',
    });
  });

  it.each(['ldapts', '*'])('refuses to connect while NODE_DEBUG=%s would print passwords', (debug) => {
    const script = `
      import { connectDirectory } from './provisioners/directory/client.ts';
      import { secret } from './core/secret.ts';
      await connectDirectory({ url: 'ldaps://127.0.0.1:1', ca: '', user: 'x', password: secret('y') }).catch((e) => console.log(e.message));`;
    const args = ['--input-type=module-typescript', '--eval', script];
    const env = { ...process.env, NODE_DEBUG: debug };
    const output = execFileSync(process.execPath, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(output).toContain('Cannot connect while NODE_DEBUG covers ldapts');
  });
});
