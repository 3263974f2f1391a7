/** Rights with an end: accounts that end, and groups that are in prepared groups. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fields } from '../../../core/kinds.ts';
import { preconditionOf } from '../../../core/plan/precondition.ts';
import { secret } from '../../../core/secret.ts';
import { parseDn } from '../../../provisioners/directory/dn.ts';
import { equals } from '../../../provisioners/directory/filter.ts';
import { textsOf } from '../../../provisioners/directory/protocol.ts';
import { type DirectoryServer, dn, unicodePwd, userAttributes } from './server.ts';
import { accountFields, groupFields, REQUEST, type Workbench, workbench } from './workbench.ts';

const GUEST = 'tamu-uji';
const RIGHT = 'hak-uji';
const GROUP = 'directory-group';
const PASSWORD = 'Kata-Sandi.Tamu-7';

export function rightsContract(name: string, makeServer: () => Promise<DirectoryServer>): void {
  describe(`${name}: rights with an end`, () => {
    let server: DirectoryServer;
    let bench: Workbench;
    beforeEach(async () => {
      server = await makeServer();
      bench = workbench(server);
    });
    afterEach(() => server.dispose());

    const attribute = async (key: string, which: string): Promise<readonly string[]> => {
      const filter = equals('sAMAccountName', key);
      const request = { base: dn(server.base), scope: 'sub', filter, attributes: [which] } as const;
      const [entry] = await server.administrator.search(request);
      return entry === undefined ? [] : textsOf(entry, which);
    };
    const place = () => dn(`CN=Andi Pratama,OU=Akun,${server.ou},${server.base}`);
    const create = (expires: string | null) => bench.create(GUEST, accountFields(server, { expires }));

    describe('the end of an account', () => {
      it('is written with it, as the instant behind its last day', async () => {
        expect(await create('2030-12-31')).toMatchObject({ result: 'done', values: { expires: '2030-12-31' } });
        expect(await attribute(GUEST, 'accountExpires')).toEqual(['135694656000000000']);
      });

      it('is not there where none is wanted, and nothing is written for it', async () => {
        expect(await create(null)).toMatchObject({ result: 'done', values: { expires: null } });
        bench.writes.length = 0;
        await bench.update(GUEST, { expires: null });
        expect(bench.writes).toEqual([]);
      });

      it.each([
        ['moved', '2030-12-31', '2031-01-31'],
        ['given', null, '2031-01-31'],
        ['taken away', '2030-12-31', null],
      ])('is %s in one modify', async (_, before, after) => {
        await create(before);
        bench.writes.length = 0;
        const outcome = await bench.update(GUEST, { expires: after });
        expect(outcome).toMatchObject({ result: 'done', values: { expires: after } });
        expect(bench.writes.map((write) => write.operation)).toEqual(['modify']);
      });

      it('is a precondition: what others moved meanwhile is not overwritten', async () => {
        await create('2030-12-31');
        const seen = await bench.observe(GUEST);
        await server.administrator.modify(place(), [
          { operation: 'replace', attribute: 'accountExpires', values: ['134432352000000000'] },
        ]);
        const outcome = await bench.apply({
          ...{ kind: 'directory-account', key: GUEST, request: REQUEST, action: 'update' },
          ...{ precondition: preconditionOf(seen), before: seen?.fields ?? {}, after: { expires: '2031-01-31' } },
        });
        expect(outcome).toMatchObject({ result: 'failed', error: { code: 'stale' } });
      });

      it('lets nobody in after it, whatever else the account says', async () => {
        await create('2026-01-31');
        await server.administrator.modify(place(), [
          { operation: 'replace', attribute: 'unicodePwd', values: [unicodePwd(PASSWORD)] },
          { operation: 'replace', attribute: 'pwdLastSet', values: ['-1'] },
        ]);
        expect(await server.verifyPassword(place(), secret(PASSWORD))).toBe('701');
        await bench.update(GUEST, { expires: null });
        expect(await server.verifyPassword(place(), secret(PASSWORD))).toBe('ok');
      });
    });

    describe('a group in a prepared group', () => {
      const fields = (more: Fields = {}) => groupFields(server, { groups: [server.group.key], ...more });

      it('is made, and joins it last', async () => {
        const outcome = await bench.create(RIGHT, fields(), GROUP);
        expect(outcome).toMatchObject({ result: 'done', values: { groups: [server.group.key] } });
        expect(bench.writes.map((write) => write.operation)).toEqual(['add', 'modify']);
        expect((await attribute(RIGHT, 'memberOf')).map(parseDn)).toEqual([parseDn(server.group.dn)]);
      });

      it('leaves it, and is in it again', async () => {
        await bench.create(RIGHT, fields(), GROUP);
        expect(await bench.update(RIGHT, { groups: [] }, GROUP)).toMatchObject({ result: 'done' });
        expect(await attribute(RIGHT, 'memberOf')).toEqual([]);
        const again = { groups: [server.group.key] };
        expect(await bench.update(RIGHT, again, GROUP)).toMatchObject({ result: 'done', values: again });
      });

      it('joins no group that is not open, and then nothing is made', async () => {
        const outcome = await bench.create(RIGHT, fields({ groups: ['domain admins'] }), GROUP);
        expect(outcome).toMatchObject({ result: 'failed', error: { code: 'protected' } });
        expect(bench.writes).toEqual([]);
      });

      it('joins no open group that leads to a privileged one', async () => {
        await server.administrator.modify(dn(server.privilegedGroup), [
          { operation: 'add', attribute: 'member', values: [server.group.dn] },
        ]);
        try {
          const outcome = await bench.create(RIGHT, fields(), GROUP);
          expect(outcome).toMatchObject({ result: 'failed', error: { code: 'protected' } });
          expect(bench.writes).toEqual([]);
        } finally {
          await server.administrator.modify(dn(server.privilegedGroup), [
            { operation: 'delete', attribute: 'member', values: [server.group.dn] },
          ]);
        }
      });

      it('does not put its members into the prepared group themselves', async () => {
        await server.administrator.add(dn(`CN=Satu,OU=Akun,${server.ou},${server.base}`), userAttributes('satu'));
        await bench.create(RIGHT, fields({ members: ['satu'] }), GROUP);
        const own = `CN=Milis Uji,OU=Akun,${server.ou},${server.base}`;
        expect((await attribute('satu', 'memberOf')).map(parseDn)).toEqual([parseDn(own)]);
        expect((await bench.observe('satu'))?.fields.groups).toEqual([]);
      });
    });
  });
}
