/** Replies lost on the wire, on a real domain controller. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fields, Kind } from '../../../core/kinds.ts';
import type { Outcome } from '../../../core/resource.ts';
import { connectDirectory } from '../../../provisioners/directory/client.ts';
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { type Loss, type LossyProxy, startProxy } from '../../servers/proxy.ts';
import { realServer } from '../../servers/required.ts';
import { BASE, SERVICE } from '../../servers/samba/recipe.ts';
import { sambaRequirement } from '../../servers/samba.ts';
import { type SambaServer, startSambaServer } from './samba-server.ts';
import { dn, userAttributes } from './server.ts';
import { accountFields, groupFields, REQUEST, type Workbench, workbench } from './workbench.ts';

const ACCOUNT = 'andi.pratama';
const GROUP = 'milis-uji';
const DISABLED = userAttributes(ACCOUNT, { userAccountControl: ['514'] });
/** Replies that never come are waited for so long. */
const TIMEOUT_MS = 400;

type Client = Awaited<ReturnType<typeof connectDirectory>>;

/** One order, the write that it takes, and the fields that it leaves. */
interface Scene {
  readonly name: string;
  readonly kind: Kind;
  /** What it works on: nothing, an object of ours with these fields beside the usual ones, or one without an owner. */
  readonly before: 'nothing' | 'unowned' | Fields;
  readonly operation: string;
  order(bench: Workbench): Promise<Outcome>;
  readonly after: Fields | undefined;
}

realServer(...sambaRequirement())(() => {
  let server: SambaServer;
  beforeAll(async () => {
    server = await startSambaServer();
  });
  afterAll(() => server.stop());
  beforeEach(() => server.clean());

  const account = (more: Fields = {}) => accountFields(server, more);
  const nameOf = (kind: Kind) => (kind === 'directory-account' ? ACCOUNT : GROUP);
  const update = (fields: Fields, kind: Kind = 'directory-account', before: Fields = {}) => ({
    kind,
    before,
    order: (bench: Workbench) => bench.update(nameOf(kind), fields, kind),
    after: fields,
  });
  const RESET = { passwordResetAt: '2026-11-20T02:00:00Z' };

  const scenes: readonly Scene[] = [
    {
      name: 'create an account',
      kind: 'directory-account',
      before: 'nothing',
      operation: 'add',
      order: (bench) => bench.create(ACCOUNT, account()),
      after: { displayName: 'Andi Pratama' },
    },
    { name: 'change an account', operation: 'modify', ...update({ displayName: 'Andi P.', enabled: false }) },
    { name: 'reset a password', operation: 'modify', ...update(RESET) },
    { name: 'unlock an account', operation: 'modify', ...update({ unblockedAt: '2026-11-20T02:00:00Z' }) },
    { name: 'rename an account', operation: 'modifyDN', ...update({ cn: 'Andi P.' }) },
    { name: 'move an account', operation: 'modifyDN', ...update({ ou: 'OU=Lain,OU=Uji' }) },
    { name: 'join a group', operation: 'modify', ...update({ groups: ['internet'] }) },
    {
      name: 'leave a group',
      operation: 'modify',
      ...update({ groups: [] }, 'directory-account', { groups: ['internet'] }),
    },
    { name: 'give an account an end', operation: 'modify', ...update({ expires: '2026-12-31' }) },
    {
      name: 'create a guest',
      kind: 'directory-account',
      before: 'nothing',
      operation: 'add',
      order: (bench) => bench.create(ACCOUNT, account({ expires: '2026-12-31' })),
      after: { expires: '2026-12-31' },
    },
    {
      name: 'adopt an account',
      kind: 'directory-account',
      before: 'unowned',
      operation: 'modify',
      order: (bench) => bench.adopt(ACCOUNT),
      after: { enabled: false },
    },
    {
      name: 'delete an account',
      kind: 'directory-account',
      before: {},
      operation: 'del',
      order: (bench) => bench.remove(ACCOUNT),
      after: undefined,
    },
    {
      name: 'create a group',
      kind: 'directory-group',
      before: 'nothing',
      operation: 'add',
      order: (bench) => bench.create(GROUP, groupFields(server), 'directory-group'),
      after: { displayName: 'Milis Uji' },
    },
    { name: 'change a group', operation: 'modify', ...update({ mail: 'baru@contoh.test' }, 'directory-group') },
    { name: 'rename a group', operation: 'modifyDN', ...update({ cn: 'Milis Baru' }, 'directory-group') },
    { name: 'move a group', operation: 'modifyDN', ...update({ ou: 'OU=Lain,OU=Uji' }, 'directory-group') },
    {
      name: 'give a group the rights of a prepared one',
      operation: 'modify',
      ...update({ groups: ['internet'] }, 'directory-group'),
    },
    {
      name: 'adopt a group',
      kind: 'directory-group',
      before: 'unowned',
      operation: 'modify',
      order: (bench) => bench.adopt(GROUP, 'directory-group'),
      after: { cn: GROUP },
    },
    {
      name: 'delete a group',
      kind: 'directory-group',
      before: {},
      operation: 'del',
      order: (bench) => bench.remove(GROUP, 'directory-group'),
      after: undefined,
    },
  ];

  describe('replies lost on the wire', () => {
    let proxy: LossyProxy;
    let client: Client;
    let bench: Workbench;
    beforeEach(async () => {
      proxy = await startProxy({ host: server.samba.address, port: 636 });
      const settings = { ...server.samba.settings(SERVICE), url: `ldaps://127.0.0.1:${proxy.port}` };
      client = await connectDirectory({ ...settings, timeout: TIMEOUT_MS });
      bench = workbench({ ...server, client });
    });
    afterEach(async () => {
      expect(bench.leaks()).toEqual([]);
      await client[Symbol.asyncDispose]();
      proxy.stop();
    });

    const prepared = async ({ kind, before }: Scene) => {
      if (before === 'nothing') return;
      if (before === 'unowned') {
        const made =
          kind === 'directory-account' ? DISABLED : { objectClass: ['top', 'group'], sAMAccountName: [GROUP] };
        return server.administrator.add(dn(`CN=${nameOf(kind)},OU=Akun,OU=Uji,${BASE}`), made);
      }
      const fields = { ...(kind === 'directory-account' ? account() : groupFields(server)), ...before };
      expect(await bench.create(nameOf(kind), fields, kind)).toMatchObject({ result: 'done' });
      bench.writes.length = 0;
    };
    const objects = async ({ kind }: Scene) =>
      (await bench.provisioner.read({ keys: [], owners: new Set([REQUEST]), pools: [] })).objects.filter(
        (one) => one.kind === kind,
      );
    const fulfilled = async (scene: Scene) => {
      const found = await objects(scene);
      expect(found).toHaveLength(scene.after === undefined ? 0 : 1);
      if (scene.after !== undefined) expect(found[0]?.fields).toMatchObject(scene.after);
    };

    describe.each(['reply', 'silence'] as const satisfies readonly Loss[])('%s', (loss) => {
      it.each(
        scenes.map((scene) => [scene.name, scene] as const),
      )('%s: sent once, settled by looking', async (_, scene) => {
        await prepared(scene);
        bench.beforeNextWrite(async () => proxy.lose(loss));
        expect(await scene.order(bench)).toMatchObject({ result: 'done' });
        expect(bench.writes.map((write) => write.operation)).toEqual([scene.operation]);
        await fulfilled(scene);
        if (bench.sealed.length > 0)
          expect(bench.sealed.map((file) => file.state)).toEqual(bench.sealed.map(() => 'confirmed'));
      });
    });

    it.each(
      scenes.map((scene) => [scene.name, scene] as const),
    )('%s: a request that never arrived is unknown, not sent again, and done by one rerun', async (_, scene) => {
      await prepared(scene);
      bench.beforeNextWrite(async () => proxy.lose('request'));
      expect(await scene.order(bench)).toMatchObject({ result: 'unknown' });
      expect(bench.writes).toHaveLength(1);
      expect(await scene.order(bench)).toMatchObject({ result: 'done' });
      expect(bench.writes.map((write) => write.operation)).toEqual([scene.operation, scene.operation]);
      await fulfilled(scene);
    });

    it('has one live password after each reset whose reply was lost', async () => {
      await bench.create(ACCOUNT, account());
      bench.beforeNextWrite(async () => proxy.lose('reply'));
      await bench.update(ACCOUNT, RESET);
      const place = formatDn(parseDn(`CN=Andi Pratama,OU=Akun,OU=Uji,${BASE}`));
      const live = await Promise.all(bench.sealed.map((file) => server.verifyPassword(place, file.value)));
      expect(live).toEqual(['52e', '773']);
    });

    it('binds again when an idle connection was reset, and works with its own rights (M4)', async () => {
      await bench.create(ACCOUNT, account());
      proxy.reset();
      expect(await bench.update(ACCOUNT, { displayName: 'Andi P.' })).toMatchObject({ result: 'done' });
    });

    it('asks a question once more whose answer does not come (M3)', async () => {
      await bench.create(ACCOUNT, account());
      proxy.lose('silence');
      expect((await bench.read('directory-account', ACCOUNT)).objects).toMatchObject([{ key: ACCOUNT }]);
    });
  });
});
