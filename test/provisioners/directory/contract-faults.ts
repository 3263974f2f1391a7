/** Replies that are lost, servers that refuse, lists that are short, and two runs at once. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { preconditionOf } from '../../../core/plan/precondition.ts';
import type { Write } from '../../../core/provisioner.ts';
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { type DirectoryServer, userAttributes } from './server.ts';
import { accountFields, groupFields, REQUEST, type Workbench, workbench } from './workbench.ts';

const KEY = 'andi.pratama';
const RESET = '2026-11-20T02:00:00Z';

export function faultsContract(name: string, makeServer: () => Promise<DirectoryServer>): void {
  describe(`${name}: faults`, () => {
    let server: DirectoryServer;
    let bench: Workbench;
    beforeEach(async () => {
      server = await makeServer();
      bench = workbench(server);
    });
    afterEach(async () => {
      expect(bench.leaks()).toEqual([]);
      await server.dispose();
    });

    const place = () =>
      formatDn([{ type: 'CN', value: 'Andi Pratama' }, ...parseDn(`OU=Akun,${server.ou},${server.base}`)]);
    const fields = () => accountFields(server, { groups: [server.group.key] });
    const open = (file: Workbench['sealed'][number] | undefined) =>
      file === undefined ? 'nothing sealed' : server.verifyPassword(place(), file.value);

    it('settles a create whose reply is lost by looking, and sends it once', async () => {
      bench.disturb({ on: 'write', effect: 'lost' });
      expect(await bench.create(KEY, fields())).toMatchObject({ result: 'done', handover: bench.sealed[0]?.file });
      expect(bench.writes.map((write) => write.operation)).toEqual(['add', 'modify']);
      expect(bench.sealed.map((file) => file.state)).toEqual(['confirmed']);
      expect(await open(bench.sealed[0])).toBe('773');
    });

    it('calls a create unknown when neither reply nor effect is seen, and keeps what was sealed', async () => {
      bench.disturb({ on: 'write', effect: 'lost-before' });
      expect(await bench.create(KEY, fields())).toMatchObject({ result: 'unknown', error: { code: 'no-reply' } });
      expect(bench.writes).toHaveLength(1);
      expect(bench.sealed.map((file) => file.state)).toEqual(['sealed']);
    });

    it.each(['displayName', 'cn', 'groups'] as const)('settles an update of %s whose reply is lost', async (field) => {
      await bench.create(KEY, fields());
      bench.writes.length = 0;
      bench.disturb({ on: 'write', effect: 'lost' });
      const after = { [field]: field === 'groups' ? [] : 'Andi P.' };
      expect(await bench.update(KEY, after)).toMatchObject({ result: 'done', values: after });
      expect(bench.writes).toHaveLength(1);
    });

    it('settles a reset whose reply is lost: one live password, the sealed one', async () => {
      await bench.create(KEY, fields());
      bench.disturb({ on: 'write', effect: 'lost' });
      expect(await bench.update(KEY, { passwordResetAt: RESET })).toMatchObject({ result: 'done' });
      expect(await open(bench.sealed[0])).toBe('52e');
      expect(await open(bench.sealed[1])).toBe('773');
    });

    it('settles a delete whose reply is lost', async () => {
      await bench.create(KEY, fields());
      bench.disturb({ on: 'write', effect: 'lost' });
      expect(await bench.remove(KEY)).toMatchObject({ result: 'done' });
    });

    it('does not take the account of another run of the same request for its own create', async () => {
      const other = workbench(server, 2);
      bench.beforeNextWrite(async () => void (await other.create(KEY, fields())));
      bench.disturb({ on: 'write', effect: 'lost-before' });
      expect((await bench.create(KEY, fields())).result).toBe('unknown');
      expect(bench.sealed.map((file) => file.state)).toEqual(['sealed']);
      expect(other.sealed.map((file) => file.state)).toEqual(['confirmed']);
    });

    it('lets one of two runs create: the other discards its password', async () => {
      const other = workbench(server, 2);
      bench.beforeNextWrite(async () => void (await other.create(KEY, fields())));
      expect(await bench.create(KEY, fields())).toMatchObject({ result: 'failed' });
      expect(bench.sealed.map((file) => file.state)).toEqual(['discarded']);
      expect(await open(other.sealed[0])).toBe('773');
    });

    it('lets one of two runs reset: the password that lives is the one that was confirmed', async () => {
      await bench.create(KEY, fields());
      const other = workbench(server, 2);
      bench.beforeNextWrite(async () => void (await other.update(KEY, { passwordResetAt: RESET })));
      expect(await bench.update(KEY, { passwordResetAt: RESET })).toMatchObject({ result: 'failed' });
      expect(bench.sealed.map((file) => file.state)).toEqual(['confirmed', 'discarded']);
      expect(await open(other.sealed[0])).toBe('773');
    });

    it.each([
      'layanan:djp/lain',
      'catatan orang lain',
    ])('adopts nothing that gets %j as its marker meanwhile', async (text) => {
      await server.administrator.add(place(), userAttributes(KEY, { userAccountControl: ['514'] }));
      const theirs = { operation: 'replace' as const, attribute: 'adminDescription', values: [text] };
      bench.beforeNextWrite(() => server.administrator.modify(place(), [theirs]));
      expect(await bench.adopt(KEY)).toMatchObject({ result: 'failed' });
      expect((await bench.observe(KEY))?.owner).toBe(text.startsWith('layanan:') ? 'djp/lain' : null);
      const again = await bench.adopt(KEY);
      expect(again).toMatchObject({ result: 'failed', error: { code: 'foreign' } });
    });

    it('writes nothing of an update when the marker changes hands meanwhile', async () => {
      await bench.create(KEY, fields());
      bench.beforeNextWrite(() =>
        server.administrator.modify(place(), [
          { operation: 'replace', attribute: 'adminDescription', values: ['layanan:djp/lain'] },
        ]),
      );
      expect(await bench.update(KEY, { displayName: 'x' })).toMatchObject({ result: 'failed' });
      expect((await bench.observe(KEY))?.fields.displayName).toBe('Andi Pratama');
    });

    it('writes nothing of a swap of the primary address when its address is changed meanwhile', async () => {
      await bench.create(KEY, fields());
      const values = ['SMTP:lain@contoh.test'];
      const theirs = { operation: 'replace' as const, attribute: 'proxyAddresses', values };
      bench.beforeNextWrite(() => server.administrator.modify(place(), [theirs]));
      const swapped = { mail: 'andi@contoh.test', aliases: ['andi.pratama@contoh.test'] };
      expect(await bench.update(KEY, swapped)).toMatchObject({
        result: 'failed',
        error: { code: expect.stringMatching(/16$/) },
      });
      expect((await bench.observe(KEY))?.fields).toMatchObject({
        mail: 'andi.pratama@contoh.test SMTP:lain@contoh.test',
        aliases: [],
      });
    });

    it('writes nothing of an update when another flag of the account changes meanwhile', async () => {
      await bench.create(KEY, fields());
      const change = { operation: 'replace' as const, attribute: 'userAccountControl', values: [String(0x10200)] };
      bench.beforeNextWrite(() => server.administrator.modify(place(), [change]));
      expect(await bench.update(KEY, { enabled: false })).toMatchObject({
        result: 'failed',
        error: { code: expect.stringMatching(/16$/) },
      });
      expect((await bench.observe(KEY))?.fields.enabled).toBe(true);
    });

    it('calls a good answer without effect a failure', async () => {
      await bench.create(KEY, fields());
      bench.disturb({ on: 'write', effect: 'ignored' });
      expect(await bench.update(KEY, { displayName: 'x' })).toMatchObject({
        result: 'failed',
        error: { code: 'mismatch' },
      });
      bench.disturb({ on: 'write', effect: 'ignored' });
      expect(await bench.remove(KEY)).toMatchObject({ result: 'failed', error: { code: 'mismatch' } });
    });

    it('discards the password of a create that was answered well and did nothing', async () => {
      bench.disturb({ on: 'write', effect: 'ignored' });
      expect(await bench.create(KEY, fields())).toMatchObject({ result: 'failed', error: { code: 'mismatch' } });
      expect(bench.sealed.map((file) => file.state)).toEqual(['discarded']);
    });

    it.each(['refused', 'unsent'] as const)('fails a write that is %s, and discards the password', async (effect) => {
      bench.disturb({ on: 'write', effect });
      expect(await bench.create(KEY, fields())).toMatchObject({ result: 'failed', error: { system: 'directory' } });
      expect(bench.sealed.map((file) => file.state)).toEqual(['discarded']);
      expect(bench.writes).toHaveLength(1);
    });

    it('calls a write unknown when it cannot be read back', async () => {
      await bench.create(KEY, fields());
      const change = { kind: 'directory-account', key: KEY, request: REQUEST, action: 'update' } as const;
      const precondition = preconditionOf(await bench.observe(KEY));
      bench.beforeNextWrite(async () => bench.disturb({ on: 'read', effect: 'unreadable' }));
      const outcome = await bench.apply({ ...change, precondition, before: {}, after: { displayName: 'x' } });
      expect(outcome).toMatchObject({ result: 'unknown' });
    });

    it('tells of a live password even when a later step fails', async () => {
      bench.disturb({ on: 'write', effect: 'refused', after: 1 });
      expect(await bench.create(KEY, fields())).toMatchObject({ result: 'failed', handover: bench.sealed[0]?.file });
      expect(bench.sealed.map((file) => file.state)).toEqual(['confirmed']);
    });

    it('refuses a precondition that no longer holds, and sends nothing', async () => {
      await bench.create(KEY, fields());
      bench.writes.length = 0;
      const base = {
        kind: 'directory-account',
        key: KEY,
        request: REQUEST,
        precondition: preconditionOf(undefined),
      } as const;
      for (const change of [
        { ...base, action: 'create', after: fields() } as const,
        { ...base, action: 'update', before: {}, after: { displayName: 'x' } } as const,
        { ...base, action: 'delete', before: {} } as const,
        { ...base, action: 'adopt', before: {} } as const,
      ])
        expect(await bench.apply(change)).toMatchObject({ result: 'failed', error: { code: 'stale' } });
      expect(bench.writes).toEqual([]);
    });

    it.each(['unreadable', 'short'] as const)('takes keys and owners for unread when a list is %s', async (effect) => {
      await bench.create(KEY, fields());
      for (const after of [0, 1]) {
        bench.disturb({ on: 'read', effect, after });
        const reading = await bench.read('directory-account', KEY);
        expect(reading).toMatchObject({ objects: [], unread: [{ kind: 'directory-account', key: KEY }] });
        bench.disturb({ on: 'read', effect, after });
        const owned = await bench.provisioner.read({ keys: [], owners: new Set([REQUEST]), pools: [] });
        expect(owned.objects).toEqual([]);
        expect(owned.unread.map((one) => [one.kind, one.key])).toEqual([
          ['directory-account', undefined],
          ['directory-group', undefined],
        ]);
      }
    });

    it('reads by more keys than one search takes, and by more owners', async () => {
      await bench.create(KEY, fields());
      await bench.create('milis', groupFields(server, { members: [KEY] }), 'directory-group');
      const keys = Array.from(
        { length: 250 },
        (_, i) => ({ kind: 'directory-account', key: `tidak-ada-${i}` }) as const,
      );
      const owners = new Set([REQUEST, ...keys.map((_, i) => `djp/lain-${i}`)]);
      const wanted = [...keys, { kind: 'directory-account', key: KEY } as const];
      const byKey = await bench.provisioner.read({ keys: wanted, owners: new Set(), pools: [] });
      expect(byKey).toMatchObject({ objects: [{ key: KEY }], unread: [] });
      const byOwner = await bench.provisioner.read({ keys: [], owners, pools: [] });
      expect(byOwner.objects.map((one) => one.key).sort()).toEqual([KEY, 'milis']);
    });

    it('takes no owner for another whose name it begins with', async () => {
      await bench.create(KEY, fields(), 'directory-account', 'djp/andi-2');
      const reading = await bench.provisioner.read({ keys: [], owners: new Set([REQUEST]), pools: [] });
      expect(reading.objects).toEqual([]);
    });

    it('calls an account that was read back with other values than were written a failure', async () => {
      const tampering = {
        write: async <T>(write: Write, send: () => Promise<T>) => {
          const value = await send();
          const change = { operation: 'replace' as const, attribute: 'displayName', values: ['Lain'] };
          if (write.operation === 'add') await server.administrator.modify(place(), [change]);
          return value;
        },
      };
      const change = { kind: 'directory-account', key: KEY, request: REQUEST, action: 'create' } as const;
      const outcome = await bench.apply(
        { ...change, precondition: preconditionOf(undefined), after: fields() },
        tampering,
      );
      expect(outcome).toMatchObject({ result: 'failed', error: { code: 'mismatch' }, values: { displayName: 'Lain' } });
      expect(outcome.error?.message).toContain('displayName');
    });

    it.each([
      'displayName',
      'ou',
    ] as const)('reads an update of %s back by identity: another object that took the name is not it', async (field) => {
      await bench.create(KEY, { ...fields(), mail: null, aliases: [], groups: [] });
      const marker = `layanan:${REQUEST}`;
      const after = { [field]: field === 'ou' ? `OU=Lain,${server.ou}` : 'Andi P.' };
      const ou = field === 'ou' ? 'OU=Lain' : 'OU=Akun';
      const there = formatDn([{ type: 'CN', value: 'Andi Pratama' }, ...parseDn(`${ou},${server.ou},${server.base}`)]);
      const replacing = {
        write: async <T>(_: Write, send: () => Promise<T>) => {
          const value = await send();
          await server.administrator.del(there);
          const attributes = userAttributes(KEY, { displayName: ['Andi P.'], adminDescription: [marker] });
          await server.administrator.add(there, { ...attributes, userAccountControl: ['514'] });
          return value;
        },
      };
      const seen = await bench.observe(KEY);
      const change = { kind: 'directory-account', key: KEY, request: REQUEST, action: 'update' } as const;
      const outcome = await bench.apply(
        { ...change, precondition: preconditionOf(seen), before: {}, after },
        replacing,
      );
      expect(outcome).toMatchObject({ result: 'failed', error: { code: 'mismatch' } });
    });

    it('does not take for deleted what got another name meanwhile, while the reply was lost', async () => {
      await bench.create(KEY, fields());
      const other = { operation: 'replace' as const, attribute: 'sAMAccountName', values: ['andi.lama'] };
      bench.beforeNextWrite(() => server.administrator.modify(place(), [other]));
      bench.disturb({ on: 'write', effect: 'lost-before' });
      expect(await bench.remove(KEY)).toMatchObject({ result: 'unknown', error: { code: 'renamed' } });
    });

    it('stops where the port fails, since nothing may be written that is not entered', async () => {
      const full = { write: () => Promise.reject(new Error('ENOSPC')) };
      const change = { kind: 'directory-account', key: KEY, request: REQUEST, action: 'create' } as const;
      const apply = bench.apply({ ...change, precondition: preconditionOf(undefined), after: fields() }, full);
      await expect(apply).rejects.toThrow('ENOSPC');
      expect(bench.writes).toEqual([]);
    });
  });
}
