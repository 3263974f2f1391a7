/** Processes that are killed, that race, or whose server dies, on a real domain controller and a real name server. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { equals } from '../../../provisioners/directory/filter.ts';
import { accountRequest, addressRequest } from '../../faults/world.ts';
import { dn } from '../../provisioners/directory/server.ts';
import { transferred } from '../../provisioners/dns/transferred.ts';
import { realServer } from '../../servers/required.ts';
import { BASE } from '../../servers/samba/recipe.ts';
import { DEBUG } from './canaries.ts';
import { bothServers, type Ended, type Office, openRig, type Rig } from './rig.ts';

const LIMIT_MS = 300_000;
const RUNS_AT_ONCE = 50;
const OFFICES = 6;
const POLL_MS = 2;
const WANTED_SECRETS = 30;

const filesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
const account = (login: string) =>
  accountRequest(login, ['kind: individual', `displayName: Contoh ${login}`, 'internet: true']);

realServer(...bothServers())(() => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
  }, LIMIT_MS);
  afterAll(() => rig.stop());

  /** Logins that begin so, at the directory, whoever made them. */
  const accounts = async (prefix: string): Promise<string[]> => {
    const filter = equals('objectClass', 'user');
    const request = { base: dn(`OU=DJP,${BASE}`), scope: 'sub', filter, attributes: ['sAMAccountName'] } as const;
    const entries = await rig.administrator.search({ ...request, pageSize: 500 });
    return entries.map((entry) => String(entry.attributes.sAMAccountName)).filter((name) => name.startsWith(prefix));
  };
  /** An office whose orders are approved: accounts and an address. */
  const approved = async (name: string, count: number, folder = name): Promise<Office> => {
    const office = rig.office(folder, { env: DEBUG, launcher: true });
    const logins = Array.from({ length: count }, (_, at) => `${name}${at}`);
    office.write({
      ...Object.fromEntries(logins.map((login) => [`djp/${login}`, account(login)])),
      [`djp/${name}-spt`]: addressRequest(`${name}-spt`, []),
    });
    await office.approve(...logins.map((login) => `djp/${login}`), `djp/${name}-spt`);
    return office;
  };
  /** Does something once a run has entered its n-th write into the journal. */
  const atWrite = async (office: Office, nth: number, work: () => void | Promise<void>): Promise<void> => {
    const before = office.intents().length;
    for (let tries = 0; office.intents().length < before + nth && tries < 30_000; tries++) await delay(POLL_MS);
    await work();
  };
  /** Whether a run has something left to do, or to enter as done. */
  const isOpen = async (office: Office): Promise<boolean> => {
    const { out } = await office.layanan(['plan', '--format', 'json']);
    const { requests } = JSON.parse(out) as { requests: readonly { state: string }[] };
    return requests.some((one) => one.state === 'ready');
  };
  const fulfilled = async (office: Office, name: string, count: number) => {
    expect(await office.layanan(['plan'])).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing to do') });
    expect((await accounts(name)).sort()).toEqual(Array.from({ length: count }, (_, at) => `${name}${at}`));
    expect(await rig.dns.query(`${name}-spt.djp.contoh.test`, 'A')).toHaveLength(1);
  };

  it.each([1, 3, 5, 7])(
    'a process that is killed at write %i is made good by one rerun',
    async (nth) => {
      const office = await approved(`bunuh${nth}`, 3);
      const digest = await office.plan();
      const killer = new AbortController();
      const running = office.layanan(['apply', '--confirm', digest], { killed: killer.signal });
      await atWrite(office, nth, () => killer.abort());
      expect(await running).toMatchObject({ signal: 'SIGKILL' });
      expect(await office.apply()).toMatchObject({ exit: 0 });
      await fulfilled(office, `bunuh${nth}`, 3);
    },
    LIMIT_MS,
  );

  it(
    `of ${RUNS_AT_ONCE} processes that apply the same order one writes`,
    async () => {
      const office = await approved('serentak', 2);
      const digest = await office.plan();
      const runs: Promise<Ended>[] = Array.from({ length: RUNS_AT_ONCE }, () =>
        office.layanan(['apply', '--confirm', digest]),
      );
      const exits = (await Promise.all(runs)).map((one) => one.exit);
      expect(exits).toEqual(Array.from({ length: RUNS_AT_ONCE }, () => 0));
      const runsThatWrote = new Set(office.intents().map((line) => /"run":"([^"]+)"/.exec(line)?.[1]));
      expect(runsThatWrote.size).toBe(1);
      await fulfilled(office, 'serentak', 2);
    },
    LIMIT_MS,
  );

  it(
    `of ${OFFICES} processes with a store each that apply the same order one writes each object`,
    async () => {
      const offices: Office[] = [];
      for (let at = 0; at < OFFICES; at++) offices.push(await approved('sendiri', 2, `sendiri-${at}`));
      const digests = await Promise.all(offices.map((office) => office.plan()));
      expect(new Set(digests).size).toBe(1);
      const first = await Promise.all(
        offices.map((office, at) => office.layanan(['apply', '--confirm', digests[at] ?? ''])),
      );
      for (const { exit, err, out } of first) expect([0, 3, 5], err + out).toContain(exit);
      for (const office of offices) {
        if (await isOpen(office)) expect(await office.apply()).toMatchObject({ exit: 0 });
        await fulfilled(office, 'sendiri', 2);
      }
      const sealed = offices.flatMap(({ store }) => filesIn(join(store, 'handover')));
      expect(sealed.map((file) => file.split('--')[1]).sort()).toEqual(['sendiri0', 'sendiri1']);
      const names = (await transferred(rig.dns, '10.in-addr.arpa')).filter((record) => record.type === 'PTR');
      expect(names.filter((record) => record.data === 'sendiri-spt.djp.contoh.test')).toHaveLength(1);
    },
    LIMIT_MS,
  );

  describe.each(['samba', 'bind'] as const)('%s is killed and started again in mid-run', (which) => {
    it(
      'the run goes on or tells what failed, and one rerun does the rest',
      async () => {
        const office = await approved(`mati-${which}`, 8);
        const server = rig.workplace[which];
        const digest = await office.plan();
        const running = office.layanan(['apply', '--confirm', digest]);
        await atWrite(office, which === 'samba' ? 5 : 17, async () => {
          await server.kill();
          await server.start();
        });
        const first = await running;
        expect([0, 3]).toContain(first.exit);
        expect(await office.apply()).toMatchObject({ exit: 0 });
        await fulfilled(office, `mati-${which}`, 8);
      },
      LIMIT_MS,
    );
  });

  it(
    'a server that is down at the start: nothing is written to the other one either',
    async () => {
      const office = await approved('pra', 1);
      const digest = await office.plan();
      const before = await rig.counters();
      await rig.workplace.bind.kill();
      const ended = await office.layanan(['apply', '--confirm', digest]);
      await rig.workplace.bind.start();
      expect(ended).toMatchObject({ exit: 3, err: expect.stringMatching(/^dns: .*ECONNREFUSED/m) });
      expect(ended.err).toContain('Nothing was written');
      expect(office.intents()).toEqual([]);
      expect(await rig.counters()).toEqual(before);
    },
    LIMIT_MS,
  );

  it('left no trace of a secret, with all debugging on', () => {
    const { secrets, bytes, hits } = rig.leaks();
    process.stdout.write(`Canaries: ${secrets} secrets looked for in ${Math.round(bytes / 2 ** 20)} MB\n`);
    expect(secrets).toBeGreaterThanOrEqual(WANTED_SECRETS);
    expect(hits).toEqual([]);
  });
});
