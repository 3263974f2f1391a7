/** What the service account must not be able to do, whatever our own code does: each is refused by the server. */
import type { DirectoryClient } from '../../../provisioners/directory/protocol.ts';
import { BASE } from '../../servers/samba/recipe.ts';
import { dn, unicodePwd } from './server.ts';

export interface Forbidden {
  readonly name: string;
  attempt(client: DirectoryClient): Promise<void>;
}

const NEIGHBOURS = 'OU=Tetangga';
const NEIGHBOUR = `CN=Tetangga,${NEIGHBOURS}`;
const NEIGHBOURS_GROUP = `CN=Grup Tetangga,${NEIGHBOURS}`;
const COMPUTER = `CN=PC-TETANGGA,${NEIGHBOURS}`;
const SELF = 'CN=Layanan,CN=Users';
const OPEN = 'CN=internet,OU=Grup';
/** An account and a group of the unit, created by the service itself. */
export const OWN = 'CN=Andi Pratama,OU=Akun,OU=Uji';
export const OWN_GROUP = 'CN=Milis Uji,OU=Akun,OU=Uji';
const CONFIGURATION = 'CN=Configuration';

const at = (path: string) => dn(path === '' ? BASE : `${path},${BASE}`);
const where = (path: string) => (path === '' ? 'the domain' : path);
const PASSWORD = unicodePwd('Kata-Sandi.Baru-7');

const set = (path: string, attribute: string, ...values: readonly (string | Buffer)[]): Forbidden => ({
  name: `set ${attribute} of ${where(path)}${typeof values[0] === 'string' && values[0].length < 20 ? ` to ${values[0]}` : ''}`,
  attempt: (client) => client.modify(at(path), [{ operation: 'replace', attribute, values }]),
});
const join = (path: string, member: string): Forbidden => ({
  name: `add ${member} to ${path}`,
  attempt: (client) => client.modify(at(path), [{ operation: 'add', attribute: 'member', values: [at(member)] }]),
});
const create = (path: string, objectClass: string, more: Record<string, (string | Buffer)[]> = {}): Forbidden => ({
  name: `create a ${objectClass} as ${path}`,
  attempt: (client) => client.add(at(path), { objectClass: [objectClass], ...more }),
});
const remove = (path: string): Forbidden => ({ name: `delete ${path}`, attempt: (client) => client.del(at(path)) });
const move = (path: string, rdn: string, parent: string): Forbidden => ({
  name: `move ${path} to ${rdn},${where(parent)}`,
  attempt: (client) => client.modifyDn(at(path), dn(rdn), at(parent)),
});
const named = (key: string) => ({ sAMAccountName: [key] });

/** A descriptor that gives everyone all rights; owner and group are left out ([MS-DTYP] 2.4.6). */
const EVERYONE = Buffer.concat([
  Buffer.from([1, 0, 0x04, 0x80, ...[0, 0, 0, 0], ...[0, 0, 0, 0], ...[0, 0, 0, 0], ...[20, 0, 0, 0]]),
  Buffer.from([4, 0, 28, 0, 1, 0, 0, 0, 0, 0, 20, 0, 0xff, 0x01, 0x0f, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]),
]);
const permissions = (path: string): Forbidden => ({
  ...set(path, 'nTSecurityDescriptor', EVERYONE),
  name: `change the permissions of ${where(path)}`,
});

const neighbours: readonly Forbidden[] = [
  create(`CN=Liar,${NEIGHBOURS}`, 'user', named('liar')),
  create(`CN=Liar,${NEIGHBOURS}`, 'group', named('liar')),
  create(`CN=LIAR,${NEIGHBOURS}`, 'computer', named('LIAR$')),
  create(`OU=Liar,${NEIGHBOURS}`, 'organizationalUnit'),
  set(NEIGHBOUR, 'displayName', 'x'),
  set(NEIGHBOUR, 'unicodePwd', PASSWORD),
  set(NEIGHBOUR, 'userAccountControl', '514'),
  set(NEIGHBOUR, 'pwdLastSet', '0'),
  set(NEIGHBOUR, 'lockoutTime', '0'),
  set(NEIGHBOUR, 'accountExpires', '1'),
  set(NEIGHBOUR, 'adminDescription', 'layanan:djp/andi'),
  set(NEIGHBOUR, 'proxyAddresses', 'SMTP:x@contoh.test'),
  set(NEIGHBOUR, 'mDBUseDefaults', 'TRUE'),
  permissions(NEIGHBOUR),
  remove(NEIGHBOUR),
  move(NEIGHBOUR, 'CN=Lain', NEIGHBOURS),
  move(NEIGHBOUR, 'CN=Tetangga', 'OU=Akun,OU=Uji'),
  join(NEIGHBOURS_GROUP, OWN),
  set(NEIGHBOURS_GROUP, 'adminDescription', 'layanan-members'),
  remove(NEIGHBOURS_GROUP),
  set(COMPUTER, 'servicePrincipalName', 'host/x'),
  set(COMPUTER, 'dNSHostName', 'x.contoh.test'),
  set(COMPUTER, 'msDS-AllowedToActOnBehalfOfOtherIdentity', EVERYONE),
  set(COMPUTER, 'unicodePwd', PASSWORD),
  remove(COMPUTER),
  permissions(NEIGHBOURS),
  remove(NEIGHBOURS),
  move(NEIGHBOURS, 'OU=Lain', ''),
];

const administration: readonly Forbidden[] = [
  ...['Domain Admins', 'Enterprise Admins', 'Schema Admins', 'Group Policy Creator Owners', 'Cert Publishers'].map(
    (name) => join(`CN=${name},CN=Users`, OWN),
  ),
  ...['Administrators', 'Account Operators', 'Backup Operators', 'Server Operators', 'Print Operators'].map((name) =>
    join(`CN=${name},CN=Builtin`, OWN),
  ),
  join('CN=Domain Admins,CN=Users', SELF),
  set('CN=Administrator,CN=Users', 'unicodePwd', PASSWORD),
  set('CN=krbtgt,CN=Users', 'unicodePwd', PASSWORD),
  set('CN=Pengelola,CN=Users', 'unicodePwd', PASSWORD),
  set('CN=Administrator,CN=Users', 'userAccountControl', '514'),
  set('CN=Administrator,CN=Users', 'adminDescription', 'layanan:djp/andi'),
  remove('CN=Pengelola,CN=Users'),
  move('CN=Administrator,CN=Users', 'CN=Lain', 'CN=Users'),
  move('CN=Pengelola,CN=Users', 'CN=Pengelola', 'OU=Akun,OU=Uji'),
  create('CN=Liar,CN=Users', 'user', named('liar')),
  create('CN=Liar,CN=Builtin', 'group', named('liar')),
  create('CN=LIAR,CN=Computers', 'computer', { ...named('LIAR$'), userAccountControl: ['4096'] }),
  create('CN=LIAR,OU=Domain Controllers', 'computer', { ...named('LIAR$'), userAccountControl: ['532480'] }),
  set('CN=DC1,OU=Domain Controllers', 'userAccountControl', '4096'),
  set('CN=DC1,OU=Domain Controllers', 'msDS-AllowedToActOnBehalfOfOtherIdentity', EVERYONE),
  permissions('CN=AdminSDHolder,CN=System'),
  set(SELF, 'userAccountControl', '590336'),
  set(SELF, 'servicePrincipalName', 'http/layanan'),
  set(SELF, 'adminDescription', 'layanan:djp/andi'),
  permissions(SELF),
];

const domain: readonly Forbidden[] = [
  set('', 'ms-DS-MachineAccountQuota', '1000'),
  set('', 'minPwdLength', '0'),
  set('', 'lockoutThreshold', '0'),
  set('', 'gPLink', '[LDAP://x;0]'),
  permissions(''),
  set('OU=Uji', 'gPLink', '[LDAP://x;0]'),
  set('OU=Uji', 'description', 'x'),
  permissions('OU=Uji'),
  permissions('OU=Grup'),
  remove('OU=Akun,OU=Uji'),
  move('OU=Akun,OU=Uji', 'OU=Baru', 'OU=Uji'),
  create('CN={00000000-0000-0000-0000-000000000001},CN=Policies,CN=System', 'groupPolicyContainer'),
  create('CN=liar.test,CN=System', 'trustedDomain', { trustPartner: ['liar.test'], trustDirection: ['3'] }),
  create('CN=Liar,CN=Password Settings Container,CN=System', 'msDS-PasswordSettings'),
  set(`CN=Directory Service,CN=Windows NT,CN=Services,${CONFIGURATION}`, 'dSHeuristics', '0000000001'),
  set(`CN=Partitions,${CONFIGURATION}`, 'uPNSuffixes', 'liar.test'),
  create(`CN=Liar,CN=Sites,${CONFIGURATION}`, 'site'),
  create(`CN=liar,CN=Schema,${CONFIGURATION}`, 'attributeSchema', {
    lDAPDisplayName: ['liar'],
    attributeID: ['1.3.6.1.4.1.32473.9'],
    attributeSyntax: ['2.5.5.12'],
    oMSyntax: ['64'],
  }),
  set(`CN=User,CN=Schema,${CONFIGURATION}`, 'defaultSecurityDescriptor', 'D:(A;;GA;;;WD)'),
];

const ownObjects: readonly Forbidden[] = [
  ...(
    [
      ['sAMAccountName', 'dc1'],
      ['servicePrincipalName', 'http/x'],
      ['msDS-AllowedToDelegateTo', 'cifs/dc1'],
      ['msDS-AllowedToActOnBehalfOfOtherIdentity', EVERYONE],
      ['altSecurityIdentities', 'Kerberos:x@y'],
      ['adminCount', '0'],
      ['sIDHistory', Buffer.from('010100000000000512000000', 'hex')],
      ['primaryGroupID', '512'],
      ['objectSid', Buffer.from('010100000000000512000000', 'hex')],
      ['memberOf', at('CN=Domain Admins,CN=Users')],
      ['scriptPath', 'x.bat'],
      ['profilePath', '\\\\x\\y'],
      ['homeDirectory', '\\\\x\\y'],
      ['userWorkstations', 'x'],
      ['logonHours', Buffer.alloc(21)],
      ['description', 'x'],
      ['whenCreated', '20200101000000.0Z'],
      // Trusted for delegation, trusted to authenticate for delegation, no password needed, a password that can be read.
      ['userAccountControl', String(0x80200)],
      ['userAccountControl', String(0x1000200)],
      ['userAccountControl', String(0x220)],
      ['userAccountControl', String(0x280)],
    ] as const
  ).map(([attribute, value]) => set(OWN, attribute, value)),
  permissions(OWN),
  permissions(OWN_GROUP),
  set(OWN_GROUP, 'sAMAccountName', 'domain-admins'),
  set(OWN_GROUP, 'groupType', '2'),
  set(OWN_GROUP, 'managedBy', at(OWN)),
  move(OWN, 'CN=Andi', 'CN=Users'),
  move(OWN, 'CN=Andi', NEIGHBOURS),
  move(OWN, 'CN=Andi', 'OU=Domain Controllers'),
  create('CN=LIAR,OU=Akun,OU=Uji', 'computer', named('LIAR$')),
  create('OU=Liar,OU=Uji', 'organizationalUnit'),
  create('CN=Liar,OU=Uji', 'container'),
  create('CN=Liar,OU=Uji', 'contact'),
  create('CN=Liar,OU=Uji', 'inetOrgPerson', named('liar')),
  create('CN=Liar,OU=Uji', 'msDS-GroupManagedServiceAccount', named('liar$')),
  create('CN=Liar,OU=Uji', 'serviceConnectionPoint'),
];

const openGroups: readonly Forbidden[] = [
  set(OPEN, 'adminDescription', 'layanan:djp/andi'),
  set(OPEN, 'displayName', 'x'),
  set(OPEN, 'groupType', '2'),
  set(OPEN, 'sAMAccountName', 'lain'),
  permissions(OPEN),
  remove(OPEN),
  move(OPEN, 'CN=lain', 'OU=Grup'),
  move(OPEN, 'CN=internet', 'OU=Akun,OU=Uji'),
  create('CN=Liar,OU=Grup', 'group', named('liar')),
  create('CN=Liar,OU=Grup', 'user', named('liar')),
];

export const FORBIDDEN: readonly (readonly [subject: string, attempts: readonly Forbidden[]])[] = [
  ['another unit', neighbours],
  ['the administration', administration],
  ['the domain', domain],
  ['objects of its own unit', ownObjects],
  ['the open groups', openGroups],
];
