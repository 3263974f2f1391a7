/** What members of a request's group may do at the domain controller itself: join computers in their unit, no more. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TargetError } from '../../../core/errors.ts';
import { connectDirectory } from '../../../provisioners/directory/client.ts';
import { codesOf, LDAP } from '../../../provisioners/directory/directory-error.ts';
import type { DirectoryClient } from '../../../provisioners/directory/protocol.ts';
import { textsOf } from '../../../provisioners/directory/protocol.ts';
import { accountRequest } from '../../faults/world.ts';
import { dn, unicodePwd, userAttributes } from '../../provisioners/directory/server.ts';
import { realServer } from '../../servers/required.ts';
import { BASE } from '../../servers/samba/recipe.ts';
import { bothServers, type Office, openRig, type Rig } from './rig.ts';

const LIMIT_MS = 120_000;
const PASSWORD = 'Kata-Sandi.Petugas-7';
const at = (path: string) => dn(`${path},${BASE}`);

/** A request of rights as a unit's staff write it. */
export const rightsRequest = (
  service: string,
  name: string,
  members: readonly string[],
  more = '',
): string => `catalogue: sc-11-2023
service: ${service}
title: Hak uji
requester: djp-pic-aplikasi
${more}spec:
  name: ${name}
  members: [${members.join(', ')}]
  purpose: Uji
`;

const computer = (name: string) => ({
  objectClass: ['top', 'person', 'organizationalPerson', 'user', 'computer'],
  sAMAccountName: [`${name}$`],
  userAccountControl: ['4096'],
});

realServer(...bothServers())(() => {
  let rig: Rig;
  let office: Office;
  let petugas: DirectoryClient & AsyncDisposable;
  beforeAll(async () => {
    rig = await openRig();
    office = rig.office('gabung');
    office.write({
      'djp/petugas': accountRequest('petugas', ['kind: individual', 'displayName: Contoh Petugas', 'internet: true']),
      'djp/hak': rightsRequest('join-domain', 'tim', ['petugas']),
    });
    await office.approve('djp/petugas', 'djp/hak');
    expect(await office.apply()).toMatchObject({ exit: 0 });
    const entry = await rig.entry('petugas');
    await rig.administrator.modify(dn(entry?.dn ?? ''), [
      { operation: 'replace', attribute: 'unicodePwd', values: [unicodePwd(PASSWORD)] },
      { operation: 'replace', attribute: 'pwdLastSet', values: ['-1'] },
    ]);
    petugas = await signIn();
    await rig.plant('CN=PC-LAMA,OU=DJP', computer('PC-LAMA'));
    await rig.plant('CN=Contoh Rekan,OU=Akun,OU=DJP', userAttributes('rekan'));
  }, LIMIT_MS);
  afterAll(async () => {
    await petugas?.[Symbol.asyncDispose]();
    await rig.stop();
  });
  const signIn = () =>
    connectDirectory(rig.workplace.samba.settings({ user: 'petugas@contoh.test', password: PASSWORD }));
  const refusal = (attempt: Promise<void>) =>
    attempt.then(
      () => 'accepted',
      (error: unknown) => (error instanceof TargetError ? codesOf(error).ldap : error),
    );

  it('the request is a group of its own in the unit’s prepared group', async () => {
    const group = await rig.entry('domain-djp-tim', 'member', 'memberOf');
    expect(group && textsOf(group, 'memberOf')).toEqual([`CN=gabung-domain-djp,OU=Grup,${BASE}`]);
    expect(group && textsOf(group, 'adminDescription')).toEqual(['layanan:djp/hak']);
  });

  it('a computer is joined in the unit, also below it, and its password is set', async () => {
    await petugas.add(at('CN=PC-BARU,OU=DJP'), computer('PC-BARU'));
    await petugas.add(at('CN=PC-TIMUR,OU=Timur,OU=DJP'), computer('PC-TIMUR'));
    await petugas.modify(at('CN=PC-BARU,OU=DJP'), [
      { operation: 'replace', attribute: 'unicodePwd', values: [unicodePwd('Kata-Sandi.Komputer-7')] },
    ]);
    await petugas.modify(at('CN=PC-LAMA,OU=DJP'), [
      { operation: 'replace', attribute: 'dNSHostName', values: ['pc-lama.contoh.test'] },
    ]);
  });

  describe('refused by the server', () => {
    it.each<[string, (client: DirectoryClient) => Promise<void>]>([
      ['a computer in another unit', (one) => one.add(at('CN=PC-LAIN,OU=Setjen'), computer('PC-LAIN'))],
      [
        'a computer in the container of computers',
        (one) => one.add(at('CN=PC-LAIN,CN=Computers'), computer('PC-LAIN')),
      ],
      ['an account', (one) => one.add(at('CN=Liar,OU=Akun,OU=DJP'), userAttributes('liar'))],
      ['the deletion of a computer', (one) => one.del(at('CN=PC-LAMA,OU=DJP'))],
      ['the deletion of an account', (one) => one.del(at('CN=Contoh Rekan,OU=Akun,OU=DJP'))],
      [
        'the password of a colleague',
        (one) =>
          one.modify(at('CN=Contoh Rekan,OU=Akun,OU=DJP'), [
            { operation: 'replace', attribute: 'unicodePwd', values: [unicodePwd('Kata-Sandi.Lain-7')] },
          ]),
      ],
      [
        'a member more of the prepared group',
        (one) =>
          one.modify(at('CN=gabung-domain-djp,OU=Grup'), [
            { operation: 'add', attribute: 'member', values: [at('CN=Contoh Rekan,OU=Akun,OU=DJP')] },
          ]),
      ],
    ])('%s', async (_, attempt) => {
      expect(await refusal(attempt(petugas))).toBe(LDAP.insufficientAccessRights);
    });
  });

  it('without the right after the request is disabled', { timeout: LIMIT_MS }, async () => {
    office.write({ 'djp/hak': rightsRequest('join-domain', 'tim', ['petugas'], 'state: disabled\n') });
    await office.approve('djp/hak');
    expect(await office.apply()).toMatchObject({ exit: 0 });
    await using anew = await signIn();
    expect(await refusal(anew.add(at('CN=PC-NANTI,OU=DJP'), computer('PC-NANTI')))).toBe(LDAP.insufficientAccessRights);
  });
});
