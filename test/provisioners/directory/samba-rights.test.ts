import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TargetError } from '../../../core/errors.ts';
import { codesOf, LDAP } from '../../../provisioners/directory/directory-error.ts';
import { equals } from '../../../provisioners/directory/filter.ts';
import { realServer } from '../../servers/required.ts';
import { BASE } from '../../servers/samba/recipe.ts';
import { sambaRequirement } from '../../servers/samba.ts';
import { FORBIDDEN } from './forbidden.ts';
import { type SambaServer, startSambaServer } from './samba-server.ts';
import { dn } from './server.ts';
import { accountFields, groupFields, workbench } from './workbench.ts';

realServer(...sambaRequirement())(() => {
  let server: SambaServer;
  beforeAll(async () => {
    server = await startSambaServer();
    const bench = workbench(server);
    expect(await bench.create('andi.pratama', accountFields(server))).toMatchObject({ result: 'done' });
    expect(await bench.create('milis-uji', groupFields(server), 'directory-group')).toMatchObject({ result: 'done' });
  });
  afterAll(() => server.stop());

  describe('least rights: what the service account is refused by the server', () => {
    for (const [subject, attempts] of FORBIDDEN)
      describe(subject, () => {
        it.each(attempts.map((one) => [one.name, one] as const))('%s', async (_name, { attempt }) => {
          const error = await attempt(server.client).then(
            () => 'accepted',
            (thrown: unknown) => thrown,
          );
          if (!(error instanceof TargetError)) throw new Error(`Refusal expected, not: ${String(error)}`);
          expect({ ...codesOf(error), effect: error.effect }).toMatchObject({
            ldap: LDAP.insufficientAccessRights,
            effect: 'refused',
          });
        });
      });

    it('covers at least 60 operations', () => {
      expect(FORBIDDEN.flatMap(([, attempts]) => attempts).length).toBeGreaterThanOrEqual(60);
    });

    it('reads no secret of any account, its own unit included', async () => {
      const attributes = ['unicodePwd', 'ntPwdHistory', 'supplementalCredentials', 'dBCSPwd', 'lmPwdHistory'];
      const filter = equals('objectClass', 'user');
      const entries = await server.client.search({ base: dn(BASE), scope: 'sub', filter, attributes, pageSize: 500 });
      expect(entries.length).toBeGreaterThan(5);
      for (const entry of entries) for (const name of attributes) expect(entry.attributes[name] ?? []).toEqual([]);
    });
  });
});
