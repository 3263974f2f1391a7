import { type Dn, formatDn, parseDn } from './dn.ts';
import { MARKER, OPEN_GROUP } from './marker.ts';
import type { DirectorySandbox } from './sandbox.ts';

/** Where the open groups of the seed stand. */
const GROUPS = 'OU=Grup';
/** groupType of a global security group ([MS-ADTS] 2.2.12). */
const GLOBAL_SECURITY = '-2147483646';

const WELL_KNOWN = [
  { dn: 'CN=Administrator,CN=Users', name: 'Administrator', rid: 500, objectClass: 'user' },
  { dn: 'CN=Domain Admins,CN=Users', name: 'Domain Admins', rid: 512, objectClass: 'group' },
  { dn: 'CN=Schema Admins,CN=Users', name: 'Schema Admins', rid: 518, objectClass: 'group' },
  { dn: 'CN=Administrators,CN=Builtin', name: 'Administrators', rid: 544, objectClass: 'group' },
] as const;

export interface Seed {
  /** Base DN of the domain. */
  readonly base: string;
  /** Organisational units without the base, `OU=Akun,OU=DJP`; those above them are made too. */
  readonly ous: readonly string[];
  /** `sAMAccountName` of groups whose members requests may change, for example for internet access. */
  readonly groups: readonly string[];
}

const UNIT = { objectClass: ['top', 'organizationalUnit'] };

/** `OU=Akun,OU=DJP` as `OU=DJP`, `OU=Akun,OU=DJP`: from the top down. */
const pathsOf = (ou: string): Dn[] => {
  const dn = parseDn(ou);
  return dn.map((_, depth) => dn.slice(dn.length - 1 - depth));
};

/** Plants what is missing of the tree, and gives the service its rights on each organisational unit below the base. */
export function seedDirectory(server: DirectorySandbox, { base, ous, groups }: Seed): void {
  const domain = parseDn(base);
  const at = (relative: Dn) => formatDn([...relative, ...domain]);
  server.together(() => {
    for (const name of ['CN=Users', 'CN=Builtin'])
      server.plant(at(parseDn(name)), { objectClass: ['top', 'container'] });
    server.plant(at(parseDn('OU=Domain Controllers')), UNIT);
    for (const { dn, name, rid, objectClass } of WELL_KNOWN) {
      const attributes = { objectClass: ['top', objectClass], sAMAccountName: [name], adminCount: ['1'] };
      server.plant(at(parseDn(dn)), attributes, rid);
    }
    for (const path of [...ous, ...(groups.length > 0 ? [GROUPS] : [])].flatMap(pathsOf)) {
      const made = server.plant(at(path), UNIT) === 'made';
      if (made && path.length === 1) server.delegate(at(path));
    }
    for (const name of groups)
      server.plant(at([{ type: 'CN', value: name }, ...parseDn(GROUPS)]), {
        objectClass: ['top', 'group'],
        sAMAccountName: [name],
        groupType: [GLOBAL_SECURITY],
        [MARKER]: [OPEN_GROUP],
      });
  });
}
