/** What is never written: privileged groups and accounts, however deep the nesting, and the directory's own places. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { equals } from '../../../provisioners/directory/filter.ts';
import { bytesOf, textsOf } from '../../../provisioners/directory/protocol.ts';
import { type DirectoryServer, dn, userAttributes } from './server.ts';
import { accountFields, groupFields, REQUEST, type Workbench, workbench } from './workbench.ts';

const KEY = 'andi.pratama';

export function protectionContract(name: string, makeServer: () => Promise<DirectoryServer>): void {
  describe(`${name}: protection`, () => {
    let server: DirectoryServer;
    let bench: Workbench;
    beforeEach(async () => {
      server = await makeServer();
      bench = workbench(server);
    });
    const undo: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const one of undo.splice(0)) await one();
      await server.dispose();
    });

    const at = (cn: string) => formatDn([{ type: 'CN', value: cn }, ...parseDn(`OU=Akun,${server.ou},${server.base}`)]);
    const addMember = (group: string, member: string) =>
      server.administrator.modify(dn(group), [{ operation: 'add', attribute: 'member', values: [dn(member)] }]);
    const addGroup = (key: string, more: Record<string, string[]> = {}) =>
      server.administrator.add(at(key), { objectClass: ['top', 'group'], sAMAccountName: [key], ...more });
    /** As a domain controller does it: who is in a group by its primary group is no `member` of it. */
    const makePrimary = async (group: string, account: string) => {
      const filter = equals('sAMAccountName', group);
      const search = { base: dn(at(group)), scope: 'base', filter, attributes: ['objectSid', 'member'] } as const;
      const [found] = await server.administrator.search(search);
      const rid = String((found && bytesOf(found, 'objectSid'))?.readUInt32LE(24));
      const primary = (id: string) =>
        server.administrator.modify(dn(at(account)), [
          { operation: 'replace', attribute: 'primaryGroupID', values: [id] },
        ]);
      await primary(rid);
      // A primary group cannot be deleted.
      undo.push(() => primary('513'));
      const [after] = await server.administrator.search(search);
      if (after === undefined || textsOf(after, 'member').length === 0) return;
      const leave = { operation: 'delete', attribute: 'member', values: [dn(at(account))] } as const;
      await server.administrator.modify(dn(at(group)), [leave]);
    };
    const refusedAs = async (call: Promise<unknown>) => {
      bench.writes.length = 0;
      expect(await call).toMatchObject({ result: 'failed', error: { code: 'protected' } });
      expect(bench.writes).toEqual([]);
    };

    it('joins no group that is not open to requests', async () => {
      await addGroup('biasa');
      await refusedAs(bench.create(KEY, accountFields(server, { groups: ['biasa'] })));
      await refusedAs(bench.create(KEY, accountFields(server, { groups: ['domain admins'] })));
      expect(bench.sealed).toEqual([]);
    });

    it('joins no open group that leads to a privileged one, three groups away', async () => {
      await addGroup('a');
      await addGroup('b');
      await addMember(server.privilegedGroup, at('a'));
      await addMember(at('a'), at('b'));
      await addMember(at('b'), server.group.dn);
      await refusedAs(bench.create(KEY, accountFields(server, { groups: [server.group.key] })));
    });

    it('comes to an end where groups contain each other', async () => {
      await addGroup('a');
      await addMember(at('a'), server.group.dn);
      await addMember(server.group.dn, at('a'));
      expect(await bench.create(KEY, accountFields(server, { groups: [server.group.key] }))).toMatchObject({
        result: 'done',
      });
    });

    it('joins no open group with adminCount', async () => {
      const change = { operation: 'replace' as const, attribute: 'adminCount', values: ['1'] };
      await server.administrator.modify(dn(server.group.dn), [change]);
      await refusedAs(bench.create(KEY, accountFields(server, { groups: [server.group.key] })));
    });

    it('writes to no account that became privileged: no reset, no change, no delete', async () => {
      await bench.create(KEY, accountFields(server));
      await addMember(server.privilegedGroup, at('Andi Pratama'));
      await refusedAs(bench.update(KEY, { passwordResetAt: '2026-11-20T02:00:00Z' }));
      await refusedAs(bench.update(KEY, { displayName: 'x' }));
      await refusedAs(bench.remove(KEY));
      expect(bench.sealed).toHaveLength(1);
    });

    it('writes to no account whose primary group leads to a privileged one, which no memberOf tells', async () => {
      await bench.create(KEY, accountFields(server));
      await addGroup('regu');
      await addMember(server.privilegedGroup, at('regu'));
      await addMember(at('regu'), at('Andi Pratama'));
      await makePrimary('regu', 'Andi Pratama');
      await refusedAs(bench.update(KEY, { passwordResetAt: '2026-11-20T02:00:00Z' }));
      await refusedAs(bench.remove(KEY));
    });

    it('writes to an account whose primary group leads nowhere', async () => {
      await bench.create(KEY, accountFields(server));
      await addGroup('regu');
      await addMember(at('regu'), at('Andi Pratama'));
      await makePrimary('regu', 'Andi Pratama');
      expect(await bench.update(KEY, { displayName: 'x' })).toMatchObject({ result: 'done' });
    });

    it('adopts no privileged account, and nothing in the containers of the domain', async () => {
      const user = userAttributes('tamu', { userAccountControl: ['514'] });
      await server.administrator.add(dn(`CN=Tamu,CN=Users,${server.base}`), user);
      await refusedAs(bench.adopt('administrator'));
      await refusedAs(bench.adopt('tamu'));
    });

    it('adds no members to a group of its own that others made privileged', async () => {
      await server.administrator.add(at('Satu'), userAttributes('satu', { userAccountControl: ['514'] }));
      await bench.create('milis', groupFields(server), 'directory-group');
      await addMember(server.privilegedGroup, at('Milis Uji'));
      await refusedAs(bench.update('milis', { members: ['satu'] }, 'directory-group'));
    });

    it.each([
      'OU=Domain Controllers',
      'ou=x,OU=domain controllers',
      'CN=Users',
      'CN=Builtin',
      'OU=Microsoft Exchange Security Groups',
      'CN=Managed Service Accounts',
      '',
    ])('creates nothing in %j', async (ou) => {
      await refusedAs(bench.create(KEY, accountFields(server, { ou })));
      expect(bench.sealed).toEqual([]);
    });

    it('moves nothing there either', async () => {
      await bench.create(KEY, accountFields(server));
      await refusedAs(bench.update(KEY, { ou: 'OU=Domain Controllers' }));
    });

    it('refuses an object whose groups cannot be read', async () => {
      await bench.create(KEY, accountFields(server, { groups: [server.group.key] }));
      const before = await bench.observe(KEY);
      bench.disturb({ on: 'read', effect: 'unreadable', after: 4 });
      bench.writes.length = 0;
      expect(await bench.update(KEY, { displayName: 'x' })).toMatchObject({
        result: 'failed',
        error: { operation: 'search' },
      });
      expect(bench.writes).toEqual([]);
      expect(await bench.observe(KEY)).toEqual({ ...before, owner: REQUEST });
    });
  });
}
