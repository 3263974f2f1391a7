import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cmdletOf } from '../../../../provisioners/cloud/protocol.ts';
import { type CloudRig, cloudUser, HOUR, type MakeTarget, mailbox, makeRig, REQUEST, START, UPN } from '../rig.ts';

const GB = 1024 ** 3;

export function mailboxCases(make: MakeTarget): void {
  describe('mailboxes', () => {
    let rig: CloudRig;
    beforeEach(async () => {
      rig = await makeRig(make);
    });
    afterEach(() => rig.close());
    const update = async (fields: Parameters<typeof mailbox>[0]) =>
      rig.apply((await rig.plan([cloudUser(), mailbox(fields)])).changes);
    const box = () => rig.sandbox.store.mailbox(rig.userState().id);
    const sets = () => rig.requests.map(cmdletOf).filter((cmdlet) => cmdlet?.name === 'Set-Mailbox');

    it('takes a mailbox that is not there yet for done, with what it waits for', async () => {
      const outcomes = await update({});
      const until = new Date(START.getTime() + 24 * HOUR).toISOString();
      expect(outcomes).toMatchObject([
        { result: 'done' },
        { result: 'done', values: {}, phase: { waitsFor: 'mailbox', until } },
      ]);
    });

    it('reads a licensed user without a mailbox as one that waits', async () => {
      await update({});
      const object = (await rig.read([mailbox()])).objects.find((one) => one.kind === 'mailbox');
      expect(object).toMatchObject({ owner: REQUEST, fields: {}, phase: { waitsFor: 'mailbox' } });
      expect((await rig.plan([cloudUser(), mailbox()])).held).toMatchObject([{ reason: 'not-ready' }]);
    });

    it('sets the mailbox in a later run, as an update', async () => {
      await update({ quotaGb: 20 });
      rig.advance(HOUR);
      const plan = await rig.plan([cloudUser(), mailbox({ quotaGb: 20 })]);
      expect(plan.changes).toMatchObject([{ kind: 'mailbox', action: 'update', after: { quotaGb: 20 } }]);
      expect(await rig.apply(plan.changes)).toMatchObject([{ result: 'done', values: { quotaGb: 20 } }]);
      expect((await rig.plan([cloudUser(), mailbox({ quotaGb: 20 })])).changes).toEqual([]);
    });

    it('finds nothing to do where the defaults of the plan are what is wanted', async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      expect(sets()).toEqual([]);
      expect(await rig.plan([cloudUser(), mailbox()])).toMatchObject({ changes: [], held: [] });
    });

    it.each([
      ['lowers', 50, 3],
      ['raises', 3, 50],
    ])('%s the three quotas in one command', async (_, from, to) => {
      await rig.fulfil([cloudUser(), mailbox({ quotaGb: from })]);
      expect(await update({ quotaGb: to })).toMatchObject([{ result: 'done' }]);
      expect(sets()).toHaveLength(1);
      expect(box()?.quotas).toEqual({
        IssueWarningQuota: Math.floor(to * GB * 0.9),
        ProhibitSendQuota: Math.floor(to * GB * 0.95),
        ProhibitSendReceiveQuota: to * GB,
      });
    });

    it('writes a size with its unit and reads bytes back', async () => {
      await rig.fulfil([cloudUser(), mailbox({ quotaGb: 3 })]);
      await update({ quotaGb: 4 });
      expect(sets()[0]?.parameters.ProhibitSendReceiveQuota).toBe('4GB');
      expect((await rig.read([mailbox()])).objects).toContainEqual(
        expect.objectContaining({ kind: 'mailbox', fields: { quotaGb: 4, address: UPN, aliases: [] } }),
      );
    });

    it('fails on a quota beyond the licence, with the reason that Exchange hides', async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      expect(await update({ quotaGb: 80 })).toMatchObject([
        {
          result: 'failed',
          error: { system: 'exchange', operation: 'Set-Mailbox', message: expect.stringContaining("user's license") },
        },
      ]);
    });

    it('swaps the primary address and keeps the old one as an alias', async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      const fields = { address: 'a.pratama@contoh.test', aliases: [UPN] };
      expect(await update(fields)).toMatchObject([{ result: 'done', values: fields }]);
      expect(box()?.addresses.filter((address) => address.startsWith('SMTP:'))).toEqual(['SMTP:a.pratama@contoh.test']);
    });

    it("keeps the tenant's routing address and addresses of other services", async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      const before = box();
      if (before) rig.sandbox.store.putMailbox({ ...before, addresses: [...before.addresses, 'SIP:andi@contoh.test'] });
      expect((await rig.plan([cloudUser(), mailbox()])).changes).toEqual([]);
      await update({ aliases: ['andi@contoh.test'] });
      expect(box()?.addresses).toEqual([
        `SMTP:${UPN}`,
        'smtp:andi@contoh.test',
        'smtp:andi.pratama@contoh.onmicrosoft.com',
        'SIP:andi@contoh.test',
      ]);
    });

    it('drops aliases that are no longer wanted', async () => {
      await rig.fulfil([cloudUser(), mailbox({ aliases: ['andi@contoh.test', 'pratama@contoh.test'] })]);
      await update({ aliases: ['pratama@contoh.test'] });
      expect(box()?.addresses).not.toContain('smtp:andi@contoh.test');
    });

    it('fails on an address that another mailbox has', async () => {
      await rig.fulfil([cloudUser(), mailbox(), cloudUser({}, 'budi@contoh.test'), mailbox({}, 'budi@contoh.test')]);
      expect(await update({ aliases: ['budi@contoh.test'] })).toMatchObject([
        { result: 'failed', error: { message: expect.stringContaining('already being used') } },
      ]);
    });

    it("does not take another user's alias for the mailbox", async () => {
      await rig.fulfil([cloudUser(), mailbox({ aliases: ['budi@contoh.test'] })]);
      const state = rig.userState();
      const budi = {
        ...state,
        id: 'budi-id',
        properties: { ...state.properties, id: 'budi-id', userPrincipalName: 'budi@contoh.test' },
      };
      rig.sandbox.store.putUser(budi);
      const object = (await rig.read([mailbox({}, 'budi@contoh.test')])).objects.find(
        (one) => one.key === 'budi@contoh.test' && one.kind === 'mailbox',
      );
      expect(object).toMatchObject({ fields: {}, phase: { waitsFor: 'mailbox' } });
    });

    it('fails a mailbox for a user without a licence', async () => {
      const outcomes = await rig.apply((await rig.plan([cloudUser({ licence: null }), mailbox()])).changes);
      expect(outcomes).toMatchObject([{ result: 'done' }, { result: 'failed', error: { code: 'NoLicence' } }]);
    });

    it('deletes a mailbox with its user', async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      const { changes } = await rig.plan([], { deletes: new Set(['cloud-user', 'mailbox']) });
      expect(changes.map((change) => change.kind)).toEqual(['mailbox', 'cloud-user']);
      const outcomes = await rig.apply(changes);
      expect(outcomes.map((outcome) => outcome.result)).toEqual(['done', 'done']);
      expect((await rig.read([cloudUser(), mailbox()])).objects).toEqual([]);
    });

    it('refuses to delete a mailbox whose user keeps the licence', async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      const { changes } = await rig.plan([cloudUser()], { deletes: new Set(['mailbox']) });
      expect(await rig.apply(changes)).toMatchObject([{ result: 'failed', error: { code: 'StillLicensed' } }]);
    });

    it('settles a Set-Mailbox whose reply was lost by reading, without sending it again', async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      rig.fault('drop-reply', { operation: 'Set-Mailbox' });
      expect(await update({ quotaGb: 20 })).toMatchObject([{ result: 'done', values: { quotaGb: 20 } }]);
      expect(sets()).toHaveLength(1);
    });

    it('reads a mailbox that cannot be read as unread, with the reason', async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      rig.fault('unreadable', { operation: 'Get-Mailbox' });
      const reading = await rig.read([mailbox()], []);
      expect(reading.unread).toMatchObject([
        { kind: 'mailbox', key: UPN, reason: expect.stringContaining('privileges') },
      ]);
    });

    it('does not take a 404 of a wrong path for a mailbox that is not there', async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      rig.intercept((request) =>
        request.api === 'exchange' ? { status: 404, headers: {}, body: undefined } : undefined,
      );
      expect((await rig.read([mailbox()], [])).unread).toHaveLength(1);
    });

    it('reads an unlimited quota as none', async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      rig.replace((request, response) => {
        if (cmdletOf(request)?.name !== 'Get-Mailbox') return undefined;
        const { value } = response.body as { value: object[] };
        return {
          ...response,
          body: { value: value.map((one) => ({ ...one, ProhibitSendReceiveQuota: 'Unlimited' })) },
        };
      });
      const object = (await rig.read([mailbox()])).objects.find((one) => one.kind === 'mailbox');
      expect(object?.fields.quotaGb).toBeNull();
    });
  });
}
