import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planFor } from '../../contract.ts';
import { type CloudRig, cloudUser, type MakeTarget, makeRig, paths, REQUEST, UPN } from '../rig.ts';

export function userCases(make: MakeTarget): void {
  describe('cloud users', () => {
    let rig: CloudRig;
    beforeEach(async () => {
      rig = await makeRig(make);
    });
    afterEach(() => rig.close());
    const updateOf = async (fields: Parameters<typeof cloudUser>[0]) => (await rig.plan([cloudUser(fields)])).changes;

    it('creates a user with its marker in the first write', async () => {
      const { changes } = await rig.plan([cloudUser()]);
      expect(await rig.apply(changes)).toMatchObject([{ result: 'done', values: cloudUser().fields }]);
      const creation = rig.requests.find((request) => request.path === '/users' && request.method === 'POST');
      expect(creation?.body).toMatchObject({
        onPremisesExtensionAttributes: { extensionAttribute1: `layanan:${REQUEST}` },
      });
    });

    it('keeps the first password out of outcomes, state and messages', async () => {
      const { changes } = await rig.plan([cloudUser()]);
      const outcomes = await rig.apply(changes);
      const creation = rig.requests.find((request) => request.path === '/users' && request.method === 'POST');
      const { password } = (creation?.body as { passwordProfile: { password: string } }).passwordProfile;
      expect(password.length).toBeGreaterThanOrEqual(20);
      expect(JSON.stringify([outcomes, rig.userState()])).not.toContain(password);
    });

    it('keeps the first password out of the error of a refused create', async () => {
      rig.intercept((request) =>
        request.method === 'POST'
          ? { status: 400, headers: {}, body: { error: { code: 'Request_BadRequest' } } }
          : undefined,
      );
      const { changes } = await rig.plan([cloudUser()]);
      const outcomes = await rig.apply(changes);
      const body = rig.requests.find((request) => request.method === 'POST')?.body as {
        passwordProfile: { password: string };
      };
      expect(JSON.stringify(outcomes)).not.toContain(body.passwordProfile.password);
      expect(outcomes[0]?.error).toMatchObject({
        system: 'graph',
        operation: 'POST /users',
        code: 'Request_BadRequest',
      });
    });

    it('selects exactly the properties that fields are made of', async () => {
      await rig.read([cloudUser()]);
      const [read] = rig.requests;
      expect(read?.query?.$select?.split(',').sort()).toEqual([
        'accountEnabled',
        'assignedLicenses',
        'assignedPlans',
        'createdDateTime',
        'displayName',
        'id',
        'licenseAssignmentStates',
        'mailNickname',
        'onPremisesExtensionAttributes',
        'onPremisesSyncEnabled',
        'usageLocation',
        'userPrincipalName',
      ]);
    });

    it('takes a user that a lost create of its own left behind for its own', async () => {
      rig.fault('drop-reply', { operation: 'POST /users' });
      const { changes } = await rig.plan([cloudUser()]);
      expect(await rig.apply(changes)).toMatchObject([{ result: 'done' }]);
      expect(rig.requests.filter((request) => request.path === '/users' && request.method === 'POST')).toHaveLength(1);
    });

    it('takes ObjectConflict with its own marker for success', async () => {
      const plan = await rig.plan([cloudUser()]);
      await rig.apply(plan.changes);
      let hidden = 1;
      rig.intercept((request) =>
        request.method === 'GET' && hidden-- > 0
          ? { status: 404, headers: {}, body: { error: { code: 'Request_ResourceNotFound', message: 'not here' } } }
          : undefined,
      );
      expect(await rig.apply(plan.changes)).toMatchObject([{ result: 'done' }]);
    });

    it('refuses a create whose name another request took meanwhile', async () => {
      const { changes } = await rig.plan([cloudUser()]);
      const other = { ...cloudUser(), request: 'djbc/lain' };
      await rig.apply((await planFor(rig.provisioner, [other], { owners: ['djbc/lain'] })).changes);
      expect(await rig.apply(changes)).toMatchObject([{ result: 'failed', error: { code: 'stale' } }]);
      expect((await rig.read([cloudUser()])).objects[0]?.owner).toBe('djbc/lain');
    });

    it('refuses a create when an unmarked user wins the race for the name', async () => {
      const { changes } = await rig.plan([cloudUser()]);
      const body = {
        accountEnabled: true,
        displayName: 'Lain',
        mailNickname: 'lain',
        userPrincipalName: UPN,
        passwordProfile: { password: 'Rahasia-Sementara-1' },
      };
      let planted = false;
      rig.intercept((request) => {
        if (request.method === 'POST' && !planted) {
          planted = true;
          void rig.sandbox.handler({ api: 'graph', method: 'POST', path: '/users', body });
        }
        return undefined;
      });
      expect(await rig.apply(changes)).toMatchObject([{ result: 'failed', error: { code: 'foreign' } }]);
    });

    it('sends a create once when a gateway gives up after the effect', async () => {
      let once = true;
      rig.replace((request) => {
        if (request.method !== 'POST' || request.path !== '/users' || !once) return undefined;
        once = false;
        return { status: 504, headers: {}, body: { error: { code: 'gatewayTimeout', message: 'No answer' } } };
      });
      const { changes } = await rig.plan([cloudUser()]);
      expect(await rig.apply(changes)).toMatchObject([{ result: 'done' }]);
      expect(paths(rig.requests, 'POST').filter((path) => path === '/users')).toHaveLength(1);
    });

    it('does not create a user twice when the service was unavailable before the effect', async () => {
      rig.fault('fail', { operation: 'POST /users' });
      const { changes } = await rig.plan([cloudUser()]);
      expect(await rig.apply(changes)).toMatchObject([{ result: 'done' }]);
      expect(rig.sandbox.store.users()).toHaveLength(1);
    });

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
      const { changes } = await rig.plan([cloudUser()], { adopt: true });
      expect(await rig.apply(changes)).toMatchObject([{ result: 'failed', error: { code: 'Synchronised' } }]);
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
