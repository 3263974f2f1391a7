/** Accounts through the provisioner: fields to attributes and back, states, passwords, names, memberships. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fields } from '../../../core/kinds.ts';
import { differing } from '../../../core/plan/fields.ts';
import { byIdentity, formatDn, parseDn, sameDn } from '../../../provisioners/directory/dn.ts';
import { equals } from '../../../provisioners/directory/filter.ts';
import { textOf, textsOf } from '../../../provisioners/directory/protocol.ts';
import { type DirectoryServer, dn, userAttributes } from './server.ts';
import { accountFields, REQUEST, type Workbench, workbench } from './workbench.ts';

const KEY = 'andi.pratama';
const RAW = [
  'adminDescription',
  'userAccountControl',
  'pwdLastSet',
  'mail',
  'proxyAddresses',
  'mDBUseDefaults',
  'mDBStorageQuota',
  'mDBOverQuotaLimit',
  'mDBOverHardQuotaLimit',
  'delivContLength',
  'submissionContLength',
];

export function accountsContract(name: string, makeServer: () => Promise<DirectoryServer>): void {
  describe(`${name}: accounts`, () => {
    let server: DirectoryServer;
    let bench: Workbench;
    beforeEach(async () => {
      server = await makeServer();
      bench = workbench(server);
    });
    afterEach(() => server.dispose());

    const fields = (more: Fields = {}) => accountFields(server, more);
    const place = (cn = 'Andi Pratama', ou = 'OU=Akun') =>
      formatDn([{ type: 'CN', value: cn }, ...parseDn(`${ou},${server.ou},${server.base}`)]);
    const raw = async (key = KEY) => {
      const request = {
        base: dn(server.base),
        scope: 'sub' as const,
        filter: equals('sAMAccountName', key),
        attributes: RAW,
      };
      const [entry] = await server.administrator.search(request);
      if (entry === undefined) throw new Error(`'${key}' is not there`);
      return entry;
    };
    const change = (attribute: string, ...values: string[]) =>
      server.administrator.modify(place(), [{ operation: 'replace', attribute, values }]);
    const created = async (more: Fields = {}) => {
      const outcome = await bench.create(KEY, fields(more));
      expect(outcome).toMatchObject({ result: 'done' });
      return outcome;
    };
    const open = async (index: number) => {
      const file = bench.sealed[index];
      if (file === undefined) throw new Error('Nothing was sealed');
      return server.verifyPassword(textOf(await dnEntry(), 'distinguishedName') ?? '', file.value);
    };
    const dnEntry = async () => {
      const [entry] = await server.administrator.search({
        base: dn(server.base),
        scope: 'sub',
        filter: equals('sAMAccountName', KEY),
        attributes: ['distinguishedName'],
      });
      return entry ?? { dn: '', attributes: {} };
    };

    it('creates an account with all its fields, and reads them back', async () => {
      const outcome = await created({ groups: [server.group.key] });
      expect(outcome.values).toMatchObject(fields({ groups: [server.group.key] }));
      expect(await bench.observe(KEY)).toMatchObject({ owner: REQUEST, phase: 'ready', fields: outcome.values });
    });

    it('seals the first password before the create, and the sealed one is right and must be changed (773)', async () => {
      const outcome = await created();
      expect(bench.port.writes.map((write) => `${write.system} ${write.operation}`)).toEqual([
        'handover seal',
        'directory add',
      ]);
      expect(outcome.handover).toBe(bench.sealed[0]?.file);
      expect(bench.sealed.map((file) => file.state)).toEqual(['confirmed']);
      expect(await open(0)).toBe('773');
    });

    it('names owner and sealed file in the marker, and nothing of the password', async () => {
      await created();
      expect(textOf(await raw(), 'adminDescription')).toMatch(/^layanan:djp\/andi;handover=[0-9a-f]{16}$/);
    });

    it('creates no account when the recipient has no key', async () => {
      bench.losesKey();
      expect(await bench.create(KEY, fields())).toMatchObject({
        result: 'failed',
        error: { system: 'handover', operation: 'seal', code: 'no-key' },
      });
      expect(bench.writes).toEqual([]);
    });

    it('takes an organisational unit that is spelled in another case for the same', async () => {
      const shouted = fields({ ou: `OU=AKUN,${server.ou.toUpperCase()}` });
      expect(await bench.create(KEY, shouted)).toMatchObject({ result: 'done' });
      const observed = await bench.observe(KEY);
      expect(differing('directory-account', shouted, observed?.fields ?? {})).toBeUndefined();
    });

    it('discards the sealed password of a create that is refused', async () => {
      expect(await bench.create(KEY, fields({ ou: `OU=Tidak Ada,${server.ou}` }))).toMatchObject({ result: 'failed' });
      expect(bench.sealed.map((file) => file.state)).toEqual(['discarded']);
      expect(await bench.observe(KEY)).toBeUndefined();
    });

    it('creates a disabled account', async () => {
      await created({ enabled: false });
      expect(Number(textOf(await raw(), 'userAccountControl')) & 2).toBe(2);
    });

    it('disables and enables by one flag, and leaves the others as they are', async () => {
      await created();
      await change('userAccountControl', String(0x200 | 0x10000));
      expect(await bench.update(KEY, { enabled: false })).toMatchObject({ result: 'done', values: { enabled: false } });
      expect(textOf(await raw(), 'userAccountControl')).toBe(String(0x200 | 0x10000 | 2));
      expect(await open(0)).toBe('533');
      expect(await bench.update(KEY, { enabled: true })).toMatchObject({ result: 'done', values: { enabled: true } });
      expect(textOf(await raw(), 'userAccountControl')).toBe(String(0x200 | 0x10000));
    });

    it('writes a quota with warning and sending limits below it, and never with the defaults on', async () => {
      await created();
      const entry = await raw();
      const of = (attribute: string) => textOf(entry, attribute);
      expect([of('mDBStorageQuota'), of('mDBOverQuotaLimit'), of('mDBOverHardQuotaLimit')]).toEqual([
        '2831155',
        '2988441',
        '3145728',
      ]);
      expect(of('mDBUseDefaults')).toBe('FALSE');
      expect([of('delivContLength'), of('submissionContLength')]).toEqual(['34816', '34816']);
    });

    it.each([[1_048_576], [52_428_800]])('lowers and raises a quota to %i KB in one modify', async (mailboxKb) => {
      await created();
      bench.writes.length = 0;
      expect(await bench.update(KEY, { mailboxKb })).toMatchObject({ result: 'done', values: { mailboxKb } });
      expect(bench.writes.map((write) => write.operation)).toEqual(['modify']);
    });

    it('removes quota and message limit, and reads them as none', async () => {
      await created();
      expect(await bench.update(KEY, { mailboxKb: null, messageKb: null })).toMatchObject({ result: 'done' });
      expect(textsOf(await raw(), 'mDBUseDefaults')).toEqual([]);
      expect((await bench.observe(KEY))?.fields).toMatchObject({ mailboxKb: null, messageKb: null });
    });

    it.each([
      ['mDBUseDefaults', 'TRUE', 'mailboxKb'],
      ['mDBStorageQuota', '1', 'mailboxKb'],
      ['submissionContLength', '1', 'messageKb'],
    ])('reads a limit that others changed by %s as another value than the wanted one', async (attribute, value, field) => {
      await created();
      await change(attribute, value);
      const read = (await bench.observe(KEY))?.fields[field];
      expect(typeof read).toBe('string');
      expect(read).toContain(value);
    });

    it.each([
      3_000_000_000, 0, -1, 1.5,
    ])('refuses a quota of %d KB, which the attribute cannot hold', async (mailboxKb) => {
      expect(await bench.create(KEY, fields({ mailboxKb }))).toMatchObject({
        result: 'failed',
        error: { code: 'invalid' },
      });
      expect(bench.writes).toEqual([]);
    });

    it('swaps the primary address with an alias in one modify, and keeps addresses of other systems', async () => {
      await created();
      await server.administrator.modify(place(), [
        { operation: 'add', attribute: 'proxyAddresses', values: ['X500:/o=Contoh/cn=andi'] },
      ]);
      const swapped = { mail: 'andi@contoh.test', aliases: ['andi.pratama@contoh.test'] };
      expect(await bench.update(KEY, swapped)).toMatchObject({ result: 'done', values: swapped });
      expect([...textsOf(await raw(), 'proxyAddresses')].sort()).toEqual([
        'SMTP:andi@contoh.test',
        'X500:/o=Contoh/cn=andi',
        'smtp:andi.pratama@contoh.test',
      ]);
    });

    it('reads a primary address that disagrees with mail as neither', async () => {
      await created();
      await change('mail', 'lain@contoh.test');
      expect((await bench.observe(KEY))?.fields.mail).toBe('lain@contoh.test SMTP:andi.pratama@contoh.test');
    });

    it.each([
      'andi.pratama@contoh.test',
      'ANDI@contoh.test',
    ])('refuses %s while another account has it', async (mail) => {
      await created();
      const other = fields({ cn: 'Lain', userPrincipalName: 'lain@contoh.test', mail, aliases: [] });
      expect(await bench.create('lain', other, 'directory-account', 'djp/lain')).toMatchObject({
        result: 'failed',
        error: { code: 'address-in-use' },
      });
      expect(await bench.observe('lain')).toBeUndefined();
    });

    it('renames and moves in one operation, keeping identity and memberships', async () => {
      await created({ groups: [server.group.key] });
      const before = await bench.observe(KEY);
      const moved = { cn: 'Andi Pratama, S.E.', ou: `OU=Lain,${server.ou}` };
      bench.writes.length = 0;
      expect(await bench.update(KEY, moved)).toMatchObject({ result: 'done', values: moved });
      expect(bench.writes.map((write) => write.operation)).toEqual(['modifyDN']);
      const after = await bench.observe(KEY);
      expect(after?.identity).toBe(before?.identity);
      expect(after?.fields.groups).toEqual([server.group.key]);
      expect(sameDn(parseDn((await raw()).dn), parseDn(place('Andi Pratama, S.E.', 'OU=Lain')))).toBe(true);
    });

    it('renames to another case of the same name', async () => {
      await created();
      expect(await bench.update(KEY, { cn: 'ANDI PRATAMA' })).toMatchObject({
        result: 'done',
        values: { cn: 'ANDI PRATAMA' },
      });
    });

    it.each([
      'Sari, S.E.',
      '#1 Sari',
      '"Sari"',
      'Sari\\',
      'Sari+Dewi=<x>;',
      'Sári Dëwi 漢',
      'Sari ',
    ])('creates, renames and deletes under the name %j', async (cn) => {
      await created({ cn });
      expect(await bench.update(KEY, { cn: 'Biasa' })).toMatchObject({ result: 'done' });
      expect(await bench.update(KEY, { cn, displayName: cn })).toMatchObject({
        result: 'done',
        values: { cn, displayName: cn },
      });
      expect(await bench.remove(KEY)).toMatchObject({ result: 'done' });
    });

    it.each([
      '\u0000',
      '\r',
      '\n',
      '\u001b',
      '\u2028',
      '\ud800',
    ])('sends nothing for a name with %j in it', async (bad) => {
      const cn = `Andi${bad},CN=Users`;
      expect(await bench.create(KEY, fields({ cn }))).toMatchObject({ result: 'failed', error: { code: 'invalid' } });
      expect(bench.writes).toEqual([]);
      expect(bench.sealed).toEqual([]);
    });

    it.each([
      'andi pratama',
      'andi/p',
      'Andi',
      'a'.repeat(21),
      'andi.',
      'andi@x',
      '',
    ])('refuses the key %j', async (key) => {
      expect(await bench.create(key, fields())).toMatchObject({ result: 'failed', error: { code: 'invalid' } });
      expect(bench.writes).toEqual([]);
    });

    it('creates under a name of 64 characters, and refuses one of 65', async () => {
      await created({ cn: 'x'.repeat(64) });
      bench.writes.length = 0;
      expect(await bench.update(KEY, { cn: 'x'.repeat(65) })).toMatchObject({
        result: 'failed',
        error: { code: 'invalid' },
      });
      expect(bench.writes).toEqual([]);
    });

    it('joins and leaves an open group, and does not see groups that are not open', async () => {
      await created();
      const other = dn(`CN=Biasa,OU=Akun,${server.ou},${server.base}`);
      await server.administrator.add(other, {
        objectClass: ['top', 'group'],
        sAMAccountName: ['biasa'],
        member: [place()],
      });
      expect(await bench.update(KEY, { groups: [server.group.key] })).toMatchObject({
        values: { groups: [server.group.key] },
      });
      expect(await bench.update(KEY, { groups: [] })).toMatchObject({ result: 'done', values: { groups: [] } });
      const [group] = await server.administrator.search({
        base: other,
        scope: 'base',
        filter: equals('objectClass', 'group'),
        attributes: ['member'],
      });
      expect(group && textsOf(group, 'member')).toHaveLength(1);
    });

    it('settles a membership that another run wrote first, whatever the code', async () => {
      await created();
      bench.beforeNextWrite(() =>
        server.administrator.modify(dn(server.group.dn), [
          { operation: 'add', attribute: 'member', values: [place()] },
        ]),
      );
      expect(await bench.update(KEY, { groups: [server.group.key] })).toMatchObject({ result: 'done' });
    });

    it('resets a password in one modify: the old one is dead, the new one must be changed', async () => {
      await created();
      bench.writes.length = 0;
      const passwordResetAt = '2026-11-20T02:00:00Z';
      const outcome = await bench.update(KEY, { passwordResetAt });
      expect(outcome).toMatchObject({ result: 'done', values: { passwordResetAt }, handover: bench.sealed[1]?.file });
      expect(bench.writes.map((write) => write.operation)).toEqual(['modify']);
      expect(await open(0)).toBe('52e');
      expect(await open(1)).toBe('773');
      expect(bench.sealed.map((file) => file.state)).toEqual(['confirmed', 'confirmed']);
    });

    it('does not reset a password again for a stamp that is as late', async () => {
      await created({ passwordResetAt: '2026-11-20T02:00:00Z' });
      await bench.update(KEY, { passwordResetAt: '2026-11-20T02:00:00Z', displayName: 'A. Pratama' });
      await bench.update(KEY, { passwordResetAt: '2026-11-19T02:00:00+07:00' });
      expect(bench.sealed).toHaveLength(1);
    });

    it('keeps the stamps over other changes', async () => {
      await created({ passwordResetAt: '2026-11-20T02:00:00Z' });
      const marker = textOf(await raw(), 'adminDescription');
      await bench.update(KEY, { displayName: 'A. Pratama', enabled: false });
      expect(textOf(await raw(), 'adminDescription')).toBe(marker);
    });

    it('deletes by identity, and finds nothing afterwards', async () => {
      await created();
      const { identity = '' } = (await bench.observe(KEY)) ?? {};
      bench.writes.length = 0;
      expect(await bench.remove(KEY)).toMatchObject({ result: 'done', values: {} });
      expect(bench.writes).toEqual([{ operation: 'del', name: byIdentity(identity) }]);
      expect(await bench.observe(KEY)).toBeUndefined();
    });

    it('creates again under a name that was deleted, as another object', async () => {
      await created();
      const before = await bench.observe(KEY);
      await bench.remove(KEY);
      await created();
      expect((await bench.observe(KEY))?.identity).not.toBe(before?.identity);
    });

    it('takes a key that a group or a computer has for in use, not for absent', async () => {
      const computer = {
        objectClass: ['top', 'person', 'organizationalPerson', 'user', 'computer'],
        sAMAccountName: [KEY],
      };
      await server.administrator.add(place('Komputer'), { ...computer, userAccountControl: ['4130'] });
      const reading = await bench.read('directory-account', KEY);
      expect(reading).toMatchObject({ objects: [], unread: [{ kind: 'directory-account', key: KEY }] });
      expect(await bench.create(KEY, fields())).toMatchObject({ result: 'failed', error: { code: 'foreign' } });
      expect(bench.writes).toEqual([]);
    });

    it('adopts by writing the marker only, and touches no marker-like text of others', async () => {
      await server.administrator.add(
        place(),
        userAttributes(KEY, { userAccountControl: ['514'], displayName: ['Lama'] }),
      );
      bench.writes.length = 0;
      expect(await bench.adopt(KEY)).toMatchObject({ result: 'done', values: { displayName: 'Lama', enabled: false } });
      expect(bench.writes.map((write) => write.operation)).toEqual(['modify']);
      expect(textOf(await raw(), 'adminDescription')).toBe(`layanan:${REQUEST}`);
    });

    it.each([
      'ditulis orang lain',
      'layanan:',
      'layanan:djp/andi;x=1',
      'layanan:djp/andi;passwordResetAt=',
      'Layanan:djp/andi',
    ])('takes %j for no marker, and neither adopts nor writes', async (text) => {
      await server.administrator.add(
        place(),
        userAttributes(KEY, { userAccountControl: ['514'], adminDescription: [text] }),
      );
      expect((await bench.observe(KEY))?.owner).toBeNull();
      expect(await bench.adopt(KEY)).toMatchObject({ result: 'failed', error: { code: 'foreign' } });
      expect(await bench.update(KEY, { enabled: true })).toMatchObject({
        result: 'failed',
        error: { code: 'foreign' },
      });
      expect(bench.writes).toEqual([]);
    });

    it('writes nothing to an account of another request, even with the right precondition', async () => {
      await created();
      bench.writes.length = 0;
      for (const call of [
        bench.update(KEY, { enabled: false }, 'directory-account', 'djp/lain'),
        bench.remove(KEY, 'directory-account', 'djp/lain'),
        bench.adopt(KEY, 'directory-account', 'djp/lain'),
      ])
        expect(await call).toMatchObject({ result: 'failed', error: { code: 'foreign' } });
      expect(bench.writes).toEqual([]);
    });
  });
}
