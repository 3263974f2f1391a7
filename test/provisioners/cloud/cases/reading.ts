import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CloudRig, cloudUser, type MakeTarget, makeRig, REQUEST, UPN } from '../rig.ts';

export function readingCases(make: MakeTarget): void {
  describe('reading', () => {
    let rig: CloudRig;
    afterEach(() => rig.close());
    const byOwner = () => rig.provisioner.read({ keys: [], owners: new Set([REQUEST]), pools: [] });
    const upns = (count: number) => Array.from({ length: count }, (_, i) => `pegawai${i}@contoh.test`);

    describe('many users', () => {
      beforeEach(async () => {
        rig = await makeRig(make, { pageSize: 4 });
        await rig.fulfil(upns(10).map((upn) => cloudUser({ licence: null }, upn)));
      });

      it('follows every page of the list', async () => {
        const reading = await byOwner();
        expect(reading.unread).toEqual([]);
        expect(reading.objects).toHaveLength(10);
        expect(rig.requests.filter((request) => request.path === '/users')).toHaveLength(3);
      });

      it('asks for the count, with the header that the filter needs', async () => {
        await byOwner();
        const [first] = rig.requests;
        expect(first?.query).toMatchObject({ $count: 'true', $filter: expect.stringContaining("'layanan:'") });
        const headers = Object.entries(first?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
        expect(Object.fromEntries(headers)).toMatchObject({ consistencylevel: 'eventual' });
      });

      it('takes a list that lost its end for unread', async () => {
        rig.fault('short', { operation: 'GET /users' });
        expect((await byOwner()).unread.map((one) => one.kind)).toEqual(['cloud-user', 'mailbox']);
      });

      it('takes a list whose second page cannot be read for unread', async () => {
        rig.fault('unreadable', { operation: 'GET /users', skip: 1 });
        const reading = await byOwner();
        expect(reading.objects).toEqual([]);
        expect(reading.unread).toMatchObject([{ kind: 'cloud-user' }, { kind: 'mailbox' }]);
      });

      it('takes fewer entries than were counted for unread', async () => {
        rig.replace((request, response) => {
          if (request.path !== '/users') return undefined;
          return { ...response, body: { ...(response.body as object), '@odata.count': 11 } };
        });
        expect((await byOwner()).unread[0]?.reason).toContain('Wanted 11, got 10');
      });

      it('takes pages that go in a circle for unread', async () => {
        rig.replace((request, response) => {
          if (request.path !== '/users') return undefined;
          const link = 'https://graph.microsoft.com/v1.0/users?$skiptoken=4';
          return { ...response, body: { ...(response.body as object), '@odata.nextLink': link } };
        });
        expect((await byOwner()).unread[0]?.reason).toContain('IncompleteList');
      });

      it('never follows a link to another host', async () => {
        rig.replace((request, response) => {
          const body = response.body as { '@odata.nextLink'?: string };
          const link = body['@odata.nextLink'];
          if (request.path !== '/users' || link === undefined) return undefined;
          return {
            ...response,
            body: { ...body, '@odata.nextLink': link.replace('graph.microsoft.com', 'jahat.contoh.test') },
          };
        });
        expect((await byOwner()).objects).toHaveLength(10);
      });
    });

    describe('one user', () => {
      beforeEach(async () => {
        rig = await makeRig(make);
        await rig.fulfil([cloudUser()]);
      });

      it('does not find users of another request by owner', async () => {
        const reading = await rig.provisioner.read({ keys: [], owners: new Set(['djp/and']), pools: [] });
        expect(reading.objects).toEqual([]);
      });

      it('reads a key in any case', async () => {
        rig.setProperties({ userPrincipalName: UPN.toUpperCase() });
        expect((await rig.read([cloudUser()])).objects).toMatchObject([
          { kind: 'cloud-user', key: UPN },
          { kind: 'mailbox', key: UPN },
        ]);
      });

      it('takes an answer that is no user for unread, never for absent', async () => {
        rig.intercept((request) =>
          request.method === 'GET' ? { status: 200, headers: {}, body: { id: 7 } } : undefined,
        );
        const reading = await rig.read([cloudUser()], []);
        expect(reading).toMatchObject({ objects: [], unread: [{ kind: 'cloud-user', key: UPN }] });
      });

      it('takes a 404 that Graph did not write for unread', async () => {
        rig.intercept(() => ({ status: 404, headers: {}, body: undefined }));
        expect(await rig.read([cloudUser()], [])).toMatchObject({ objects: [], unread: [{ key: UPN }] });
      });

      it('takes a user that cannot be read for unread', async () => {
        rig.fault('unreadable', { operation: 'GET /users/{id}' });
        expect((await rig.read([cloudUser()], [])).unread).toMatchObject([
          { kind: 'cloud-user', key: UPN, reason: expect.stringContaining('Authorization_RequestDenied') },
        ]);
      });
    });

    it('waits until a new user can be read: 404 three times is no absence', async () => {
      rig = await makeRig(make, { hiddenReads: 3 });
      const { changes } = await rig.plan([cloudUser()]);
      expect(await rig.apply(changes)).toMatchObject([{ result: 'done' }]);
      expect(rig.sandbox.store.users()).toHaveLength(1);
    });

    it('bears 120 s of 404 after a create: no failure, no second create', async () => {
      rig = await makeRig(make, { hiddenMs: 120_000 });
      const { changes } = await rig.plan(upns(5).map((upn) => cloudUser({}, upn)));
      const outcomes = await rig.apply(changes);
      expect(outcomes.every((outcome) => outcome.result === 'done')).toBe(true);
      const creates = rig.requests.filter((request) => request.path === '/users' && request.method === 'POST');
      expect(creates).toHaveLength(5);
    });

    it('goes on with its own user when a rerun still gets 404 for it', async () => {
      rig = await makeRig(make, { hiddenMs: 120_000 });
      const { changes } = await rig.plan([cloudUser()]);
      rig.intercept((request) =>
        request.path.endsWith('/assignLicense')
          ? { status: 403, headers: {}, body: { error: { code: 'accessDenied' } } }
          : undefined,
      );
      await rig.apply(changes);
      rig.intercept(() => undefined);
      const state = rig.userState();
      rig.sandbox.store.putUser({ ...state, hiddenUntil: rig.now().getTime() + 60_000 });
      const again = await rig.plan([cloudUser()]);
      expect(again.changes).toMatchObject([{ action: 'create' }]);
      expect(await rig.apply(again.changes)).toMatchObject([{ result: 'done' }]);
      expect(rig.sandbox.store.users()).toHaveLength(1);
    });

    it('answers unknown when a created user stays invisible, and the next run settles it', async () => {
      rig = await makeRig(make, { hiddenMs: 3_600_000 });
      const { changes } = await rig.plan([cloudUser()]);
      expect(await rig.apply(changes)).toMatchObject([{ result: 'unknown', error: { code: 'NotYetVisible' } }]);
      rig.advance(3_600_000);
      const again = await rig.plan([cloudUser()]);
      expect(await rig.apply(again.changes)).toMatchObject([{ result: 'done' }]);
      expect(rig.sandbox.store.users()).toHaveLength(1);
    });
  });
}
