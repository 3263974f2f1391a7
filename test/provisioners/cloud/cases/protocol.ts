import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TargetError } from '../../../../core/errors.ts';
import { call } from '../../../../provisioners/cloud/call.ts';
import type { CloudRequest } from '../../../../provisioners/cloud/protocol.ts';
import { cmdlet } from '../../../../provisioners/cloud/requests.ts';
import { type CloudRig, cloudUser, E1, type MakeTarget, mailbox, makeRig, UPN } from '../rig.ts';

const CREATE = {
  accountEnabled: true,
  displayName: 'Budi',
  mailNickname: 'budi',
  userPrincipalName: 'budi@contoh.test',
  passwordProfile: { password: 'Rahasia-Sementara-1', forceChangePasswordNextSignIn: false },
};
const graph = (method: CloudRequest['method'], path: string, body?: unknown): CloudRequest => ({
  api: 'graph',
  method,
  path,
  ...(body === undefined ? {} : { body }),
});

/** The protocol itself: what the service answers, row by row. */
export function protocolCases(make: MakeTarget): void {
  describe('protocol', () => {
    let rig: CloudRig;
    beforeEach(async () => {
      rig = await makeRig(make);
    });
    afterEach(() => rig.close());
    const send = (request: CloudRequest) => rig.client.request(request);
    const faultOf = async (request: CloudRequest): Promise<unknown> =>
      call(rig.client, request).catch((error: unknown) => error);

    it('answers 201 to a create and 204 to a change', async () => {
      expect((await send(graph('POST', '/users', CREATE))).status).toBe(201);
      expect((await send(graph('PATCH', '/users/budi@contoh.test', { city: 'Ambon' }))).status).toBe(204);
    });

    it('answers a duplicate with 400 and ObjectConflict at the principal name', async () => {
      await send(graph('POST', '/users', CREATE));
      const response = await send(graph('POST', '/users', { ...CREATE, userPrincipalName: 'BUDI@contoh.test' }));
      expect(response).toMatchObject({
        status: 400,
        body: {
          error: { code: 'Request_BadRequest', details: [{ code: 'ObjectConflict', target: 'userPrincipalName' }] },
        },
      });
    });

    it.each([
      ['a property that does not exist', { quotaGb: 3 }],
      ['a value of the wrong type', { accountEnabled: 'yes' }],
      ['a list in place of an object', { passwordProfile: [] }],
      ['a property that only the service sets', { proxyAddresses: ['SMTP:budi@contoh.test'] }],
      ['an extension attribute that does not exist', { onPremisesExtensionAttributes: { extensionAttribute16: 'x' } }],
    ])('refuses %s by the metadata', async (_, wrong) => {
      const response = await send(graph('POST', '/users', { ...CREATE, ...wrong }));
      expect(response).toMatchObject({ status: 400, body: { error: { code: 'Request_BadRequest' } } });
      expect(rig.sandbox.store.users()).toEqual([]);
    });

    it.each([
      'accountEnabled',
      'displayName',
      'mailNickname',
      'passwordProfile',
      'userPrincipalName',
    ])('refuses a create without %s', async (name) => {
      const response = await send(graph('POST', '/users', { ...CREATE, [name]: undefined }));
      expect(response.status).toBe(400);
    });

    it('refuses a weak password and a principal name with a space', async () => {
      expect((await send(graph('POST', '/users', { ...CREATE, passwordProfile: { password: 'lemah' } }))).status).toBe(
        400,
      );
      expect((await send(graph('POST', '/users', { ...CREATE, userPrincipalName: 'bu di@contoh.test' }))).status).toBe(
        400,
      );
    });

    it.each([
      ['without removeLicenses', { addLicenses: [] }],
      ['with null for a list', { addLicenses: null, removeLicenses: [] }],
      ['with a name for an id', { addLicenses: [{ skuId: 'STANDARDPACK', disabledPlans: [] }], removeLicenses: [] }],
      ['that removes what is not there', { addLicenses: [], removeLicenses: [E1] }],
    ])('refuses assignLicense %s', async (_, body) => {
      await send(graph('POST', '/users', { ...CREATE, usageLocation: 'ID' }));
      expect((await send(graph('POST', '/users/budi@contoh.test/assignLicense', body))).status).toBe(400);
    });

    it('shows only the default properties without $select', async () => {
      await send(graph('POST', '/users', CREATE));
      const { body } = await send(graph('GET', '/users/budi@contoh.test'));
      expect(body).not.toHaveProperty('accountEnabled');
      expect(body).toHaveProperty('displayName', 'Budi');
    });

    it('refuses the marker filter without the advanced query', async () => {
      const query = { $filter: "startsWith(onPremisesExtensionAttributes/extensionAttribute1,'layanan:')" };
      const response = await send({ ...graph('GET', '/users'), query });
      expect(response).toMatchObject({ status: 400, body: { error: { code: 'Request_UnsupportedQuery' } } });
    });

    it('finds a marker by equality as well', async () => {
      await rig.fulfil([cloudUser({ licence: null })]);
      const query = {
        $filter: "onPremisesExtensionAttributes/extensionAttribute1 eq 'layanan:djp/andi'",
        $count: 'true',
      };
      const response = await send({ ...graph('GET', '/users'), query, headers: { ConsistencyLevel: 'eventual' } });
      expect(response.body).toMatchObject({ '@odata.count': 1 });
    });

    it('refuses pages of more than 999', async () => {
      expect((await send({ ...graph('GET', '/users'), query: { $top: '1000' } })).status).toBe(400);
    });

    it('refuses to delete the password method and a method that is not there', async () => {
      await rig.fulfil([cloudUser({ licence: null })]);
      const at = `/users/${encodeURIComponent(UPN)}/authentication`;
      expect((await send(graph('DELETE', `${at}/passwordMethods/28c10230-6103-485e-b985-444c60001490`))).status).toBe(
        400,
      );
      expect((await send(graph('DELETE', `${at}/fido2Methods/none`))).status).toBe(404);
    });

    it('refuses a quota that would stand in the wrong order', async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      const response = await send(cmdlet('Set-Mailbox', { Identity: UPN, ProhibitSendReceiveQuota: '3GB' }));
      expect(response.status).toBe(400);
    });

    it('writes sizes as text with bytes in brackets', async () => {
      await rig.fulfil([cloudUser(), mailbox({ quotaGb: 3 })]);
      const { body } = await send(cmdlet('Get-Mailbox', { Identity: UPN }));
      expect(body).toMatchObject({ value: [{ ProhibitSendReceiveQuota: '3 GB (3,221,225,472 bytes)' }] });
    });

    it('refuses a cmdlet that the role does not hold', async () => {
      await rig.fulfil([cloudUser(), mailbox()]);
      expect((await send(cmdlet('Remove-Mailbox', { Identity: UPN }))).status).toBe(403);
    });

    it('turns a refusal into an error with system, operation and code, without the name', async () => {
      const error = await faultOf(graph('GET', `/users/${encodeURIComponent('tidak.ada@contoh.test')}`));
      expect(error).toBeInstanceOf(TargetError);
      expect(error).toMatchObject({
        system: 'graph',
        operation: 'GET /users/{id}',
        code: 'Request_ResourceNotFound',
        effect: 'refused',
      });
    });

    const inner = { innererror: { internalException: { message: 'dari dalam' } } };
    it.each([
      ['the details', { details: [{ message: 'dari rincian' }], ...inner }, 'dari rincian'],
      ['the inner exception, where there are no details', inner, 'dari dalam'],
      ['the message, where there is nothing else', {}, 'dari luar'],
    ])('tells the reason of Exchange that stands in %s', async (_, more, reason) => {
      const error = { code: 'BadRequest', message: 'dari luar', ...more };
      rig.intercept(() => ({ status: 400, headers: {}, body: { error } }));
      const identity = { Identity: UPN };
      expect(await faultOf(cmdlet('Get-Mailbox', identity))).toMatchObject({
        ...{ system: 'exchange', operation: 'Get-Mailbox', code: 'BadRequest', effect: 'refused' },
        message: expect.stringContaining(reason),
      });
    });

    it('calls a dropped reply lost', async () => {
      rig.fault('drop-reply', { operation: 'POST /users' });
      expect(await faultOf(graph('POST', '/users', CREATE))).toMatchObject({
        effect: 'lost',
        operation: 'POST /users',
      });
      expect(rig.sandbox.store.users()).toHaveLength(1);
    });

    it('bounds and flattens what the target says', async () => {
      const message = `::error::\u001b[31m${'x'.repeat(5000)}`;
      rig.intercept(() => ({ status: 400, headers: {}, body: { error: { code: 'BadRequest', message } } }));
      const error = (await faultOf(graph('GET', '/users'))) as TargetError;
      expect(error.message.length).toBeLessThan(500);
      expect(error.message).not.toContain('\u001b');
    });
  });
}
