/** The whole way through the command line's own process, on a real domain controller and a real name server. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Client, InvalidCredentialsError } from 'ldapts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf, textsOf } from '../../../provisioners/directory/protocol.ts';
import type { DnsRecord } from '../../../provisioners/dns/record.ts';
import { accountRequest, addressRequest } from '../../faults/world.ts';
import { dn, userAttributes } from '../../provisioners/directory/server.ts';
import { realServer } from '../../servers/required.ts';
import { BASE, SERVICE } from '../../servers/samba/recipe.ts';
import { bothServers, type Office, openRig, REQUESTER, type Rig } from './rig.ts';

const LIMIT_MS = 120_000;
const ZONE = 'djp.contoh.test';
const EVIDENCE = [
  'state: disabled',
  'documents:',
  '  - type: deactivation-evidence',
  '    url: https://naskah.contoh.test/SK-88-2026',
  '    sha256: f493fdad7a70a8100a580a500c79bd272147b81157cde8d719379050306e1cdf',
];
const person = (name: string) => ['kind: individual', `displayName: Contoh ${name}`, 'internet: true'];
const mail = (address: string) => [`address: ${address}`, 'mailbox: standard'];

realServer(...bothServers())(() => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
  }, LIMIT_MS);
  afterAll(() => rig.stop());

  /** What a bind says: `ok`, or the data of the refusal. */
  const signIn = async (login: string, password: string): Promise<string> => {
    const { url, ca, servername = '' } = rig.workplace.samba.settings(SERVICE);
    const client = new Client({ url, tlsOptions: { ca, servername }, timeout: 10_000, connectTimeout: 5_000 });
    try {
      await client.bind(`${login}@contoh.test`, password);
      return 'ok';
    } catch (error) {
      if (!(error instanceof InvalidCredentialsError)) throw error;
      return / data ([0-9a-f]+)/.exec(error.message)?.[1] ?? error.message;
    } finally {
      await client.unbind();
    }
  };
  /** Opens the only sealed file of an office. */
  const handedOver = async (office: Office): Promise<string> => {
    const files = readdirSync(join(office.store, 'handover'));
    expect(files).toHaveLength(1);
    const path = join(office.store, 'handover', files[0] ?? '');
    return (await office.layanan(['open', path, '--identity', rig.identity])).out.trim();
  };

  describe('plan, approve and apply', () => {
    it('make an account and an address, and a second run writes nothing to either server', {
      timeout: LIMIT_MS,
    }, async () => {
      const office = rig.office('creation');
      office.write({
        'djp/andi': accountRequest('andi', [...person('Andi'), ...mail('andi')]),
        'djp/spt': addressRequest('spt', ['aliases: [pajak]']),
      });
      await office.approve('djp/andi', 'djp/spt');
      const digest = await office.plan();
      expect(await office.layanan(['apply', '--confirm', digest])).toMatchObject({ exit: 0 });
      const entry = await rig.entry('andi', 'memberOf', 'mDBOverHardQuotaLimit', 'userAccountControl');
      expect(entry && textOf(entry, 'adminDescription')).toMatch(/^layanan:djp\/andi;/);
      expect(entry && textsOf(entry, 'memberOf')).toEqual([`CN=akses-internet,OU=Grup,${BASE}`]);
      expect(entry && textOf(entry, 'mDBOverHardQuotaLimit')).toBe('3145728');
      expect(await rig.dns.query('spt.djp.contoh.test', 'A')).toMatchObject([{ data: '10.30.8.10' }]);
      expect(await rig.dns.query('10.8.30.10.in-addr.arpa', 'PTR')).toMatchObject([{ data: 'spt.djp.contoh.test' }]);
      expect(await signIn('andi', await handedOver(office))).toBe('773');
      const before = await rig.counters();
      const intents = office.intents().length;
      expect(await office.layanan(['apply', '--confirm', digest])).toMatchObject({ exit: 0 });
      expect(await office.layanan(['plan'])).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing to do') });
      expect(await office.layanan(['drift'])).toMatchObject({ exit: 0 });
      expect(await rig.counters()).toEqual(before);
      expect(office.intents()).toHaveLength(intents);
    });
  });

  describe('edits of an account', () => {
    it('rename it, reset its password, and disable it', { timeout: LIMIT_MS }, async () => {
      const office = rig.office('edits');
      const order = async (id: string, text: string) => {
        office.write({ [id]: text });
        await office.approve(id);
        expect(await office.apply()).toMatchObject({ exit: 0 });
      };
      await order('djp/siti', accountRequest('siti', [...person('Siti'), ...mail('siti')]));
      const first = await handedOver(office);
      await order('djp/siti', accountRequest('siti', [...person('Siti Baru'), ...mail('siti'), 'aliases: [s.baru]']));
      const renamed = await rig.entry('siti', 'displayName', 'proxyAddresses');
      expect(renamed?.dn).toMatch(/^CN=Contoh Siti Baru \(siti\),/);
      expect(renamed && [...textsOf(renamed, 'proxyAddresses')].sort()).toEqual([
        'SMTP:siti@contoh.test',
        'smtp:s.baru@contoh.test',
      ]);
      const resetAt = new Date(Date.now() - 1000).toISOString();
      const lines = [...person('Siti Baru'), ...mail('siti'), 'aliases: [s.baru]', `passwordResetAt: ${resetAt}`];
      office.write({ 'djp/siti': accountRequest('siti', lines) });
      expect(await office.apply()).toMatchObject({ exit: 0 });
      expect([await signIn('siti', first), await signIn('siti', await handedOver(office))]).toEqual(['52e', '773']);
      await order('djp/siti', accountRequest('siti', lines, EVIDENCE));
      expect(await signIn('siti', await handedOver(office))).toBe('533');
    });
  });

  describe('what stands already', () => {
    it('is adopted by markers alone', { timeout: LIMIT_MS }, async () => {
      const office = rig.office('adoption');
      await rig.plant('CN=Contoh Lama,OU=Akun,OU=DJP', {
        ...userAttributes('lama'),
        displayName: ['Contoh Lama'],
        userPrincipalName: ['lama@contoh.test'],
        mail: ['lama@contoh.test'],
        proxyAddresses: ['SMTP:lama@contoh.test'],
      });
      const written = await office.layanan([
        'adopt',
        'account',
        '--unit',
        'djp',
        '--requester',
        REQUESTER,
        '--filter',
        'lama',
        '--kind',
        'special',
      ]);
      expect(written).toMatchObject({ exit: 0 });
      await office.approve('djp/lama');
      const before = await rig.entry('lama', 'uSNChanged', 'displayName', 'cn', 'mail', 'pwdLastSet');
      expect(await office.apply()).toMatchObject({ exit: 0 });
      const after = await rig.entry('lama', 'uSNChanged', 'displayName', 'cn', 'mail', 'pwdLastSet');
      const marked = { ...before?.attributes, uSNChanged: expect.anything(), adminDescription: ['layanan:djp/lama'] };
      expect(after?.attributes).toEqual(marked);
      expect(office.intents()).toHaveLength(1);
    });
  });

  describe('what may be adopted', () => {
    interface Item {
      readonly key: string;
      readonly file?: string;
      readonly differences?: readonly { readonly before: object; readonly after: object }[];
      readonly refused?: { readonly code: string };
    }
    const look = async (office: Office, ...args: readonly string[]): Promise<readonly Item[]> => {
      const { out } = await office.layanan(['adopt', ...args, '--requester', REQUESTER, '--format', 'json']);
      return (JSON.parse(out) as { items: readonly Item[] }).items;
    };
    const verdicts = (items: readonly Item[]) =>
      Object.fromEntries(items.map(({ key, file, refused }) => [key, refused?.code ?? (file && basename(file))]));
    const person = (login: string, more: Record<string, string[]> = {}) => ({
      ...userAttributes(login, { displayName: [`Contoh ${login}`] }),
      ...{ userPrincipalName: [`${login}@contoh.test`], mail: [`${login}@contoh.test`] },
      ...{ proxyAddresses: [`SMTP:${login}@contoh.test`], ...more },
    });

    it('accounts by unit, by place and by a file of names: what others own is refused, what differs is named', {
      timeout: LIMIT_MS,
    }, async () => {
      const office = rig.office('ambil');
      await rig.plant('OU=Ambil,OU=DJP', { objectClass: ['organizationalUnit'] });
      const plant = (login: string, more: Record<string, string[]> = {}) =>
        rig.plant(`CN=Contoh ${login},OU=Ambil,OU=DJP`, person(login, more));
      await plant('ambil-satu', { mDBUseDefaults: ['FALSE'], mDBOverHardQuotaLimit: ['1024'] });
      await plant('ambil-dua', { adminDescription: ['layanan:djp/lain'] });
      await plant('ambil-tiga', { adminDescription: ['catatan orang lain'] });
      await plant('ambil-empat', { adminCount: ['1'] });
      await rig.plant('CN=Contoh ambil-lima,OU=Timur,OU=DJP', person('ambil-lima'));
      const wanted = {
        'ambil-satu': 'ambil-satu.yaml',
        'ambil-dua': 'adopt/owned',
        'ambil-tiga': 'adopt/in-use',
        'ambil-empat': 'adopt/protected',
      };
      const all = ['account', '--unit', 'djp', '--kind', 'special', '--filter', 'ambil-*'];
      const items = await look(office, ...all);
      expect(verdicts(items)).toEqual({ ...wanted, 'ambil-lima': 'adopt/outside' });
      const satu = items.find((one) => one.key === 'ambil-satu');
      expect(satu?.differences).toMatchObject([{ after: { mailboxKb: 3_145_728 } }]);
      const text = readFileSync(satu?.file ?? '', 'utf8');
      expect(text).toContain('adopt: true');
      expect(text.toLowerCase()).not.toContain('password');
      expect(await rig.entry('ambil-satu', 'adminDescription')).toMatchObject({ attributes: { adminDescription: [] } });
      rmSync(satu?.file ?? '');
      const place = ['account', '--unit', 'djp', '--kind', 'special', '--ou', 'OU=Ambil,OU=DJP'];
      expect(verdicts(await look(office, ...place))).toEqual(wanted);
      rmSync(satu?.file ?? '');
      const names = join(office.folder, 'nama.txt');
      writeFileSync(names, '# daftar\nAMBIL-SATU\nambil-tiada\n');
      expect(verdicts(await look(office, 'account', '--unit', 'djp', '--kind', 'special', '--names', names))).toEqual({
        'ambil-satu': 'ambil-satu.yaml',
        'ambil-tiada': 'adopt/not-found',
      });
    });

    it('names of a zone, with their reverse', { timeout: LIMIT_MS }, async () => {
      const office = rig.office('ambil-zona');
      const put = (zone: string, ...records: readonly DnsRecord[]) =>
        rig.dns.update({ zone, prerequisites: [], updates: records.map((record) => ({ kind: 'add', record })) });
      const at = (host: string) => `${host}.${ZONE}`;
      const a = (host: string, data: string): DnsRecord => ({ name: at(host), ttl: 300, type: 'A', data });
      const owner: DnsRecord = {
        name: `_layanan.${at('ambil-milik')}`,
        ttl: 300,
        type: 'TXT',
        data: ['layanan:djp/x'],
      };
      await put(ZONE, a('ambil-utuh', '10.30.8.61'), a('ambil-milik', '10.30.8.62'), owner);
      const reverse = (last: number, host: string): DnsRecord => ({
        ...{ name: `${last}.8.30.10.in-addr.arpa`, ttl: 300, type: 'PTR', data: at(host) },
      });
      await put('10.in-addr.arpa', reverse(61, 'ambil-utuh'), reverse(62, 'ambil-milik'));
      expect(verdicts(await look(office, 'dns', '--zone', ZONE, '--filter', 'ambil-*'))).toEqual({
        [`A ${at('ambil-utuh')}`]: 'ambil-utuh.yaml',
        [`A ${at('ambil-milik')}`]: 'adopt/owned',
      });
    });
  });

  describe('what others change', () => {
    it('is drift, told and left', { timeout: LIMIT_MS }, async () => {
      const office = rig.office('drift');
      office.write({ 'djp/dewi': accountRequest('dewi', person('Dewi')) });
      await office.approve('djp/dewi');
      expect(await office.apply()).toMatchObject({ exit: 0 });
      const entry = await rig.entry('dewi');
      await rig.administrator.modify(dn(entry?.dn ?? ''), [
        { operation: 'replace', attribute: 'displayName', values: ['Nama Lain'] },
      ]);
      const intents = office.intents().length;
      expect(await office.layanan(['drift'])).toMatchObject({ exit: 1, out: expect.stringContaining('displayName') });
      expect(await office.layanan(['status'])).toMatchObject({ exit: 0 });
      expect(office.intents()).toHaveLength(intents);
    });
  });
});
