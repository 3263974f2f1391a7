import { describe } from 'vitest';
import { provisionerContract, type Rig } from '../contract.ts';
import { killCases } from './cases/kill.ts';
import { licenceCases } from './cases/licences.ts';
import { mailboxCases } from './cases/mailboxes.ts';
import { mfaCases } from './cases/mfa.ts';
import { patienceCases } from './cases/patience.ts';
import { protocolCases } from './cases/protocol.ts';
import { readingCases } from './cases/reading.ts';
import { userCreateCases } from './cases/user-create.ts';
import { userCases } from './cases/users.ts';
import { type CloudRig, cloudUser, HOUR, type MakeTarget, mailbox, makeRig } from './rig.ts';

const DENIED = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } };

/** The shared suite's view of a tenant. */
async function sharedRig(make: MakeTarget): Promise<Rig & { readonly cloud: CloudRig }> {
  const cloud = await makeRig(make);
  let refuse = 0;
  cloud.intercept((request) => {
    const write = request.method !== 'GET' && !JSON.stringify(request.body ?? '').includes('"Get-Mailbox"');
    if (!write || refuse === 0 || --refuse > 0) return undefined;
    return { status: 403, headers: {}, body: DENIED };
  });
  const upnOf = (key: string) => cloud.sandbox.store.user(key);
  return {
    cloud,
    provisioner: cloud.provisioner,
    disturb(disturbance) {
      if (disturbance.on === 'read')
        cloud.fault(
          disturbance.effect,
          disturbance.effect === 'short' ? { operation: 'GET /users' } : { write: false },
        );
      else if (disturbance.effect === 'lost') cloud.fault('drop-reply', { write: true, skip: disturbance.after ?? 0 });
      else refuse = (disturbance.after ?? 0) + 1;
    },
    async plant(resource) {
      if (upnOf(resource.key) === undefined)
        await cloud.apply((await cloud.plan([cloudUser({}, resource.key)])).changes);
      cloud.setProperties({ onPremisesExtensionAttributes: {} }, resource.key);
    },
    async tamper(resource) {
      if (resource.kind === 'cloud-user')
        return cloud.setProperties({ displayName: 'Diubah orang lain' }, resource.key);
      const box = cloud.sandbox.store.mailbox(upnOf(resource.key)?.id ?? '');
      if (box) cloud.sandbox.store.putMailbox({ ...box, addresses: [...box.addresses, 'smtp:lain@contoh.test'] });
    },
    dispose: () => cloud.close(),
  };
}

const settle = async (rig: Rig) => (rig as Awaited<ReturnType<typeof sharedRig>>).cloud.advance(HOUR);
const owned = (request: string) => ({
  user: { ...cloudUser(), request },
  box: { ...mailbox({ quotaGb: 30 }), request },
});

/** Everything that a Microsoft 365 tenant must show, whoever serves it. */
export function cloudContract(name: string, make: MakeTarget): void {
  describe(`Microsoft 365, ${name}`, () => {
    provisionerContract(
      name,
      {
        kind: 'cloud-user',
        resources: (request) => [owned(request).user, owned(request).box],
        edited: { displayName: 'Andi P.', mfaResetAt: '2026-11-02T02:00:00Z' },
        settle,
      },
      () => sharedRig(make),
    );
    provisionerContract(
      name,
      {
        kind: 'mailbox',
        resources: (request) => [owned(request).box, owned(request).user],
        edited: { quotaGb: 20, aliases: ['andi@contoh.test'] },
        settle,
        sharesMarker: true,
      },
      () => sharedRig(make),
    );
    userCreateCases(make);
    userCases(make);
    licenceCases(make);
    mfaCases(make);
    mailboxCases(make);
    readingCases(make);
    patienceCases(make);
    killCases(make);
    protocolCases(make);
  });
}
