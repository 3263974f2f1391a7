/** What the domain of the tests holds before any test: schema, units, groups, people. */
import { join } from 'node:path';
import { loadPolicies } from '../../../policies/load.ts';
import { grantsFor, joinDomainGrants } from '../../../scripts/least-rights/grant.ts';
import { sambaCommands } from '../../../scripts/least-rights/samba-commands.ts';

export const BASE = 'DC=contoh,DC=test';
export const HOST = 'dc1.contoh.test';
export const ADMINISTRATOR = { user: 'administrator@contoh.test', password: 'Kata-Sandi.Induk-7' } as const;
/** Has the rights of `scripts/least-rights` and no others. */
export const SERVICE = { user: 'layanan@contoh.test', password: 'Kata-Sandi.Layanan-7' } as const;

const SCHEMA = `CN=Schema,CN=Configuration,${BASE}`;
/** Syntax and oMSyntax of the attributes that a mail system adds to the schema ([MS-ADTS] 3.1.1.2.2.2). */
const SYNTAX = { Boolean: ['2.5.5.8', '1'], Integer: ['2.5.5.9', '2'], Text: ['2.5.5.12', '64'] } as const;
const MAIL_ATTRIBUTES = [
  ['mDBUseDefaults', 'Boolean'],
  ['mDBStorageQuota', 'Integer'],
  ['mDBOverQuotaLimit', 'Integer'],
  ['mDBOverHardQuotaLimit', 'Integer'],
  ['delivContLength', 'Integer'],
  ['submissionContLength', 'Integer'],
  ['mailNickname', 'Text'],
] as const satisfies readonly (readonly [string, keyof typeof SYNTAX])[];
/** An arc for documentation (RFC 5612); LDAP clients never see it. */
const ARC = '1.3.6.1.4.1.32473';

const added = (dn: string, ...lines: readonly string[]) => [`dn: ${dn}`, 'changetype: add', ...lines, ''].join('\n');

const attributes = MAIL_ATTRIBUTES.map(([name, syntax], index) =>
  added(
    `CN=${name},${SCHEMA}`,
    'objectClass: attributeSchema',
    `lDAPDisplayName: ${name}`,
    `attributeID: ${ARC}.1.${index + 1}`,
    `attributeSyntax: ${SYNTAX[syntax][0]}`,
    `oMSyntax: ${SYNTAX[syntax][1]}`,
    'isSingleValued: TRUE',
  ),
).join('\n');

const auxiliary = added(
  `CN=contohMailStorage,${SCHEMA}`,
  'objectClass: classSchema',
  'lDAPDisplayName: contohMailStorage',
  `governsID: ${ARC}.2.1`,
  'objectClassCategory: 3',
  'subClassOf: top',
  ...MAIL_ATTRIBUTES.map(([name]) => `mayContain: ${name}`),
);

const attached = `dn: CN=User,${SCHEMA}
changetype: modify
add: auxiliaryClass
auxiliaryClass: contohMailStorage
`;

const unit = (path: string) => added(`${path},${BASE}`, 'objectClass: organizationalUnit');
const user = (path: string, key: string, ...more: readonly string[]) =>
  added(
    `${path},${BASE}`,
    'objectClass: user',
    `sAMAccountName: ${key}`,
    `userPrincipalName: ${key}@contoh.test`,
    ...more,
  );
const group = (path: string, key: string, ...more: readonly string[]) =>
  added(`${path},${BASE}`, 'objectClass: group', `sAMAccountName: ${key}`, ...more);

const { organisation, environment } = loadPolicies(join(import.meta.dirname, '../../../policies'), 'sandbox');
const { internetGroup, guestGroup, raisedInternetGroup, joinDomainGroup } = environment.directory;
const UNITS = [...organisation.units.values()];
/** Organisational units of the sample ministry, those above first. */
const MINISTRY = UNITS.map(({ ou }) => ou).sort((a, b) => a.split(',').length - b.split(',').length);
/** Units whose joiners have their rights: each costs seconds. */
const JOINING = UNITS.filter(({ id }) => ['djp', 'setjen'].includes(id));
const joinersOf = (prefix: string) => `${joinDomainGroup}-${prefix}`;
const isTop = (ou: string) => !ou.includes(',');

/**
 * `OU=Uji` is the unit of the provisioner's tests; `OU=Tetangga` another one, where the service has no rights. Besides
 * them stand the units of the sample ministry.
 */
const tree = [
  ...MINISTRY.flatMap((ou) => [unit(ou), unit(`OU=Akun,${ou}`)]),
  unit('OU=Uji'),
  unit('OU=Akun,OU=Uji'),
  unit('OU=Lain,OU=Uji'),
  unit('OU=Grup'),
  unit('OU=Tetangga'),
  group('CN=internet,OU=Grup', 'internet', 'adminDescription: layanan-members'),
  ...[internetGroup, guestGroup, raisedInternetGroup, ...UNITS.map(({ prefix }) => joinersOf(prefix))].map((key) =>
    group(`CN=${key},OU=Grup`, key, 'adminDescription: layanan-members'),
  ),
  user('CN=Layanan,CN=Users', 'layanan'),
  user('CN=Pengelola,CN=Users', 'pengelola'),
  user('CN=Tetangga,OU=Tetangga', 'tetangga'),
  group('CN=Grup Tetangga,OU=Tetangga', 'grup-tetangga'),
  added(
    `CN=PC-TETANGGA,OU=Tetangga,${BASE}`,
    'objectClass: computer',
    'sAMAccountName: PC-TETANGGA$',
    'userAccountControl: 4096',
  ),
  `dn: CN=Domain Admins,CN=Users,${BASE}\nchangetype: modify\nadd: member\nmember: CN=Pengelola,CN=Users,${BASE}\n`,
].join('\n');

/** An authority, and a key for the domain controller signed by it: clients trust nothing else. */
const CERTIFICATES = `
mkdir -p "$1"
cd "$1"
key='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -batch'
openssl req -x509 $key -keyout ca.key -out ca.pem -days 3650 -subj '/CN=Contoh Test CA' -addext 'keyUsage=critical,keyCertSign'
openssl req $key -keyout key.pem -out dc1.csr -subj '/CN=${HOST}'
printf 'subjectAltName=DNS:${HOST}\\nextendedKeyUsage=serverAuth\\n' >dc1.ext
openssl x509 -req -in dc1.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -out cert.pem -extfile dc1.ext
chmod 600 key.pem
rm ca.key dc1.csr dc1.ext`;

/** Input of `template.py`. */
export const RECIPE = {
  realm: 'CONTOH.TEST',
  domain: 'CONTOH',
  password: ADMINISTRATOR.password,
  ldif: [attributes, auxiliary, attached, tree],
  passwords: { layanan: SERVICE.password, pengelola: 'Kata-Sandi.Pengelola-7', tetangga: 'Kata-Sandi.Tetangga-7' },
  certificates: CERTIFICATES,
  rights: [
    { account: 'layanan', grants: grantsFor(BASE, ['OU=Uji', ...MINISTRY.filter(isTop)], 'OU=Grup', true) },
    ...JOINING.map(({ prefix, ou }) => ({ account: joinersOf(prefix), grants: joinDomainGrants(BASE, [ou]) })),
  ]
    .map((grant) => sambaCommands({ base: BASE, domain: 'CONTOH', ...grant }))
    .join(''),
};
