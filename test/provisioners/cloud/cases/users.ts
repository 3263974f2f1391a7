import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRead } from '../../../../provisioners/cloud/protocol.ts';
import { type CloudRig, cloudUser, type MakeTarget, makeRig, paths } from '../rig.ts';

export function userCases(make: MakeTarget): void {
  describe('cloud users', () => {
    let rig: CloudRig;
    beforeEach(async () => {
      rig = await makeRig(make);
    });
    afterEach(() => rig.close());
    const updateOf = async (fields: Parameters<typeof cloudUser>[0]) => (await rig.plan([cloudUser(fields)])).changes;

    it('changes names and location in one write', async () => {
      await rig.fulfil([cloudUser()]);
      const changes = await updateOf({ displayName: 'Andi P.', mailNickname: 'andi.p', usageLocation: 'SG' });
      expect(await rig.apply(changes)).toMatchObject([{ result: 'done' }]);
      expect(paths(rig.requests, 'PATCH')).toHaveLength(1);
    });

    it('blocks the sign-in, then revokes the sessions, and takes the licence last', async () => {
      await rig.fulfil([cloudUser()]);
      await rig.apply(await updateOf({ enabled: false, licence: null }));
      const writes = rig.requests.filter((request) => request.method !== 'GET' && request.api === 'graph');
      expect(writes.map((request) => request.path.split('/').at(-1))).toEqual([
        rig.userState().id,
        'revokeSignInSessions',
        rig.userState().id,
        'assignLicense',
      ]);
      expect(writes[0]?.body).toMatchObject({ accountEnabled: false });
      expect(rig.userState().properties).toMatchObject({ accountEnabled: false, assignedLicenses: [] });
    });

    it('revokes the sessions of a blocked user after a crash in between', async () => {
      await rig.fulfil([cloudUser()]);
      const before = rig.userState().properties.signInSessionsValidFromDateTime;
      rig.advance(1000);
      rig.fault('drop-reply', { operation: 'PATCH /users/{id}' });
      expect(await rig.apply(await updateOf({ enabled: false }))).toMatchObject([{ result: 'unknown' }]);
      expect(rig.userState().properties).toMatchObject({
        accountEnabled: false,
        signInSessionsValidFromDateTime: before,
      });
      const again = await updateOf({ enabled: false });
      expect(again).toHaveLength(1);
      expect(await rig.apply(again)).toMatchObject([{ result: 'done' }]);
      expect(rig.userState().properties.signInSessionsValidFromDateTime).not.toBe(before);
      expect(await updateOf({ enabled: false })).toEqual([]);
    });

    it('unblocks a user and stamps it in one write', async () => {
      await rig.fulfil([cloudUser()]);
      rig.setProperties({ accountEnabled: false });
      const unblockedAt = '2026-11-02T03:00:00Z';
      const changes = await updateOf({ unblockedAt });
      expect(await rig.apply(changes)).toMatchObject([{ result: 'done', values: { enabled: true, unblockedAt } }]);
      expect(paths(rig.requests, 'PATCH')).toHaveLength(1);
      expect(await updateOf({ unblockedAt })).toEqual([]);
    });

    it('takes an older act for done', async () => {
      await rig.fulfil([cloudUser({ unblockedAt: '2026-11-02T03:00:00Z' })]);
      expect(await updateOf({ unblockedAt: '2026-11-01T03:00:00Z' })).toEqual([]);
    });

    it('reports a synchronised user as foreign, and writes nothing', async () => {
      await rig.fulfil([cloudUser()]);
      rig.setProperties({ onPremisesSyncEnabled: true });
      const plan = await rig.plan([cloudUser({ displayName: 'Andi P.' })]);
      expect(plan).toMatchObject({ changes: [], held: [{ reason: 'foreign' }] });
      const [object] = (await rig.read([cloudUser()])).objects;
      expect(object).toMatchObject({
        owner: null,
        phase: { waitsFor: expect.stringContaining('on-premises directory') },
      });
    });

    it('refuses to adopt a synchronised user', async () => {
      await rig.fulfil([cloudUser()]);
      rig.setProperties({ onPremisesSyncEnabled: true });
      const { changes, held } = await rig.plan([cloudUser()], { adopt: true });
      expect({ changes, held }).toMatchObject({ changes: [], held: [{ reason: 'not-ready' }] });
      const { kind, key, request, fields } = cloudUser();
      const adopt = { kind, key, request, precondition: '', action: 'adopt', before: fields } as const;
      expect(await rig.apply([adopt])).toMatchObject([{ result: 'failed' }]);
    });

    it("reports the service's own refusal to change a synchronised user", async () => {
      await rig.fulfil([cloudUser()]);
      const changes = await updateOf({ displayName: 'Andi P.' });
      rig.replace((request, response) => {
        if (request.method === 'GET') rig.setProperties({ onPremisesSyncEnabled: true });
        return response;
      });
      expect(await rig.apply(changes)).toMatchObject([
        {
          result: 'failed',
          error: { code: 'Request_BadRequest', message: expect.stringContaining('on-premises mastered') },
        },
      ]);
    });

    it('refuses to adopt where the attribute serves another purpose', async () => {
      await rig.fulfil([cloudUser()]);
      rig.setProperties({ onPremisesExtensionAttributes: { extensionAttribute1: 'kode gaji' } });
      const { changes } = await rig.plan([cloudUser()], { adopt: true });
      expect(await rig.apply(changes)).toMatchObject([{ result: 'failed', error: { code: 'MarkerInUse' } }]);
      expect(rig.userState().properties.onPremisesExtensionAttributes).toEqual({ extensionAttribute1: 'kode gaji' });
    });

    it('deletes softly: the service keeps the user', async () => {
      await rig.fulfil([cloudUser()]);
      const { changes } = await rig.plan([], { deletes: new Set(['cloud-user']) });
      expect(await rig.apply(changes.filter((change) => change.kind === 'cloud-user'))).toMatchObject([
        { result: 'done' },
      ]);
      expect(rig.sandbox.store.users()).toEqual([]);
      expect(rig.sandbox.store.deletedUsers()).toHaveLength(1);
    });

    it.each([
      'update',
      'delete',
    ] as const)('refuses an %s of the user of another request, whatever was planned', async (action) => {
      await rig.fulfil([cloudUser({ licence: null })]);
      const plan =
        action === 'update'
          ? await rig.plan([cloudUser({ licence: null, displayName: 'Andi P.' })])
          : await rig.plan([], { deletes: new Set(['cloud-user']) });
      const changes = plan.changes.map((change) => ({ ...change, request: 'djbc/lain' }));
      expect(await rig.apply(changes)).toMatchObject([{ result: 'failed', error: { code: 'foreign' } }]);
      expect(rig.requests.filter((request) => !isRead(request))).toEqual([]);
    });

    it('settles a delete whose reply was lost by reading, without sending it again', async () => {
      await rig.fulfil([cloudUser({ licence: null })]);
      const { changes } = await rig.plan([], { deletes: new Set(['cloud-user']) });
      rig.fault('drop-reply', { operation: 'DELETE /users/{id}' });
      expect(await rig.apply(changes)).toMatchObject([{ result: 'done' }]);
      expect(paths(rig.requests, 'DELETE')).toHaveLength(1);
    });

    it('takes a delete of what is gone for done, without a write', async () => {
      await rig.fulfil([cloudUser({ licence: null })]);
      const { changes } = await rig.plan([], { deletes: new Set(['cloud-user']) });
      await rig.apply(changes);
      rig.requests.length = 0;
      expect(await rig.apply(changes)).toMatchObject([{ result: 'done' }]);
      expect(paths(rig.requests, 'DELETE')).toEqual([]);
    });

    it('does not delete a new user under an old name', async () => {
      await rig.fulfil([cloudUser({ licence: null })]);
      const { changes } = await rig.plan([], { deletes: new Set(['cloud-user']) });
      const { id } = rig.userState();
      rig.sandbox.store.deleteUser(id, 0);
      await rig.fulfil([cloudUser({ licence: null })]);
      expect(await rig.apply(changes)).toMatchObject([{ result: 'failed', error: { code: 'stale' } }]);
      expect(rig.userState().id).not.toBe(id);
    });

    it('fails a change that the service took and did not keep', async () => {
      await rig.fulfil([cloudUser()]);
      const changes = await updateOf({ displayName: 'Andi P.' });
      rig.intercept((request) =>
        request.method === 'PATCH' ? { status: 204, headers: {}, body: undefined } : undefined,
      );
      expect(await rig.apply(changes)).toMatchObject([{ result: 'failed', error: { code: 'ReadBackMismatch' } }]);
    });

    it('keeps other extension attributes when it stamps a user', async () => {
      await rig.fulfil([cloudUser()]);
      const extension = rig.userState().properties.onPremisesExtensionAttributes as object;
      rig.setProperties({ onPremisesExtensionAttributes: { ...extension, extensionAttribute7: 'gaji' } });
      await rig.apply(await updateOf({ unblockedAt: '2026-11-02T03:00:00Z' }));
      expect(rig.userState().properties.onPremisesExtensionAttributes).toMatchObject({ extensionAttribute7: 'gaji' });
    });

    it('reads and writes a name with an apostrophe and a hash', async () => {
      const upn = "d'#ewi@contoh.test";
      await rig.fulfil([cloudUser({ mailNickname: 'dewi' }, upn)]);
      expect((await rig.plan([cloudUser({ mailNickname: 'dewi' }, upn)])).changes).toEqual([]);
      expect(rig.userState(upn).properties.userPrincipalName).toBe(upn);
    });
  });
}
