import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quotasOf } from '../../../../provisioners/cloud/mailbox.ts';
import { type CloudRig, cloudUser, E1, E3, HOUR, type MakeTarget, mailbox, makeRig, REQUEST } from '../rig.ts';

const POOLS = [{ key: 'licences:STANDARDPACK', type: 'licences', sku: 'STANDARDPACK' }] as const;

export function licenceCases(make: MakeTarget): void {
  describe('licences', () => {
    let rig: CloudRig;
    beforeEach(async () => {
      rig = await makeRig(make);
    });
    afterEach(() => rig.close());
    const pools = async () => (await rig.provisioner.read({ keys: [], owners: new Set(), pools: POOLS })).pools;
    const update = async (fields: Parameters<typeof cloudUser>[0]) =>
      rig.apply((await rig.plan([cloudUser(fields)])).changes);

    it('assigns by SKU id, with both lists in the body', async () => {
      await rig.apply((await rig.plan([cloudUser()])).changes);
      const assigned = rig.requests.find((request) => request.path.endsWith('/assignLicense'));
      expect(assigned?.body).toEqual({ addLicenses: [{ skuId: E1, disabledPlans: [] }], removeLicenses: [] });
    });

    it('reads free licences as a pool, and counts down as they are used', async () => {
      expect(await pools()).toEqual([{ key: 'licences:STANDARDPACK', free: 10 }]);
      await rig.fulfil([cloudUser()]);
      expect(await pools()).toEqual([{ key: 'licences:STANDARDPACK', free: 9 }]);
    });

    it('reads no pool where the list cannot be read, which is not an empty one', async () => {
      rig.fault('unreadable', { operation: 'GET /subscribedSkus' });
      expect(await pools()).toEqual([]);
    });

    it('reads no pool where the list lacks the product', async () => {
      rig.intercept((request) =>
        request.path === '/subscribedSkus' ? { status: 200, headers: {}, body: { value: [] } } : undefined,
      );
      expect(await pools()).toEqual([]);
    });

    it('takes licences of a suspended subscription for none', async () => {
      const sku = rig.sandbox.store.skus().find((one) => one.skuId === E1);
      if (sku) rig.sandbox.store.putSku({ ...sku, capabilityStatus: 'Suspended' });
      expect(await pools()).toEqual([{ key: 'licences:STANDARDPACK', free: 0 }]);
    });

    it("fails with the service's words when no licence is free", async () => {
      const sku = rig.sandbox.store.skus().find((one) => one.skuId === E1);
      if (sku) rig.sandbox.store.putSku({ ...sku, prepaidUnits: { ...sku.prepaidUnits, enabled: 0 } });
      const outcomes = await rig.apply((await rig.plan([cloudUser()])).changes);
      expect(outcomes).toMatchObject([
        {
          result: 'failed',
          error: {
            operation: 'POST /users/{id}/assignLicense',
            message: expect.stringContaining('available licenses'),
          },
        },
      ]);
    });

    it('gives the licence in a later run, to the user that is there by then', async () => {
      const sku = rig.sandbox.store.skus().find((one) => one.skuId === E1);
      if (sku) rig.sandbox.store.putSku({ ...sku, prepaidUnits: { ...sku.prepaidUnits, enabled: 0 } });
      await rig.apply((await rig.plan([cloudUser()])).changes);
      if (sku) rig.sandbox.store.putSku(sku);
      const plan = await rig.plan([cloudUser()]);
      expect(plan.changes).toMatchObject([{ action: 'update', after: { licence: 'STANDARDPACK' } }]);
      expect(await rig.apply(plan.changes)).toMatchObject([{ result: 'done' }]);
      expect(rig.sandbox.store.users()).toHaveLength(1);
    });

    it('fails without a usage location', async () => {
      const outcomes = await rig.apply((await rig.plan([cloudUser({ usageLocation: null })])).changes);
      expect(outcomes).toMatchObject([
        { result: 'failed', error: { code: 'Request_BadRequest', message: expect.stringContaining('usage location') } },
      ]);
    });

    it('refuses a product that it does not know', async () => {
      expect(await rig.apply((await rig.plan([cloudUser({ licence: 'POWERBI' })])).changes)).toMatchObject([
        { result: 'failed', error: { code: 'UnknownSku' } },
      ]);
    });

    it('swaps one product for another in one call', async () => {
      await rig.fulfil([cloudUser()]);
      expect(await update({ licence: 'ENTERPRISEPACK' })).toMatchObject([{ result: 'done' }]);
      const assigned = rig.requests.filter((request) => request.path.endsWith('/assignLicense'));
      expect(assigned.map((request) => request.body)).toEqual([
        { addLicenses: [{ skuId: E3, disabledPlans: [] }], removeLicenses: [E1] },
      ]);
    });

    it('writes the quotas again that a change of licence reset', async () => {
      const resources = [cloudUser(), mailbox({ quotaGb: 20 })];
      await rig.fulfil(resources);
      await update({ licence: 'ENTERPRISEPACK' });
      const box = rig.sandbox.store.mailbox(rig.userState().id);
      expect(box?.quotas.ProhibitSendReceiveQuota).toBe(20 * 1024 ** 3);
      expect(String(box?.quotas.IssueWarningQuota)).toBe(quotasOf(20).IssueWarningQuota);
      const plan = await rig.plan([cloudUser({ licence: 'ENTERPRISEPACK' }), mailbox({ quotaGb: 20 })]);
      expect(plan).toMatchObject({ changes: [], held: [] });
    });

    it('changes licence and quota in one run, in this order', async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      const resources = [cloudUser({ licence: 'ENTERPRISEPACK' }), mailbox({ quotaGb: 80 })];
      const outcomes = await rig.apply((await rig.plan(resources)).changes);
      expect(outcomes.map((outcome) => outcome.result)).toEqual(['done', 'done']);
      expect((await rig.plan(resources)).changes).toEqual([]);
    });

    it('lowers licence and quota in one run, where the old quota no longer fits', async () => {
      await rig.fulfil([cloudUser({ licence: 'ENTERPRISEPACK' }), mailbox({ quotaGb: 80 })]);
      const resources = [cloudUser(), mailbox({ quotaGb: 40 })];
      const outcomes = await rig.apply((await rig.plan(resources)).changes);
      expect(outcomes.map((outcome) => outcome.result)).toEqual(['done', 'done']);
      expect((await rig.plan(resources)).changes).toEqual([]);
    });

    it('leaves products without a mailbox alone', async () => {
      await rig.fulfil([cloudUser()]);
      const powerBi = { skuId: 'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235', disabledPlans: [] };
      const own = rig.userState().properties.assignedLicenses as object[];
      rig.setProperties({ assignedLicenses: [...own, powerBi] });
      await update({ licence: null });
      expect(rig.userState().properties.assignedLicenses).toEqual([powerBi]);
    });

    it('takes a product whose Exchange plan is switched off for no licence', async () => {
      await rig.fulfil([cloudUser()]);
      const off = [{ skuId: E1, disabledPlans: ['9aaf7827-d63c-4b61-89c3-182f06f82e5c'] }];
      rig.setProperties({ assignedLicenses: off });
      expect(await update({})).toMatchObject([{ result: 'done', values: { licence: 'STANDARDPACK' } }]);
      expect(rig.userState().properties.assignedLicenses).toEqual([{ skuId: E1, disabledPlans: [] }]);
    });

    it('tolerates states of licences that it does not know', async () => {
      await rig.fulfil([cloudUser()]);
      const state = { skuId: E1, state: 'unknownFutureValue', error: 'SomethingNew', lastUpdatedDateTime: null };
      rig.setProperties({ licenseAssignmentStates: [state] });
      expect(await rig.plan([cloudUser(), mailbox()])).toMatchObject({ changes: [], held: [] });
    });

    it('assigns although the first replicas do not know the user yet', async () => {
      let misses = 3;
      rig.intercept((request) =>
        request.path.endsWith('/assignLicense') && misses-- > 0
          ? { status: 404, headers: {}, body: { error: { code: 'Request_ResourceNotFound', message: 'not here' } } }
          : undefined,
      );
      expect(await rig.apply((await rig.plan([cloudUser()])).changes)).toMatchObject([{ result: 'done' }]);
    });

    it('removes the mailbox with the licence, and finds none afterwards', async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      await update({ licence: null });
      rig.advance(HOUR);
      const reading = await rig.read([cloudUser(), mailbox()], [REQUEST]);
      expect(reading.objects.map((object) => object.kind)).toEqual(['cloud-user']);
    });
  });
}
