import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { hasBind, startBind } from './bind.ts';
import { realServer } from './required.ts';

const answers = (port: number): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: '127.0.0.1', port }, () => resolve(true)).on('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
};

realServer(
  'BIND 9',
  hasBind(),
  'scripts/test-servers install',
)(() => {
  describe('startBind()', () => {
    it('gives each server a port of its own, closed by stop', async () => {
      const [one, two] = await Promise.all([startBind([], []), startBind([], [])]);
      expect(one.port).not.toBe(two.port);
      expect([await answers(one.port), await answers(two.port)]).toEqual([true, true]);
      await Promise.all([one.stop(), two.stop()]);
      expect([await answers(one.port), await answers(two.port)]).toEqual([false, false]);
    });

    it.runIf(process.platform === 'linux')(
      'ends with the process that started it, even when that is killed',
      async () => {
        const script = `
        import { startBind } from './test/servers/bind.ts';
        console.log((await startBind([], [])).port);
        setInterval(() => {}, 1000);`;
        const args = ['--input-type=module-typescript', '--eval', script];
        const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
        const [line] = (await once(child.stdout, 'data')) as [Buffer];
        const port = Number(line.toString());
        expect(await answers(port)).toBe(true);
        child.kill('SIGKILL');
        let ended = false;
        for (let i = 0; i < 200 && !ended; i++) {
          ended = !(await answers(port));
          await delay(25);
        }
        expect(ended).toBe(true);
      },
    );
  });
});
