/** A tenant of Microsoft 365 behind TLS, with a domain controller and a name server, through the command line's own process. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CloudSandbox, createCloudSandbox } from '../../../provisioners/cloud/sandbox.ts';
import { textOf } from '../../../provisioners/directory/protocol.ts';
import type { Fault } from '../../../provisioners/faults.ts';
import { accountRequest } from '../../faults/world.ts';
import { type CloudServer, makeKeyPair, serveCloud } from '../../provisioners/cloud/serve.ts';
import { realServer } from '../../servers/required.ts';
import { DEBUG } from './canaries.ts';
import { bothServers, type Office, openRig, type Rig } from './rig.ts';

const LIMIT_MS = 120_000;
const HOUR_MS = 3_600_000;
const APPLICATION = {
  tenant: '00000000-0000-4000-8000-00000000000a',
  client: '00000000-0000-4000-8000-00000000000b',
  secret: 'Rahasia~Aplikasi/+=.7x',
  token: 'kunci.masuk-Aplikasi_9f2c41',
} as const;

const licensed = (login: string, more: readonly string[] = []): string => {
  const person = ['kind: individual', `displayName: Contoh ${login}`, `address: ${login}`, 'mailbox: licensed'];
  return accountRequest(login, [...person, ...more]);
};

realServer(...bothServers())(() => {
  let rig: Rig;
  let cloud: CloudSandbox;
  let server: CloudServer;
  let environment: string;
  let ahead = 0;
  const faults: { operation: string; fault: Fault }[] = [];
  /** Operations that reached the tenant and changed something. */
  const written: string[] = [];
  beforeAll(async () => {
    rig = await openRig();
    cloud = createCloudSandbox({
      now: () => new Date(Date.now() + ahead),
      faults: {
        next({ operation, write }) {
          if (write) written.push(operation);
          return faults[0]?.operation === operation ? faults.shift()?.fault : undefined;
        },
      },
    });
    const pair = await makeKeyPair();
    server = await serveCloud(cloud.handler, pair, APPLICATION);
    const { folder, variables } = rig.workplace;
    writeFileSync(join(folder, 'tenant.pem'), pair.cert);
    environment = join(folder, 'tenant.yaml');
    const { tenant, client } = APPLICATION;
    const { origin } = server;
    const at = `{ type: tenant, tenant: ${tenant}, client: ${client}, login: '${origin}', graph: '${origin}', exchange: '${origin}', ca: tenant.pem }`;
    const text = readFileSync(variables.LAYANAN_ENVIRONMENT ?? '', 'utf8');
    writeFileSync(environment, text.replace(/^mail:\n {2}at: .*$/m, `mail:\n  at: ${at}`));
    rig.canaries.know(APPLICATION.secret, APPLICATION.token);
  }, LIMIT_MS);
  afterAll(async () => {
    await server?.close();
    cloud?.close();
    await rig?.stop();
  });

  const officeOf = (name: string, secret: string = APPLICATION.secret): Office => {
    const env = { ...DEBUG, LAYANAN_ENVIRONMENT: environment, LAYANAN_MAIL_SECRET: secret };
    return rig.office(name, { env, launcher: true });
  };
  const order = async (office: Office, id: string, text: string) => {
    office.write({ [id]: text });
    await office.approve(id);
    return office.apply();
  };
  const stateOf = async (office: Office, id: string): Promise<string | undefined> => {
    const { out } = await office.layanan(['status', '--format', 'json']);
    const { requests } = JSON.parse(out) as { requests: readonly { id: string; state: string }[] };
    return requests.find((one) => one.id === id)?.state;
  };
  const nothingToDo = { exit: 0, out: expect.stringContaining('Nothing to do') };

  describe('a tenant of Microsoft 365', () => {
    it('gets a user and a licence, later the mailbox; the same again writes nothing', {
      timeout: LIMIT_MS,
    }, async () => {
      const office = officeOf('awan');
      expect(await order(office, 'djp/andi', licensed('andi', ['aliases: [a.contoh]']))).toMatchObject({ exit: 0 });
      const user = cloud.store.user('andi@contoh.test');
      expect(user?.properties).toMatchObject({ accountEnabled: true, displayName: 'Contoh andi', usageLocation: 'ID' });
      expect(JSON.stringify(user?.properties)).toContain('layanan:djp/andi');
      const entry = await rig.entry('andi');
      expect(entry && textOf(entry, 'adminDescription')).toMatch(/^layanan:djp\/andi;/);
      expect(await stateOf(office, 'djp/andi')).toBe('waiting');
      ahead += HOUR_MS;
      expect(await office.apply()).toMatchObject({ exit: 0 });
      expect(cloud.store.mailbox(user?.id ?? '')?.addresses).toEqual(
        expect.arrayContaining(['SMTP:andi@contoh.test', 'smtp:a.contoh@contoh.test']),
      );
      const before = [...written];
      expect(await stateOf(office, 'djp/andi')).toBe('applied');
      expect(await office.layanan(['plan'])).toMatchObject(nothingToDo);
      expect(await office.layanan(['drift'])).toMatchObject({ exit: 0 });
      expect(written).toEqual(before);
    });

    it('a mailbox that is as it was asked for from the start is entered', { timeout: LIMIT_MS }, async () => {
      const office = officeOf('sejak-awal');
      expect(await order(office, 'djp/budi', licensed('budi'))).toMatchObject({ exit: 0 });
      ahead += HOUR_MS;
      expect(await office.layanan(['plan'])).toMatchObject(nothingToDo);
      expect(await office.apply()).toMatchObject({ exit: 0 });
      expect(await stateOf(office, 'djp/budi')).toBe('applied');
    });

    it.each([
      'POST /users',
      'POST /users/{id}/assignLicense',
    ])('a reply to %s that is lost is settled, and nothing is made twice', {
      timeout: LIMIT_MS,
    }, async (operation) => {
      const login = operation === 'POST /users' ? 'citra' : 'dian';
      const office = officeOf(`hilang-${login}`);
      faults.push({ operation, fault: 'drop-reply' });
      await order(office, `djp/${login}`, licensed(login));
      expect(faults).toEqual([]);
      ahead += HOUR_MS;
      await office.apply();
      expect(await stateOf(office, `djp/${login}`)).toBe('applied');
      const named = cloud.store
        .users()
        .filter((one) => JSON.stringify(one.properties).includes(`layanan:djp/${login}`));
      expect(named).toHaveLength(1);
    });

    it('a secret that the sign-in service refuses ends the run before anything is written', {
      timeout: LIMIT_MS,
    }, async () => {
      const office = officeOf('ditolak', 'Rahasia~Salah.7x');
      office.write({ 'djp/eka': licensed('eka') });
      await office.approve('djp/eka');
      const counters = await rig.counters();
      const ended = await office.layanan(['plan']);
      expect(ended).toMatchObject({ exit: 3, err: expect.stringMatching(/^graph: .*AADSTS7000215/m) });
      expect(ended.err).not.toContain('Rahasia');
      expect(await rig.counters()).toEqual(counters);
    });

    it('a secret that is missing is asked for by name', async () => {
      const office = officeOf('lupa', '');
      office.write({ 'djp/fajar': licensed('fajar') });
      expect(await office.layanan(['plan'])).toMatchObject({
        exit: 2,
        err: expect.stringContaining('LAYANAN_MAIL_SECRET'),
      });
    });

    it('leaves no trace of a secret, with all debugging on', () => {
      const { secrets, hits } = rig.leaks();
      expect(secrets).toBeGreaterThan(5);
      expect(hits).toEqual([]);
    });
  });
});
