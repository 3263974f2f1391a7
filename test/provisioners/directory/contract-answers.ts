/** What the directory itself answers: the error tables, held against whatever server is handed in. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TargetError } from '../../../core/errors.ts';
import { secret } from '../../../core/secret.ts';
import { codesOf } from '../../../provisioners/directory/directory-error.ts';
import { byIdentity, formatDn, parseDn, sameDn } from '../../../provisioners/directory/dn.ts';
import { any, equals, present, startsWith } from '../../../provisioners/directory/filter.ts';
import { bytesOf, textOf, textsOf } from '../../../provisioners/directory/protocol.ts';
import { type DirectoryServer, dn, unicodePwd, userAttributes } from './server.ts';

const PASSWORD = 'Kata-Sandi-7.uji';
const ATTRIBUTES = [
  'cn',
  'sAMAccountName',
  'objectGUID',
  'userAccountControl',
  'displayName',
  'memberOf',
  'pwdLastSet',
];

/** The codes of the refusal; fails where the call succeeds. */
async function codesFrom(call: Promise<unknown>): Promise<{ win32?: string; ldap?: number; effect: string }> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TargetError)) throw new Error(`A TargetError was expected, not ${String(error)}`);
  return { ...codesOf(error), effect: error.effect };
}

export function answersContract(name: string, makeServer: () => Promise<DirectoryServer>): void {
  describe(`${name}: answers of the directory`, () => {
    let server: DirectoryServer;
    beforeEach(async () => {
      server = await makeServer();
    });
    afterEach(() => server.dispose());

    const at = (cn: string, ou = 'OU=Akun') =>
      formatDn([{ type: 'CN', value: cn }, ...parseDn(`${ou},${server.ou},${server.base}`)]);
    const addUser = (cn: string, key: string, more: Record<string, string[]> = {}) =>
      server.client.add(at(cn), userAttributes(key, { userAccountControl: ['514'], ...more }));
    const addReady = (cn: string, key: string, more: Record<string, (string | Buffer)[]> = {}) =>
      server.client.add(at(cn), {
        ...userAttributes(key, { userAccountControl: ['512'] }),
        unicodePwd: [unicodePwd(PASSWORD)],
        ...more,
      });
    const look = async (key: string) =>
      (
        await server.client.search({
          base: dn(server.base),
          scope: 'sub',
          filter: equals('sAMAccountName', key),
          attributes: ATTRIBUTES,
        })
      )[0];
    const verify = (cn: string, password = PASSWORD) => server.verifyPassword(at(cn), secret(password));

    it('adds a user with password and enabled state in one operation, and the password is right', async () => {
      await addReady('Satu', 'satu', { pwdLastSet: ['-1'] });
      expect(await verify('Satu')).toBe('ok');
    });

    it('leaves nothing of an add that the password policy refuses (19 or 53, 0000052D)', async () => {
      const codes = await codesFrom(addReady('Lemah', 'lemah', { unicodePwd: [unicodePwd('lemah')] }));
      expect(codes).toMatchObject({ win32: '0000052D', effect: 'refused' });
      expect([19, 53]).toContain(codes.ldap);
      expect(await look('lemah')).toBeUndefined();
    });

    it('refuses unicodePwd without quotes (53, 00002035)', async () => {
      const bare = { unicodePwd: [Buffer.from(PASSWORD, 'utf16le')] };
      expect(await codesFrom(addReady('Polos', 'polos', bare))).toMatchObject({ ldap: 53, win32: '00002035' });
    });

    it('refuses a second entry of the same DN (68)', async () => {
      await addUser('Kembar', 'kembar1');
      expect(await codesFrom(addUser('Kembar', 'kembar2'))).toMatchObject({ ldap: 68 });
    });

    it('takes names that differ in case for the same', async () => {
      await addUser('Kembar', 'kembar1');
      expect(await codesFrom(addUser('KEMBAR', 'kembar2'))).toMatchObject({ ldap: 68 });
    });

    it('refuses a second sAMAccountName (68, 00002071), in any case and place', async () => {
      await addUser('Satu', 'sama');
      expect(await codesFrom(addUser('Dua', 'SAMA'))).toMatchObject({ ldap: 68, win32: '00002071' });
    });

    it('refuses a second userPrincipalName (19, 0000202F)', async () => {
      await addUser('Satu', 'satu', { userPrincipalName: ['sama@contoh.test'] });
      const second = addUser('Dua', 'dua', { userPrincipalName: ['Sama@contoh.test'] });
      expect(await codesFrom(second)).toMatchObject({ ldap: 19, win32: '0000202F' });
    });

    it('refuses an attribute that the schema does not know (16, 0000200A)', async () => {
      const codes = await codesFrom(addUser('Satu', 'satu', { tidakAda: ['x'] }));
      expect(codes).toMatchObject({ ldap: 16, win32: '0000200A' });
    });

    it.each([
      ['mDBUseDefaults', 'false'],
      ['userAccountControl', 'lima'],
    ])('refuses a value of %s with a bad syntax (21, 0000200B)', async (attribute, value) => {
      await addUser('Satu', 'satu');
      const change = { operation: 'replace' as const, attribute, values: [value] };
      expect(await codesFrom(server.client.modify(at('Satu'), [change]))).toMatchObject({
        ldap: 21,
        win32: '0000200B',
      });
    });

    it('refuses an employeeID of 18 digits, and takes an employeeNumber of 18', async () => {
      const codes = await codesFrom(addUser('Satu', 'satu', { employeeID: ['199001012015011001'] }));
      expect([19, 21]).toContain(codes.ldap);
      await addUser('Satu', 'satu', { employeeNumber: ['199001012015011001'] });
    });

    it('refuses an add below a parent that is missing (32)', async () => {
      const call = server.client.add(at('Satu', 'OU=Tidak Ada'), userAttributes('satu'));
      expect(await codesFrom(call)).toMatchObject({ ldap: 32 });
    });

    it('refuses to delete what has entries below it (66)', async () => {
      await addUser('Satu', 'satu');
      const call = server.administrator.del(dn(`OU=Akun,${server.ou},${server.base}`));
      expect(await codesFrom(call)).toMatchObject({ ldap: 66 });
    });

    it('refuses to modify and to delete what is not there (32)', async () => {
      const change = { operation: 'replace' as const, attribute: 'displayName', values: ['x'] };
      expect(await codesFrom(server.client.modify(at('Hantu'), [change]))).toMatchObject({ ldap: 32 });
      expect(await codesFrom(server.client.del(at('Hantu')))).toMatchObject({ ldap: 32 });
    });

    it('refuses the service a write outside its organisational units (50)', async () => {
      const codes = await codesFrom(server.client.add(dn(`CN=Liar,CN=Users,${server.base}`), userAttributes('liar')));
      expect(codes).toMatchObject({ ldap: 50, effect: 'refused' });
      expect(await look('liar')).toBeUndefined();
    });

    it('refuses a compare-and-set on a stale value (16) and does nothing of that modify', async () => {
      await addUser('Satu', 'satu', { displayName: ['Lama'] });
      const stale = server.client.modify(at('Satu'), [
        { operation: 'replace', attribute: 'userPrincipalName', values: ['satu@contoh.test'] },
        { operation: 'delete', attribute: 'displayName', values: ['Bukan'] },
        { operation: 'add', attribute: 'displayName', values: ['Baru'] },
      ]);
      expect(await codesFrom(stale)).toMatchObject({ ldap: 16 });
      expect(textOf((await look('satu')) ?? { dn: '', attributes: {} }, 'displayName')).toBe('Lama');
    });

    it('carries out a compare-and-set on the right value, also to the same value', async () => {
      await addUser('Satu', 'satu', { displayName: ['Lama'] });
      for (const value of ['Lama', 'Baru'])
        await server.client.modify(at('Satu'), [
          { operation: 'delete', attribute: 'displayName', values: ['Lama'] },
          { operation: 'add', attribute: 'displayName', values: [value] },
        ]);
      expect(textOf((await look('satu')) ?? { dn: '', attributes: {} }, 'displayName')).toBe('Baru');
    });

    it('refuses a member twice (68), a non-member (53) and a removal from an empty group (16 or 53)', async () => {
      await addUser('Satu', 'satu');
      await addUser('Dua', 'dua');
      const member = (operation: 'add' | 'delete', cn: string) =>
        server.client.modify(dn(server.group.dn), [{ operation, attribute: 'member', values: [at(cn)] }]);
      expect([16, 53]).toContain((await codesFrom(member('delete', 'Satu'))).ldap);
      await member('add', 'Satu');
      expect(await codesFrom(member('add', 'Satu'))).toMatchObject({ ldap: 68 });
      expect(await codesFrom(member('delete', 'Dua'))).toMatchObject({ ldap: 53 });
      const [group] = textsOf((await look('satu')) ?? { dn: '', attributes: {} }, 'memberOf');
      expect(sameDn(parseDn(group ?? 'CN=x'), parseDn(server.group.dn))).toBe(true);
    });

    it('tells of a wrong password (52e), whoever is asked for', async () => {
      await addReady('Satu', 'satu', { pwdLastSet: ['-1'] });
      expect(await verify('Satu', 'Salah-Sekali.1')).toBe('52e');
      expect(await verify('Tidak Ada')).toBe('52e');
    });

    it('tells of a disabled account (533) only with the right password', async () => {
      await addReady('Satu', 'satu', { userAccountControl: ['514'] });
      expect(await verify('Satu')).toBe('533');
      expect(await verify('Satu', 'Salah-Sekali.1')).toBe('52e');
    });

    it('tells that a password must be changed (773) only with the right password', async () => {
      await addReady('Satu', 'satu', { pwdLastSet: ['0'] });
      expect(await verify('Satu')).toBe('773');
      expect(await verify('Satu', 'Salah-Sekali.1')).toBe('52e');
    });

    it('refuses a bind after the account expired (701); FILETIME is beyond what a number holds', async () => {
      await addReady('Satu', 'satu', { accountExpires: ['130000000000000000'] });
      expect(await verify('Satu')).toBe('701');
    });

    it('takes 0 and -1 for pwdLastSet, and nothing else', async () => {
      await addReady('Satu', 'satu');
      const set = (value: string) =>
        server.client.modify(at('Satu'), [{ operation: 'replace', attribute: 'pwdLastSet', values: [value] }]);
      await set('0');
      await set('-1');
      expect((await codesFrom(set('133000000000000000'))).effect).toBe('refused');
    });

    it('keeps objectGUID and memberships over a rename and a move', async () => {
      await addUser('Satu', 'satu');
      const member = { operation: 'add' as const, attribute: 'member', values: [at('Satu')] };
      await server.client.modify(dn(server.group.dn), [member]);
      const before = await look('satu');
      const identity = (before && bytesOf(before, 'objectGUID')?.toString('hex')) ?? '';
      const superior = dn(`OU=Lain,${server.ou},${server.base}`);
      await server.client.modifyDn(byIdentity(identity), formatDn([{ type: 'CN', value: 'Dua, S.E.' }]), superior);
      const after = await look('satu');
      expect(after && bytesOf(after, 'objectGUID')?.toString('hex')).toBe(identity);
      expect(after && textOf(after, 'cn')).toBe('Dua, S.E.');
      expect(after && textsOf(after, 'memberOf')).toHaveLength(1);
    });

    it('refuses a rename onto a name that is taken (68)', async () => {
      await addUser('Satu', 'satu');
      await addUser('Dua', 'dua');
      const call = server.client.modifyDn(at('Satu'), formatDn([{ type: 'CN', value: 'Dua' }]));
      expect(await codesFrom(call)).toMatchObject({ ldap: 68 });
    });

    it.each([
      'Sari, S.E.',
      '#1 Sari',
      '"Sari"',
      'Sari\\Dewi',
      'Sari+Dewi',
      'Sari=1',
      'Sari; <x>',
      'Sári Dëwi 漢',
      'Sari ',
    ])('keeps the name %j, and finds it by filter and by DN', async (cn) => {
      await addUser(cn, 'nama');
      const entry = await look('nama');
      expect(entry && textOf(entry, 'cn')).toBe(cn);
      expect(entry && sameDn(parseDn(entry.dn), parseDn(at(cn)))).toBe(true);
      const filter = equals('cn', cn);
      const byDn = { base: at(cn), scope: 'base' as const, filter: present('objectClass'), attributes: ['cn'] };
      expect(await server.client.search(byDn)).toHaveLength(1);
      expect(await server.client.search({ ...byDn, base: dn(server.base), scope: 'sub', filter })).toHaveLength(1);
    });

    it('finds by prefix and by any of several, and takes an asterisk in a value for itself', async () => {
      await addUser('Satu', 'satu', { adminDescription: ['layanan:a/b;x'] });
      await addUser('Dua', 'dua', { adminDescription: ['layanan:a/bc'], displayName: ['*'] });
      const count = async (filter: ReturnType<typeof any>) =>
        (await server.client.search({ base: dn(server.base), scope: 'sub', filter, attributes: ['cn'] })).length;
      expect(await count(startsWith('adminDescription', 'layanan:a/b;'))).toBe(1);
      expect(await count(any(equals('sAMAccountName', 'satu'), equals('sAMAccountName', 'dua')))).toBe(2);
      expect(await count(equals('displayName', '*'))).toBe(1);
    });

    it('answers a base that is missing with 32, not with an empty list', async () => {
      const request = { base: at('Hantu'), scope: 'base' as const, filter: present('objectClass'), attributes: ['cn'] };
      expect(await codesFrom(server.client.search(request))).toMatchObject({ ldap: 32 });
    });

    it('lists 1100 entries, page by page', async () => {
      const { addMany } = server;
      await addMany(1100);
      const request = {
        base: dn(`${server.ou},${server.base}`),
        scope: 'sub' as const,
        filter: equals('objectClass', 'user'),
        attributes: ['sAMAccountName'],
        pageSize: 500,
      };
      const names = (await server.client.search(request)).map((entry) => textOf(entry, 'sAMAccountName'));
      expect(new Set(names).size).toBe(1100);
    });
  });
}
