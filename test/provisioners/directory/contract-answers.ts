/** What the directory itself answers: the error tables, held against whatever server is handed in. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byIdentity, formatDn, parseDn, sameDn } from '../../../provisioners/directory/dn.ts';
import { any, equals, present, startsWith } from '../../../provisioners/directory/filter.ts';
import { bytesOf, textOf, textsOf } from '../../../provisioners/directory/protocol.ts';
import { codesFrom } from './codes-from.ts';
import { type DirectoryServer, dn, userAttributes } from './server.ts';

const ATTRIBUTES = [
  'cn',
  'sAMAccountName',
  'objectGUID',
  'userAccountControl',
  'displayName',
  'memberOf',
  'pwdLastSet',
];

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
    const look = async (key: string) =>
      (
        await server.client.search({
          base: dn(server.base),
          scope: 'sub',
          filter: equals('sAMAccountName', key),
          attributes: ATTRIBUTES,
        })
      )[0];

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

    it('of concurrent adds of one sAMAccountName under many names, does one (M8)', async () => {
      const adds = Array.from({ length: 20 }, (_, i) => addUser(`Nama ${i}`, 'sama'));
      const results = await Promise.allSettled(adds);
      const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
      expect(refused).toHaveLength(19);
      for (const error of refused)
        expect(await codesFrom(Promise.reject(error))).toMatchObject({ ldap: 68, win32: '00002071' });
    });

    it.each([
      'a/b',
      'a,b',
      'a+b',
      'a=b',
      'a"b',
      'a*b',
      'a<b',
      'a[b',
    ])('refuses the sAMAccountName %s (19)', async (key) => {
      expect(await codesFrom(addUser('Satu', key))).toMatchObject({ ldap: 19, effect: 'refused' });
      expect(await look(key)).toBeUndefined();
    });

    it('takes the name of a deleted entry again, for another identity', async () => {
      const identity = async () => bytesOf((await look('satu')) ?? { dn: '', attributes: {} }, 'objectGUID');
      await addUser('Satu', 'satu');
      const before = await identity();
      await server.client.del(at('Satu'));
      expect(await look('satu')).toBeUndefined();
      await addUser('Satu', 'satu');
      expect(await identity()).not.toEqual(before);
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
