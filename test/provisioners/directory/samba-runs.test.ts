/** A server killed in mid-run, and many runs at once, on a real domain controller. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fields } from '../../../core/kinds.ts';
import { preconditionOf } from '../../../core/plan/precondition.ts';
import type { Write, WritePort } from '../../../core/provisioner.ts';
import type { Change } from '../../../core/resource.ts';
import { connectDirectory } from '../../../provisioners/directory/client.ts';
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { meetingOf } from '../../builders/meeting.ts';
import { realServer } from '../../servers/required.ts';
import { BASE, SERVICE } from '../../servers/samba/recipe.ts';
import { sambaRequirement } from '../../servers/samba.ts';
import { collect } from '../contract.ts';
import { type SambaServer, startSambaServer } from './samba-server.ts';
import { accountFields, REQUEST, type Workbench, workbench } from './workbench.ts';

const ACCOUNT = 'andi.pratama';
const RUNS_AT_ONCE = 50;
/** The server has one process for all of them. */
const PATIENT_MS = 60_000;

realServer(...sambaRequirement())(() => {
  let server: SambaServer;
  beforeAll(async () => {
    server = await startSambaServer();
  });
  afterAll(() => server.stop());
  beforeEach(() => server.clean());

  const account = (more: Fields = {}) => accountFields(server, more);

  describe('the server is killed in mid-run', () => {
    const keys = Array.from({ length: 12 }, (_, i) => `akun-${i}`);
    const creates = (): Change[] =>
      keys.map((key) => ({
        kind: 'directory-account',
        key,
        request: REQUEST,
        precondition: preconditionOf(undefined),
        action: 'create',
        after: account({
          cn: key,
          userPrincipalName: `${key}@contoh.test`,
          mail: `${key}@contoh.test`,
          aliases: [],
          groups: ['internet'],
        }),
      }));
    const present = async (bench: Workbench) =>
      (await bench.provisioner.read({ keys: [], owners: new Set([REQUEST]), pools: [] })).objects.map((one) => one.key);

    it.each([
      ['before a write', 'before'],
      ['after a write', 'after'],
    ] as const)('%s: the run goes on after the restart, one rerun does the rest', async (_, when) => {
      const bench = workbench(server);
      let writes = 0;
      const restart = async () => {
        await server.samba.kill();
        await server.samba.start();
      };
      const port: WritePort = {
        async write<T>(write: Write, send: () => Promise<T>): Promise<T> {
          const strikes = write.system === 'directory' && ++writes === 9;
          if (strikes && when === 'before') await restart();
          const value = await send();
          if (strikes && when === 'after') await restart();
          return value;
        },
      };
      const outcomes = await collect(bench.provisioner.apply(creates(), port));
      const done = outcomes.filter((one) => one.result === 'done').map((one) => one.change.key);
      expect(done.length).toBeGreaterThanOrEqual(keys.length - 1);
      const rest = creates().filter((change) => !done.includes(change.key));
      for (const change of rest) {
        const { key } = change;
        const fields = change.action === 'create' ? change.after : {};
        const seen = await bench.observe(key);
        const again = seen === undefined ? await bench.apply(change) : await bench.update(key, fields);
        expect(again).toMatchObject({ result: 'done' });
      }
      expect((await present(bench)).sort()).toEqual([...keys].sort());
      expect(bench.sealed.length).toBeGreaterThanOrEqual(keys.length);
      expect(bench.leaks()).toEqual([]);
    });

    it('fails in plain words while the server is down, and writes nothing', async () => {
      const bench = workbench(server);
      await server.samba.kill();
      const outcome = await bench.create(ACCOUNT, account());
      await server.samba.start();
      expect(outcome).toMatchObject({ result: 'failed', error: { system: 'directory', code: 'no-connection' } });
      expect(bench.sealed).toEqual([]);
      expect(bench.leaks()).toEqual([]);
      expect(await bench.create(ACCOUNT, account())).toMatchObject({ result: 'done' });
    });
  });

  it.each([1, 2, 3])(`${RUNS_AT_ONCE} runs at once create the same account: one does (round %i)`, async () => {
    const clients = await Promise.all(
      Array.from({ length: RUNS_AT_ONCE }, () =>
        connectDirectory({ ...server.samba.settings(SERVICE), timeout: PATIENT_MS, connectTimeout: PATIENT_MS }),
      ),
    );
    const benches = clients.map((client, i) => workbench({ ...server, client }, i + 1));
    // All have looked, and found nothing, before the first one writes.
    const met = meetingOf(RUNS_AT_ONCE);
    const port: WritePort = {
      async write(write, send) {
        if (write.system === 'handover') await met();
        return send();
      },
    };
    const change = { kind: 'directory-account', key: ACCOUNT, request: REQUEST, action: 'create' } as const;
    const whole = { ...change, precondition: preconditionOf(undefined), after: account() };
    const outcomes = await Promise.all(benches.map((bench) => bench.apply(whole, port)));
    const winners = benches.filter((_, i) => outcomes[i]?.result === 'done');
    expect(winners).toHaveLength(1);
    expect(outcomes.filter((one) => one.result === 'failed')).toHaveLength(RUNS_AT_ONCE - 1);
    const files = benches.flatMap((bench) => bench.sealed);
    expect(files.filter((file) => file.state === 'confirmed')).toHaveLength(1);
    expect(files.filter((file) => file.state === 'sealed')).toEqual([]);
    expect(files).toHaveLength(RUNS_AT_ONCE);
    expect(benches.flatMap((bench) => bench.leaks())).toEqual([]);
    const place = formatDn(parseDn(`CN=Andi Pratama,OU=Akun,OU=Uji,${BASE}`));
    const [live] = files.filter((file) => file.state === 'confirmed');
    expect(live && (await server.verifyPassword(place, live.value))).toBe('773');
    await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
  });
});
