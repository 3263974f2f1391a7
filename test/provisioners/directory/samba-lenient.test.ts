/** What Samba takes and Windows refuses, each with the guard that stands in our own code. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPassword } from '../../../core/secret.ts';
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { equals } from '../../../provisioners/directory/filter.ts';
import { textOf } from '../../../provisioners/directory/protocol.ts';
import { realServer } from '../../servers/required.ts';
import { BASE } from '../../servers/samba/recipe.ts';
import { sambaRequirement } from '../../servers/samba.ts';
import { type SambaServer, startSambaServer } from './samba-server.ts';
import { dn, unicodePwd, userAttributes } from './server.ts';
import { accountFields, randomFrom, type Workbench, workbench } from './workbench.ts';

const UNIT = `OU=Akun,OU=Uji,${BASE}`;
const KEY = 'andi.pratama';

realServer(...sambaRequirement())(() => {
  let server: SambaServer;
  let bench: Workbench;
  beforeAll(async () => {
    server = await startSambaServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.clean();
    bench = workbench(server);
  });

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

  describe('what Samba takes and Windows refuses, and the guard in our own code', () => {
    it('a sAMAccountName of 21 characters: limits.ts', async () => {
      await add('Satu', userAttributes('a'.repeat(21)));
      expect(await bench.create('b'.repeat(21), accountFields(server))).toMatchObject(invalid);
    });

    it('a name of 65 characters: limits.ts', async () => {
      await add('x'.repeat(65), userAttributes('satu'));
      expect(await bench.create(KEY, accountFields(server, { cn: 'y'.repeat(65) }))).toMatchObject(invalid);
    });

    it('an enabled account without a password: an account is created with one, or not at all', async () => {
      await add('Satu', userAttributes('satu', { userAccountControl: ['512'] }));
      bench.losesKey();
      expect(await bench.create(KEY, accountFields(server))).toMatchObject({ result: 'failed' });
      expect(await find(KEY)).toBeUndefined();
    });

    it('a password with the account name in it: passwords are random, and hold no name of three characters or more', async () => {
      const attributes = userAttributes('satu', { userAccountControl: ['512'] });
      await add('Satu', { ...attributes, unicodePwd: [unicodePwd('Kata-satu-7')] });
      const random = randomFrom(7);
      for (let i = 0; i < 1000; i++) expect(newPassword(random).reveal().toLowerCase()).not.toContain(KEY);
    });

    it('an integer beyond 32 bits, stored as another one: limits.ts', async () => {
      await add('Satu', userAttributes('satu', { mDBStorageQuota: ['3000000000'] }));
      const entry = await find('satu', 'mDBStorageQuota');
      expect(entry && textOf(entry, 'mDBStorageQuota')).not.toBe('2000000000');
      expect(await bench.create(KEY, accountFields(server, { mailboxKb: 3_000_000_000 }))).toMatchObject(invalid);
    });

    it('more than 1000 entries without pages: session.ts asks for pages of 1000', async () => {
      await server.addMany(1001);
      const request = {
        base: dn(UNIT),
        scope: 'sub' as const,
        filter: equals('objectClass', 'user'),
        attributes: ['cn'],
      };
      expect(await server.client.search(request)).toHaveLength(1001);
    });

    it('attributes at creation that may not be written afterwards: apply-account.ts writes its own list only', async () => {
      await add('Satu', userAttributes('satu', { servicePrincipalName: ['http/satu'], adminCount: ['1'] }));
      const spn = { operation: 'replace' as const, attribute: 'servicePrincipalName', values: ['http/dua'] };
      await expect(server.client.modify(dn(`CN=Satu,${UNIT}`), [spn])).rejects.toMatchObject({
        code: expect.stringMatching(/50$/),
      });
      await bench.create(KEY, accountFields(server));
      const entry = await find(KEY, 'servicePrincipalName', 'adminCount', 'cn');
      expect(entry?.attributes).toMatchObject({ cn: ['Andi Pratama'], servicePrincipalName: [], adminCount: [] });
    });
  });
});
