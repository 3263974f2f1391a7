/** Names in zones that Active Directory holds, through the command line, with the rights that are printed for people. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TargetError } from '../../../core/errors.ts';
import { loadPolicies } from '../../../policies/load.ts';
import { connectDirectory } from '../../../provisioners/directory/client.ts';
import { codesOf, LDAP } from '../../../provisioners/directory/directory-error.ts';
import { createDirectoryZones } from '../../../provisioners/dns/directory-zones/directory-zones.ts';
import { zoneGrants } from '../../../scripts/least-rights/grant.ts';
import { sambaCommands } from '../../../scripts/least-rights/samba-commands.ts';
import { ROOT } from '../../builders/command-line.ts';
import { addressRequest } from '../../faults/world.ts';
import { dn } from '../../provisioners/directory/server.ts';
import { makeZones } from '../../provisioners/dns/directory-zones/make-zones.ts';
import { realServer } from '../../servers/required.ts';
import { BASE, SERVICE } from '../../servers/samba/recipe.ts';
import { ENV } from '../../servers/samba/template.ts';
import { bothServers, openRig, type Rig } from './rig.ts';

const LIMIT_MS = 300_000;
const OURS = ['djp.contoh.test', '10.in-addr.arpa'];
const { organisation } = loadPolicies(join(ROOT, 'policies'), 'sandbox');
const ZONES = [...new Set([...[...organisation.units.values()].flatMap((unit) => unit.zones), '10.in-addr.arpa'])];

realServer(...bothServers())(() => {
  let rig: Rig;
  let environment: string;
  beforeAll(async () => {
    rig = await openRig();
    const { samba, folder, variables } = rig.workplace;
    await makeZones(rig.administrator, ZONES);
    await rig.administrator[Symbol.asyncDispose]();
    await samba.kill();
    const script = sambaCommands({ base: BASE, account: 'layanan', domain: 'CONTOH', grants: zoneGrants(BASE, OURS) });
    const options = `--configfile=${join(folder, 'rights.conf')}`;
    writeFileSync(join(folder, 'rights.conf'), readFileSync(join(samba.folder, 'smb.conf')));
    const env = { ...ENV, H: join(samba.folder, 'private/sam.ldb'), OPTIONS: options };
    const { status, stderr } = spawnSync('sh', ['-eu', '-c', script], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`Cannot give the rights: ${stderr}`);
    await samba.start();
    environment = join(folder, 'directory-zones.yaml');
    const text = readFileSync(variables.LAYANAN_ENVIRONMENT ?? '', 'utf8');
    writeFileSync(environment, text.replace(/^dns:\n {2}at: .*$/m, 'dns:\n  at: { type: directory }'));
  }, LIMIT_MS);
  afterAll(() => rig.stop());

  describe('zones that Active Directory holds', () => {
    it(
      'hold an address, its name and its alias, give them back, and a second run writes nothing',
      async () => {
        const office = rig.office('zona', { env: { LAYANAN_ENVIRONMENT: environment, LAYANAN_DNS_KEY: '' } });
        const order = async (text: string) => {
          office.write({ 'djp/spt': text });
          await office.approveDeletes('djp/spt');
          expect(await office.apply()).toMatchObject({ exit: 0 });
        };
        await using directory = await connectDirectory(rig.workplace.samba.settings(SERVICE));
        const zones = createDirectoryZones({ directory, base: BASE, zones: OURS, now: () => new Date() });
        await order(addressRequest('spt', ['aliases: [pajak]']));
        expect(await zones.query('spt.djp.contoh.test', 'A')).toMatchObject([{ data: '10.30.8.10' }]);
        expect(await zones.query('10.8.30.10.in-addr.arpa', 'PTR')).toMatchObject([{ data: 'spt.djp.contoh.test' }]);
        expect(await zones.query('pajak.djp.contoh.test', 'CNAME')).toMatchObject([{ data: 'spt.djp.contoh.test' }]);
        const intents = office.intents().length;
        expect(await office.layanan(['plan'])).toMatchObject({
          exit: 0,
          out: expect.stringContaining('Nothing to do'),
        });
        expect(office.intents()).toHaveLength(intents);
        await order(addressRequest('spt-baru', []));
        expect(await zones.query('spt-baru.djp.contoh.test', 'A')).toMatchObject([{ data: '10.30.8.10' }]);
        expect(await zones.query('pajak.djp.contoh.test', 'CNAME')).toEqual([]);
        await order(addressRequest('spt-baru', [], ['state: deleted']));
        expect(await zones.query('spt-baru.djp.contoh.test', 'A')).toEqual([]);
        expect(await zones.query('10.8.30.10.in-addr.arpa', 'PTR')).toEqual([]);
      },
      LIMIT_MS,
    );

    it.each([
      ['the zone itself', `DC=djp.contoh.test,CN=MicrosoftDNS,DC=DomainDnsZones,${BASE}`, 'dNSProperty'],
      ['the container of zones', `CN=MicrosoftDNS,DC=DomainDnsZones,${BASE}`, 'description'],
    ])('are not changed as a whole: %s', async (_, place, attribute) => {
      await using directory = await connectDirectory(rig.workplace.samba.settings(SERVICE));
      const refused = await directory
        .modify(dn(place), [{ operation: 'replace', attribute, values: ['x'] }])
        .catch((error: unknown) => error);
      expect(refused instanceof TargetError && codesOf(refused).ldap).toBe(LDAP.insufficientAccessRights);
    });

    it('are not deleted, and none is added', async () => {
      await using directory = await connectDirectory(rig.workplace.samba.settings(SERVICE));
      const place = (zone: string) => dn(`DC=${zone},CN=MicrosoftDNS,DC=DomainDnsZones,${BASE}`);
      for (const attempt of [
        directory.del(place('djp.contoh.test')),
        directory.add(place('liar.contoh.test'), { objectClass: ['top', 'dnsZone'] }),
      ]) {
        const refused = await attempt.catch((error: unknown) => error);
        expect(refused instanceof TargetError && codesOf(refused).ldap).toBe(LDAP.insufficientAccessRights);
      }
    });
  });
});
