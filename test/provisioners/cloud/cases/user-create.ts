import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planFor } from '../../contract.ts';
import { type CloudRig, cloudUser, type MakeTarget, makeRig, paths, REQUEST, UPN } from '../rig.ts';

export function userCreateCases(make: MakeTarget): void {
  describe('creation of cloud users', () => {
    let rig: CloudRig;
    beforeEach(async () => {
      rig = await makeRig(make);
    });
    afterEach(() => rig.close());

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
  });
}
