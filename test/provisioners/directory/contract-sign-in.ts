/** Passwords and what a sign-in says of an account, held against whatever server is handed in. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secret } from '../../../core/secret.ts';
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { equals } from '../../../provisioners/directory/filter.ts';
import type { AttributeValue, Modification } from '../../../provisioners/directory/protocol.ts';
import { codesFrom } from './codes-from.ts';
import { type DirectoryServer, dn, unicodePwd, userAttributes } from './server.ts';
import { accountFields, workbench } from './workbench.ts';

const PASSWORD = 'Kata-Sandi-7.uji';
const WRONG = 3;

export function signInContract(name: string, makeServer: () => Promise<DirectoryServer>): void {
  describe(`${name}: passwords and sign-ins`, () => {
    let server: DirectoryServer;
    beforeEach(async () => {
      server = await makeServer();
    });
    afterEach(() => server.dispose());

    const at = (cn: string) => formatDn([{ type: 'CN', value: cn }, ...parseDn(`OU=Akun,${server.ou},${server.base}`)]);
    const addReady = (cn: string, key: string, more: Record<string, AttributeValue[]> = {}) =>
      server.client.add(at(cn), {
        ...userAttributes(key, { userAccountControl: ['512'] }),
        unicodePwd: [unicodePwd(PASSWORD)],
        ...more,
      });
    const reset = (value: AttributeValue): Modification => ({
      operation: 'replace',
      attribute: 'unicodePwd',
      values: [value],
    });
    const look = async (key: string) => {
      const filter = equals('sAMAccountName', key);
      const request = { base: dn(server.base), scope: 'sub' as const, filter, attributes: ['cn'] };
      return (await server.client.search(request))[0];
    };
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

    it.each([
      ['too short', 'aB-7'],
      ['of too few kinds of characters', 'hurufkecilsemua'],
    ])('refuses a reset to a password that is %s (19 or 53, 0000052D), and the old one stays', async (_, weak) => {
      await addReady('Satu', 'satu', { pwdLastSet: ['-1'] });
      const codes = await codesFrom(server.client.modify(at('Satu'), [reset(unicodePwd(weak))]));
      expect(codes).toMatchObject({ win32: '0000052D', effect: 'refused' });
      expect([19, 53]).toContain(codes.ldap);
      expect(await verify('Satu')).toBe('ok');
    });

    it('takes a password by modify, and the enabled state with it (M7)', async () => {
      await server.client.add(at('Satu'), userAttributes('satu', { userAccountControl: ['514'] }));
      await server.client.modify(at('Satu'), [
        reset(unicodePwd(PASSWORD)),
        { operation: 'replace', attribute: 'userAccountControl', values: ['512'] },
      ]);
      expect(await verify('Satu')).toBe('ok');
    });

    it('refuses unicodePwd without quotes (53, 00002035)', async () => {
      const bare = { unicodePwd: [Buffer.from(PASSWORD, 'utf16le')] };
      expect(await codesFrom(addReady('Polos', 'polos', bare))).toMatchObject({ ldap: 53, win32: '00002035' });
    });

    it('refuses unicodePwd as UTF-8 (53, 00002035)', async () => {
      const bare = { unicodePwd: [`"${PASSWORD}"`] };
      expect(await codesFrom(addReady('Polos', 'polos', bare))).toMatchObject({ ldap: 53, win32: '00002035' });
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

    it('a reset is not bound by the minimum age of a password, nor by its history', async () => {
      await addReady('Satu', 'satu');
      await server.client.modify(at('Satu'), [reset(unicodePwd(`${PASSWORD}.baru`))]);
      await server.client.modify(at('Satu'), [reset(unicodePwd(PASSWORD))]);
      expect(await verify('Satu')).toBe('ok');
    });

    describe('after too many wrong passwords', () => {
      const lockAfter = (wrong: number) =>
        server.administrator.modify(dn(server.base), [
          { operation: 'replace', attribute: 'lockoutThreshold', values: [String(wrong)] },
        ]);
      const lock = async (cn: string, right = secret(PASSWORD)) => {
        for (let i = 0; i < WRONG; i++) expect(await verify(cn, 'Salah-Sekali.1')).toBe('52e');
        expect(await server.verifyPassword(at(cn), right)).toBe('775');
      };
      beforeEach(() => lockAfter(WRONG));
      afterEach(() => lockAfter(0));

      it('tells that the account is locked (775), whatever the password, and lockoutTime 0 unlocks it', async () => {
        await addReady('Satu', 'satu', { pwdLastSet: ['-1'] });
        await lock('Satu');
        expect(await verify('Satu', 'Salah-Sekali.1')).toBe('775');
        await server.client.modify(at('Satu'), [{ operation: 'replace', attribute: 'lockoutTime', values: ['0'] }]);
        expect(await verify('Satu')).toBe('ok');
      });

      it('a password in time counts the wrong ones from the start', async () => {
        await addReady('Satu', 'satu', { pwdLastSet: ['-1'] });
        for (let round = 0; round < 2; round++) {
          for (let i = 1; i < WRONG; i++) expect(await verify('Satu', 'Salah-Sekali.1')).toBe('52e');
          expect(await verify('Satu')).toBe('ok');
        }
      });

      it('unlocks by an order, in one modify and once, with the password that the account has', async () => {
        const bench = workbench(server);
        const key = 'andi.pratama';
        await bench.create(key, accountFields(server));
        await lock('Andi Pratama', bench.sealed[0]?.value);
        bench.writes.length = 0;
        const unblockedAt = '2026-11-20T02:00:00Z';
        expect(await bench.update(key, { unblockedAt })).toMatchObject({ result: 'done', values: { unblockedAt } });
        expect(bench.writes.map((write) => write.operation)).toEqual(['modify']);
        expect(await server.verifyPassword(at('Andi Pratama'), bench.sealed[0]?.value ?? secret(''))).toBe('773');
        await lock('Andi Pratama', bench.sealed[0]?.value);
        await bench.update(key, { unblockedAt, displayName: 'A. Pratama' });
        expect(await server.verifyPassword(at('Andi Pratama'), bench.sealed[0]?.value ?? secret(''))).toBe('775');
        const passwordResetAt = '2026-11-20T03:00:00Z';
        expect(await bench.update(key, { passwordResetAt })).toMatchObject({
          values: { unblockedAt, passwordResetAt },
        });
        expect(bench.sealed).toHaveLength(2);
      });

      it('lets in who was locked out once the provisioner resets the password', async () => {
        const bench = workbench(server);
        const key = 'andi.pratama';
        expect(await bench.create(key, accountFields(server))).toMatchObject({ result: 'done' });
        await lock('Andi Pratama', bench.sealed[0]?.value);
        expect(await bench.update(key, { passwordResetAt: '2026-11-20T02:00:00Z' })).toMatchObject({ result: 'done' });
        expect(await server.verifyPassword(at('Andi Pratama'), bench.sealed[1]?.value ?? secret(''))).toBe('773');
      });
    });
  });
}
