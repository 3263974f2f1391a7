/** The directory's kinds in the shape of the contract of all provisioners. */

import type { Resource } from '../../../core/resource.ts';
import { accountTarget } from '../../../provisioners/directory/account.ts';
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { groupTarget } from '../../../provisioners/directory/group.ts';
import { type Disturbance, provisionerContract, type Rig, type Subject } from '../contract.ts';
import type { DirectoryServer } from './server.ts';
import { accountFields, groupFields, workbench } from './workbench.ts';

const placeOf = (server: DirectoryServer, { fields }: Resource) =>
  formatDn([{ type: 'CN', value: String(fields.cn) }, ...parseDn(`${String(fields.ou)},${server.base}`)]);

async function plant(server: DirectoryServer, resource: Resource): Promise<void> {
  const isGroup = resource.kind === 'directory-group';
  const target = isGroup ? groupTarget(undefined, resource.fields, {}) : accountTarget(undefined, resource.fields, {});
  await server.administrator.add(placeOf(server, resource), {
    objectClass: isGroup ? ['top', 'group'] : ['top', 'person', 'organizationalPerson', 'user'],
    sAMAccountName: [resource.key],
    ...Object.fromEntries(Object.entries(target).filter(([, values]) => values.length > 0)),
    ...(isGroup ? {} : { userAccountControl: ['514'] }),
  });
}

async function makeRig(makeServer: () => Promise<DirectoryServer>): Promise<Rig> {
  const server = await makeServer();
  const bench = workbench(server);
  return {
    provisioner: bench.provisioner,
    disturb: (disturbance: Disturbance) => bench.disturb(disturbance),
    plant: (resource) => plant(server, resource),
    tamper: (resource) =>
      server.administrator.modify(placeOf(server, resource), [
        { operation: 'replace', attribute: 'displayName', values: ['Diubah Orang Lain'] },
      ]),
    dispose: () => server.dispose(),
  };
}

/** `ou` and `group` of the server are known before it is made: every server of the contract has the same. */
export function directoryProvisionerContract(
  name: string,
  layout: Pick<DirectoryServer, 'ou' | 'group'>,
  makeServer: () => Promise<DirectoryServer>,
): void {
  const server = layout as DirectoryServer;
  const account: Subject = {
    kind: 'directory-account',
    resources: (request) => [
      {
        kind: 'directory-account',
        key: 'andi.pratama',
        request,
        fields: accountFields(server, { groups: [layout.group.key] }),
      },
    ],
    edited: { displayName: 'Andi P., S.E.', aliases: ['andi.p@contoh.test'], enabled: false, groups: [] },
  };
  const group: Subject = {
    kind: 'directory-group',
    resources: (request) => [{ kind: 'directory-group', key: 'milis-uji', request, fields: groupFields(server) }],
    edited: { cn: 'Milis Baru', mail: 'milis.baru@contoh.test' },
  };
  for (const subject of [account, group]) provisionerContract(name, subject, () => makeRig(makeServer));
}
