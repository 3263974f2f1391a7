/** Groups through the provisioner. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fields } from '../../../core/kinds.ts';
import { equals } from '../../../provisioners/directory/filter.ts';
import { textOf } from '../../../provisioners/directory/protocol.ts';
import { type DirectoryServer, dn, userAttributes } from './server.ts';
import { groupFields, type Workbench, workbench } from './workbench.ts';

const KEY = 'milis-uji';
const GROUP = 'directory-group';

export function groupsContract(name: string, makeServer: () => Promise<DirectoryServer>): void {
  describe(`${name}: groups`, () => {
    let server: DirectoryServer;
    let bench: Workbench;
    beforeEach(async () => {
      server = await makeServer();
      bench = workbench(server);
      for (const [cn, key] of [
        ['Satu, S.E.', 'satu'],
        ['Dua', 'dua'],
        ['Tiga', 'tiga'],
      ] as const)
        await server.administrator.add(
          dn(`CN=${cn.replace(',', '\\,')},OU=Akun,${server.ou},${server.base}`),
          userAttributes(key, { userAccountControl: ['514'] }),
        );
    });
    afterEach(() => server.dispose());

    const fields = (more: Fields = {}) => groupFields(server, more);

    it('creates a universal security group with address and members in one add', async () => {
      const outcome = await bench.create(KEY, fields({ members: ['dua', 'satu'] }), GROUP);
      expect(outcome).toMatchObject({ result: 'done', values: fields({ members: ['dua', 'satu'] }) });
      expect(bench.writes.map((write) => write.operation)).toEqual(['add']);
      const [entry] = await server.administrator.search({
        base: dn(server.base),
        scope: 'sub',
        filter: equals('sAMAccountName', KEY),
        attributes: ['groupType'],
      });
      expect(entry && textOf(entry, 'groupType')).toBe('-2147483640');
    });

    it('changes members in one modify', async () => {
      await bench.create(KEY, fields({ members: ['satu', 'dua'] }), GROUP);
      bench.writes.length = 0;
      const outcome = await bench.update(KEY, { members: ['dua', 'tiga'], displayName: 'Milis' }, GROUP);
      expect(outcome).toMatchObject({ result: 'done', values: { members: ['dua', 'tiga'], displayName: 'Milis' } });
      expect(bench.writes.map((write) => write.operation)).toEqual(['modify']);
    });

    it('empties a group, and fills it again', async () => {
      await bench.create(KEY, fields({ members: ['satu'] }), GROUP);
      expect(await bench.update(KEY, { members: [] }, GROUP)).toMatchObject({
        result: 'done',
        values: { members: [] },
      });
      expect(await bench.update(KEY, { members: ['tiga'] }, GROUP)).toMatchObject({ values: { members: ['tiga'] } });
    });

    it('writes nothing for a member that does not exist', async () => {
      const outcome = await bench.create(KEY, fields({ members: ['satu', 'hantu'] }), GROUP);
      expect(outcome).toMatchObject({ result: 'failed', error: { code: 'invalid' } });
      expect(bench.writes).toEqual([]);
    });

    it('renames and moves a group, which keeps its members', async () => {
      await bench.create(KEY, fields({ members: ['satu'] }), GROUP);
      const moved = { cn: 'Milis, Baru', ou: `OU=Lain,${server.ou}` };
      expect(await bench.update(KEY, moved, GROUP)).toMatchObject({
        result: 'done',
        values: { ...moved, members: ['satu'] },
      });
    });

    it('takes a group whose members cannot all be read for unread', async () => {
      await bench.create(KEY, fields({ members: ['satu', 'dua'] }), GROUP);
      bench.disturb({ on: 'read', effect: 'cut', after: 2 });
      const reading = await bench.read(GROUP, KEY);
      expect(reading.objects).toEqual([]);
      expect(reading.unread[0]?.reason).toContain("'milis-uji' has 2 members, but 1 could be read");
    });

    it('refuses a member change when somebody else changed the members meanwhile, and does nothing of it', async () => {
      await bench.create(KEY, fields({ members: ['satu'] }), GROUP);
      const member = dn(`CN=Satu\\, S.E.,OU=Akun,${server.ou},${server.base}`);
      bench.beforeNextWrite(() =>
        server.administrator.modify(dn(`CN=Milis Uji,OU=Akun,${server.ou},${server.base}`), [
          { operation: 'delete', attribute: 'member', values: [member] },
        ]),
      );
      const outcome = await bench.update(KEY, { members: ['dua'], displayName: 'Baru' }, GROUP);
      expect(outcome.result).toBe('failed');
      expect((await bench.observe(KEY, GROUP))?.fields).toMatchObject({ members: [], displayName: 'Milis Uji' });
    });

    it('deletes a group, and its members stay', async () => {
      await bench.create(KEY, fields({ members: ['satu'] }), GROUP);
      expect(await bench.remove(KEY, GROUP)).toMatchObject({ result: 'done' });
      expect(await bench.observe('satu')).toBeDefined();
    });
  });
}
