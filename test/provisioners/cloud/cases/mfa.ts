import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRead } from '../../../../provisioners/cloud/protocol.ts';
import { type CloudRig, cloudUser, type MakeTarget, makeRig, method, paths } from '../rig.ts';

const RESET = '2026-11-02T02:00:00Z';

export function mfaCases(make: MakeTarget): void {
  describe('reset of authentication methods', () => {
    let rig: CloudRig;
    beforeEach(async () => {
      rig = await makeRig(make);
      await rig.fulfil([cloudUser()]);
    });
    afterEach(() => rig.close());
    const reset = async () => rig.apply((await rig.plan([cloudUser({ mfaResetAt: RESET })])).changes);
    const left = () => rig.userState().methods.map((one) => one['@odata.type']);
    const PASSWORD_ONLY = ['#microsoft.graph.passwordAuthenticationMethod'];

    it('removes every known type by its own path', async () => {
      const types = ['microsoftAuthenticator', 'phone', 'fido2', 'softwareOath', 'email', 'temporaryAccessPass'];
      const more = ['windowsHelloForBusiness', 'platformCredential', 'external'];
      rig.setMethods([...types, ...more].map((type) => method(type, `id-${type}`)));
      expect(await reset()).toMatchObject([{ result: 'done', values: { mfaResetAt: RESET } }]);
      expect(left()).toEqual(PASSWORD_ONLY);
      expect(paths(rig.requests, 'DELETE')).toHaveLength(9);
    });

    it('removes the default method last, in a second pass', async () => {
      rig.setMethods([method('microsoftAuthenticator', 'app', { isDefault: true }), method('fido2', 'key')]);
      expect(await reset()).toMatchObject([{ result: 'done' }]);
      expect(left()).toEqual(PASSWORD_ONLY);
      expect(paths(rig.requests, 'DELETE').map((path) => path.split('/').at(-1))).toEqual(['app', 'key', 'app']);
    });

    it('removes an alternate phone before the mobile one', async () => {
      rig.setMethods([
        method('phone', 'mobile', { phoneType: 'mobile' }),
        method('phone', 'alternate', { phoneType: 'alternateMobile' }),
      ]);
      expect(await reset()).toMatchObject([{ result: 'done' }]);
      expect(paths(rig.requests, 'DELETE').map((path) => path.split('/').at(-1))).toEqual(['alternate', 'mobile']);
    });

    it('revokes the sessions after the methods, and stamps last', async () => {
      rig.setMethods([method('fido2', 'key')]);
      await reset();
      const writes = rig.requests.filter((request) => !isRead(request)).map((request) => request.method);
      expect(writes).toEqual(['DELETE', 'POST', 'PATCH']);
    });

    it('plans nothing once it is stamped, and again for a later reset', async () => {
      await reset();
      expect((await rig.plan([cloudUser({ mfaResetAt: RESET })])).changes).toEqual([]);
      expect((await rig.plan([cloudUser({ mfaResetAt: '2026-11-03T02:00:00Z' })])).changes).toHaveLength(1);
    });

    it('finishes a reset that stopped half way', async () => {
      rig.setMethods([method('fido2', 'key'), method('email', 'post')]);
      let refused = false;
      rig.intercept((request) => {
        if (request.method !== 'DELETE' || !request.path.includes('emailMethods') || refused) return undefined;
        refused = true;
        return { status: 403, headers: {}, body: { error: { code: 'accessDenied', message: 'No' } } };
      });
      expect(await reset()).toMatchObject([{ result: 'failed', error: { code: 'accessDenied' } }]);
      expect(await reset()).toMatchObject([{ result: 'done' }]);
      expect(left()).toEqual(PASSWORD_ONLY);
    });

    it('goes on when the reply to a removal is lost', async () => {
      rig.setMethods([method('fido2', 'key'), method('email', 'post')]);
      rig.fault('drop-reply', { operation: 'DELETE /users/{id}/authentication/fido2Methods/{id}' });
      expect(await reset()).toMatchObject([{ result: 'done' }]);
      expect(left()).toEqual(PASSWORD_ONLY);
    });

    it('fails on a type that it does not know, and does not stamp', async () => {
      rig.setMethods([method('quantum', 'q')]);
      expect(await reset()).toMatchObject([{ result: 'failed', error: { code: 'UnknownMethod' } }]);
      expect((await rig.plan([cloudUser({ mfaResetAt: RESET })])).changes).toHaveLength(1);
    });

    it('fails on a list without the password method, for it cannot be whole', async () => {
      rig.setMethods([method('fido2', 'key')]);
      rig.intercept((request) =>
        request.path.endsWith('/authentication/methods')
          ? { status: 200, headers: {}, body: { value: [] } }
          : undefined,
      );
      expect(await reset()).toMatchObject([{ result: 'failed', error: { code: 'IncompleteList' } }]);
      expect(left()).toContain('#microsoft.graph.fido2AuthenticationMethod');
    });

    it('fails on a list that was cut after the password, and does not stamp', async () => {
      rig.setMethods([method('fido2', 'key')]);
      rig.intercept((request) =>
        request.path.endsWith('/authentication/methods')
          ? { status: 200, headers: {}, body: { value: [{ '@odata.type': PASSWORD_ONLY[0], id: 'password' }] } }
          : undefined,
      );
      expect(await reset()).toMatchObject([{ result: 'failed', error: { code: 'IncompleteList' } }]);
      expect(left()).toContain('#microsoft.graph.fido2AuthenticationMethod');
      expect((await rig.plan([cloudUser({ mfaResetAt: RESET })])).changes).toHaveLength(1);
    });

    it('fails where methods remain whatever is done', async () => {
      rig.setMethods([method('fido2', 'key')]);
      rig.intercept((request) =>
        request.method === 'DELETE' ? { status: 204, headers: {}, body: undefined } : undefined,
      );
      expect(await reset()).toMatchObject([{ result: 'failed', error: { code: 'MethodsRemain' } }]);
    });

    it('has nothing to remove from a user that it creates, and stamps it at once', async () => {
      const other = cloudUser({ mfaResetAt: RESET }, 'budi@contoh.test');
      expect(await rig.apply((await rig.plan([other])).changes)).toMatchObject([{ result: 'done' }]);
      expect(rig.requests.some((request) => request.path.includes('authentication'))).toBe(false);
    });
  });
}
