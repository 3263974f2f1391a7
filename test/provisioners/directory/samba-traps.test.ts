/**
 * The traps M1 to M10 of the library and of the server, on a real domain controller. What needs no wire and no control is
 * a case of the contract too, so that the sandbox has it: names with a NUL (M1), lost replies (M2), the atomic add and the
 * password by modify (M7), names in use and in a race (M8), compare-and-set (M9), a password that must be changed (M10).
 */
import { spawnSync } from 'node:child_process';
import { Attribute, Change, Client, Control } from 'ldapts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectDirectory } from '../../../provisioners/directory/client.ts';
import { discoverAccounts } from '../../../provisioners/directory/discover.ts';
import { formatDn, parseDn, sentDn } from '../../../provisioners/directory/dn.ts';
import { equals, startsWith } from '../../../provisioners/directory/filter.ts';
import { textOf } from '../../../provisioners/directory/protocol.ts';
import { foundIn, searcherOf } from '../../faults/encodings.ts';
import { startProxy } from '../../servers/proxy.ts';
import { realServer } from '../../servers/required.ts';
import { ADMINISTRATOR, BASE, HOST, SERVICE } from '../../servers/samba/recipe.ts';
import { sambaRequirement } from '../../servers/samba.ts';
import { type SambaServer, startSambaServer } from './samba-server.ts';
import { dn, unicodePwd, userAttributes } from './server.ts';
import { accountFields, type Workbench, workbench } from './workbench.ts';

const UNIT = `OU=Akun,OU=Uji,${BASE}`;
const KEY = 'andi.pratama';
const ANDI = dn(`CN=Andi Pratama,${UNIT}`);
const PASSWORD = 'Kata-Sandi-7.uji';
const PERMISSIVE_MODIFY = '1.2.840.113556.1.4.1413';
const ASSERTION = '1.3.6.1.1.12';

realServer(...sambaRequirement())(() => {
  let server: SambaServer;
  let bench: Workbench;
  /** ldapts as it is, without our client around it. */
  let raw: Client;
  beforeAll(async () => {
    server = await startSambaServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.clean();
    bench = workbench(server);
    raw = await rawClient();
  });
  afterEach(() => raw.unbind());

  async function rawClient(options: { port?: number; autoRebind?: boolean; timeout?: number } = {}): Promise<Client> {
    const { port = 636, autoRebind = false, timeout = 10_000 } = options;
    const host = port === 636 ? server.samba.address : '127.0.0.1';
    const tlsOptions = { ca: server.samba.ca, servername: HOST };
    const client = new Client({
      url: `ldaps://${host}:${port}`,
      tlsOptions,
      timeout,
      connectTimeout: 5_000,
      autoRebind,
    });
    await client.bind(ADMINISTRATOR.user, ADMINISTRATOR.password);
    return client;
  }
  const attributesOf = (values: Record<string, readonly (string | Buffer)[]>) =>
    Object.entries(values).map(([type, list]) => new Attribute({ type, values: list.map((one) => Buffer.from(one)) }));
  const add = (cn: string, values: Record<string, (string | Buffer)[]>) =>
    server.client.add(formatDn([{ type: 'CN', value: cn }, ...parseDn(UNIT)]), values);
  const find = async (key: string, ...attributes: string[]) =>
    (
      await server.administrator.search({
        base: dn(BASE),
        scope: 'sub',
        filter: equals('sAMAccountName', key),
        attributes,
      })
    )[0];
  const invalid = { result: 'failed', error: { code: 'invalid' } } as const;

  describe('traps', () => {
    it('M1: a name built by hand is cut at its NUL and lands elsewhere; ours is not built', async () => {
      const hand = `CN=Satu,CN=Users,${BASE}\u0000,${UNIT}`;
      await raw.add(hand, attributesOf(userAttributes('satu')));
      expect((await find('satu', 'cn'))?.dn).toBe(`CN=Satu,CN=Users,${BASE}`);
      const cn = `Andi,CN=Users,${BASE}\u0000`;
      expect(await bench.create(KEY, accountFields(server, { cn }))).toMatchObject(invalid);
      expect(await find(KEY)).toBeUndefined();
    });

    it('M2: an add whose reply is lost has been done', async () => {
      const proxy = await startProxy({ host: server.samba.address, port: 636 });
      const client = await rawClient({ port: proxy.port });
      proxy.lose('reply');
      await expect(client.add(ANDI, attributesOf(userAttributes(KEY)))).rejects.toThrow();
      expect(await find(KEY, 'cn')).toBeDefined();
      await client.unbind();
      proxy.stop();
    });

    it('M3: a server that says nothing is given up after the time that was set', async () => {
      const proxy = await startProxy({ host: server.samba.address, port: 636 });
      const settings = { ...server.samba.settings(SERVICE), url: `ldaps://127.0.0.1:${proxy.port}` };
      await using client = await connectDirectory({ ...settings, timeout: 100 });
      proxy.lose('silence');
      await expect(client.del(ANDI)).rejects.toMatchObject({ code: 'no-reply', effect: 'lost' });
      proxy.stop();
    });

    it('M4: a connection made again is unbound in ldapts, and bound in our client', async () => {
      const proxy = await startProxy({ host: server.samba.address, port: 636 });
      const client = await rawClient({ port: proxy.port });
      const settings = { ...server.samba.settings(SERVICE), url: `ldaps://127.0.0.1:${proxy.port}` };
      await using ours = await connectDirectory(settings);
      proxy.reset();
      const search = { base: dn(BASE), scope: 'sub' as const, filter: equals('sAMAccountName', 'layanan') };
      const ask = () => client.search(BASE, { filter: search.filter });
      // The first two questions still meet the broken connection.
      const answer = await ask()
        .catch(ask)
        .catch(ask)
        .then(
          () => 'answered',
          (error: Error) => error.name,
        );
      expect(answer).toBe('OperationsError');
      expect(await ours.search({ ...search, attributes: ['cn'] })).toHaveLength(1);
      await client.unbind();
      proxy.stop();
    });

    it('M5: NODE_DEBUG prints a password that ldapts sends; our client does not connect then', async () => {
      const { url, ca, servername = '' } = server.samba.settings(SERVICE);
      const shared = { url, ca, servername, user: SERVICE.user, place: `CN=Satu,${UNIT}`, password: PASSWORD };
      await add('Satu', userAttributes('satu'));
      const script = `
        import { Attribute, Change, Client } from 'ldapts';
        import { secret } from './core/secret.ts';
        import { connectDirectory } from './provisioners/directory/client.ts';
        const { url, ca, servername, user, place, password } = JSON.parse(process.env.SHARED);
        const client = new Client({ url, tlsOptions: { ca, servername } });
        await client.bind(user, process.env.SERVICE_PASSWORD);
        const values = [Buffer.from('"' + password + '"', 'utf16le')];
        const modification = new Attribute({ type: 'unicodePwd', values });
        await client.modify(place, new Change({ operation: 'replace', modification }));
        await client.unbind();
        process.stderr.write('\\nOURS\\n');
        const ours = { url, ca, servername, user, password: secret(process.env.SERVICE_PASSWORD) };
        await connectDirectory(ours).catch((error) => process.stderr.write(error.code));`;
      const args = ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '--eval', script];
      const secrets = { SHARED: JSON.stringify(shared), SERVICE_PASSWORD: SERVICE.password };
      const { stderr } = spawnSync(process.execPath, args, {
        env: { ...process.env, ...secrets, NODE_DEBUG: 'ldapts' },
        encoding: 'utf8',
      });
      const [theirs = '', ours = ''] = stderr.split('\nOURS\n');
      expect(foundIn(Buffer.from(theirs), searcherOf([PASSWORD]))).not.toEqual([]);
      expect(ours).toBe('settings');
    });

    it('M6: a size limit is not heeded here, elsewhere it cuts unseen; ours sends none, asks for pages and has all', async () => {
      await server.addMany(20);
      const filter = startsWith('sAMAccountName', 'banyak');
      expect((await raw.search(UNIT, { filter, sizeLimit: 5 })).searchEntries).toHaveLength(20);
      const request = { base: dn(UNIT), scope: 'sub' as const, filter, attributes: ['cn'] };
      for (const pageSize of [1, 5, 20, 21])
        expect(await server.client.search({ ...request, pageSize })).toHaveLength(20);
    });

    it('M7: one add with password and enabled state is atomic, and password only by modify works too', async () => {
      const enabled = { ...userAttributes('satu', { userAccountControl: ['512'] }) };
      await expect(add('Satu', { ...enabled, unicodePwd: [unicodePwd('lemah')] })).rejects.toMatchObject({
        code: '0000052D/19',
      });
      expect(await find('satu')).toBeUndefined();
      await add('Satu', userAttributes('satu', { userAccountControl: ['514'] }));
      await server.client.modify(dn(`CN=Satu,${UNIT}`), [
        { operation: 'replace', attribute: 'unicodePwd', values: [unicodePwd(PASSWORD)] },
        { operation: 'replace', attribute: 'userAccountControl', values: ['512'] },
      ]);
      expect(
        textOf((await find('satu', 'userAccountControl')) ?? { dn: '', attributes: {} }, 'userAccountControl'),
      ).toBe('512');
    });

    it('M9: an assertion control is refused (12), and permissive modify does not help a member twice (68)', async () => {
      await add('Satu', userAttributes('satu'));
      const member = new Change({
        operation: 'add',
        modification: new Attribute({ type: 'member', values: [`CN=Satu,${UNIT}`] }),
      });
      const assertion = new Control(ASSERTION, { critical: true });
      await expect(raw.modify(server.group.dn, [member], assertion)).rejects.toMatchObject({ code: 12 });
      await raw.modify(server.group.dn, [member]);
      const permissive = new Control(PERMISSIVE_MODIFY, { critical: true });
      await expect(raw.modify(server.group.dn, [member], permissive)).rejects.toMatchObject({ code: 68 });
    });

    it('M10: a simple bind without TLS is refused (8); our client does not try it', async () => {
      const plain = new Client({ url: `ldap://${server.samba.address}`, timeout: 5_000, connectTimeout: 5_000 });
      await expect(plain.bind(SERVICE.user, SERVICE.password)).rejects.toMatchObject({ code: 8 });
      await plain.unbind();
      const url = `ldap://${server.samba.address}`;
      await expect(connectDirectory({ ...server.samba.settings(SERVICE), url })).rejects.toMatchObject({
        code: 'settings',
      });
    });
  });

  describe('a group that lost its name to another one, in a conflict of two domain controllers', () => {
    const LOSER = sentDn(parseDn(`CN=Regu\\0ACNF:7c1f6f0e-7a3b-4f3e-9d55-0d3f7c2f9a10,${UNIT}`));
    const member = [{ operation: 'add' as const, attribute: 'member', values: [ANDI] }];
    beforeEach(() =>
      server.administrator.add(LOSER, { objectClass: ['top', 'group'], sAMAccountName: ['$DUPLICATE-450'] }),
    );

    afterEach(() => server.administrator.del(LOSER));

    it('keeps nobody in it from being adopted, changed and deleted', async () => {
      await server.administrator.add(ANDI, userAttributes(KEY, { userAccountControl: ['514'] }));
      await server.administrator.modify(LOSER, member);
      expect(await bench.adopt(KEY)).toMatchObject({ result: 'done' });
      expect(await bench.update(KEY, { displayName: 'x' })).toMatchObject({ result: 'done' });
      expect(await bench.remove(KEY)).toMatchObject({ result: 'done' });
    });

    it('is found by discovery like any other', async () => {
      const { parts } = await discoverAccounts(server.client, BASE, { ou: 'OU=Uji' });
      const keys = (await Array.fromAsync(parts)).flat().map(({ observed }) => observed.key);
      expect(keys).toContain('$duplicate-450');
    });
  });

  describe('a service account that is not let in', () => {
    const NEVER = Buffer.alloc(21);
    it.each<[data: string, why: string, state: Record<string, (string | Buffer)[]>, password?: string]>([
      ['52e', 'user or password is wrong', {}, 'Salah-Sekali.1'],
      ['530', 'may not sign in at this hour', { logonHours: [NEVER] }],
      ['531', 'may not sign in from this machine', { userWorkstations: ['PC-LAIN'] }],
      ['533', 'the account is disabled', { userAccountControl: ['514'] }],
      ['701', 'the account has expired', { accountExpires: ['130000000000000000'] }],
      ['773', 'the password must be changed first', { pwdLastSet: ['0'] }],
    ])('is told why in words: %s, %s', async (data, why, state, password = PASSWORD) => {
      const ready = { userAccountControl: ['512'], userPrincipalName: ['satu@contoh.test'], pwdLastSet: ['-1'] };
      const account = { ...userAttributes('satu', ready), unicodePwd: [unicodePwd(PASSWORD)], ...state };
      await server.administrator.add(dn(`CN=Satu,${UNIT}`), account);
      const settings = server.samba.settings({ user: 'satu@contoh.test', password });
      const error = await connectDirectory(settings).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ operation: 'bind', code: expect.stringMatching(/49$/), effect: 'refused' });
      expect(String(error)).toMatch(new RegExp(`Cannot sign in, .*${why}: .*data ${data}`));
    });
  });
});
