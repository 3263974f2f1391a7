import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { realServer } from './required.ts';
import { sambaRequirement, startSamba } from './samba.ts';

const answers = (address: string): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: address, port: 636 }, () => resolve(true)).on('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
};

realServer(...sambaRequirement())(() => {
  describe('startSamba()', () => {
    it('gives each server an address and a folder of its own, removed by stop', async () => {
      const [one, two] = await Promise.all([startSamba(), startSamba()]);
      expect(one.address).not.toBe(two.address);
      await Promise.all([one.stop(), two.stop()]);
      expect([await answers(one.address), await answers(two.address)]).toEqual([false, false]);
    });

    it('ends with the process that started it, even when that is killed', async () => {
      const script = `
        import { startSamba } from './test/servers/samba.ts';
        const samba = await startSamba();
        console.log(samba.address + ' ' + samba.folder);
        setInterval(() => {}, 1000);`;
      const args = ['--input-type=module-typescript', '--eval', script];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const [address = '', folder = ''] = line.toString().trim().split(' ');
      expect(await answers(address)).toBe(true);
      child.kill('SIGKILL');
      let ended = false;
      for (let i = 0; i < 200 && !ended; i++) {
        ended = !(await answers(address));
        await delay(25);
      }
      expect(ended).toBe(true);
      rmSync(folder, { recursive: true, force: true });
    });
  });
});
