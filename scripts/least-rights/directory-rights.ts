/**
 * What accounts and groups may do that are prepared for requests: first the service account, which gets nothing but rights on the organisational units of
 * requests, and on the one that holds the groups open to requests. Names only: of classes and attributes of the schema,
 * and of extended rights ([MS-ADTS] 5.1.3.2.1).
 */

type ObjectClass = 'user' | 'group' | 'computer' | 'dnsNode';

export type Right =
  /** Create and delete objects of a class anywhere below. */
  | { readonly type: 'children'; readonly of: ObjectClass }
  /** Create objects of a class anywhere below, and not delete them. */
  | { readonly type: 'create'; readonly of: ObjectClass }
  /** A validated write: the server checks the value; with its GUID ([MS-ADTS] 3.1.1.5.3.1.1). */
  | { readonly type: 'validated'; readonly of: ObjectClass; readonly name: string; readonly guid: string }
  /** Read and write the attributes of a property set, with its GUID. */
  | { readonly type: 'set'; readonly of: ObjectClass; readonly name: string; readonly guid: string }
  /** Read and write one attribute of such objects. */
  | { readonly type: 'write'; readonly of: ObjectClass; readonly attribute: string; readonly why: string }
  /** An extended right, with its GUID. */
  | { readonly type: 'control'; readonly of: ObjectClass; readonly name: string; readonly guid: string }
  /** An object's owner may read its permissions, no longer change them: who creates an object owns it. */
  | { readonly type: 'owner' }
  /** An extended right of everybody's, taken from the service account; on the domain itself. */
  | { readonly type: 'denied'; readonly name: string; readonly guid: string };

const write = (of: ObjectClass, why: string, ...attributes: readonly string[]): readonly Right[] =>
  attributes.map((attribute) => ({ type: 'write', of, attribute, why }));

const NAME = ['name', 'cn'] as const;
const ADDRESSES = ['mail', 'proxyAddresses'] as const;
const LIMITS = [
  'mDBUseDefaults',
  'mDBStorageQuota',
  'mDBOverQuotaLimit',
  'mDBOverHardQuotaLimit',
  'delivContLength',
  'submissionContLength',
] as const;

/** On each organisational unit of `policies/organisation`. `mail` false: no Exchange schema, so no limits. */
export const unitRights = (mail: boolean): readonly Right[] => [
  { type: 'owner' },
  { type: 'children', of: 'user' },
  { type: 'children', of: 'group' },
  { type: 'control', of: 'user', name: 'Reset Password', guid: '00299570-246d-11d0-a768-00aa006e0529' },
  ...write('user', 'ownership marker', 'adminDescription'),
  ...write('user', 'rename and move', ...NAME),
  ...write('user', 'fields of an account', 'displayName', 'userPrincipalName', 'employeeNumber'),
  ...write('user', 'disable and enable', 'userAccountControl'),
  ...write('user', 'must change the password', 'pwdLastSet'),
  ...write('user', 'end of an account', 'accountExpires'),
  ...write('user', 'unlock', 'lockoutTime'),
  ...write('user', 'addresses', ...ADDRESSES),
  ...(mail ? write('user', 'mailbox limits', ...LIMITS) : []),
  ...write('group', 'ownership marker', 'adminDescription'),
  ...write('group', 'rename and move', ...NAME),
  ...write('group', 'fields of a group', 'displayName', 'member'),
  ...write('group', 'addresses', ...ADDRESSES),
];

/**
 * On the base of the domain. Every domain lets all users set these flags of accounts whose userAccountControl they may
 * write: no password needed, and a password kept so that it can be read.
 */
export const DOMAIN_RIGHTS: readonly Right[] = [
  { type: 'denied', name: 'Update Password Not Required Bit', guid: '280f369c-67c7-438e-ae98-1d46f3c6f541' },
  {
    type: 'denied',
    name: 'Enable Per User Reversibly Encrypted Password',
    guid: '05c74c5e-4deb-43b4-bd9f-86664c2a7fd5',
  },
];

/** On the organisational unit of the groups that accounts may join. */
export const OPEN_GROUP_RIGHTS: readonly Right[] = write('group', 'join and leave', 'member');

/** On each zone that Active Directory holds, where the environment has `dns: { at: { type: directory } }`. */
export const ZONE_RIGHTS: readonly Right[] = [
  { type: 'children', of: 'dnsNode' },
  ...write('dnsNode', 'records, and reviving what was deleted', 'dnsRecord', 'dNSTombstoned'),
];

/**
 * On a unit's organisational unit, for the group whose members may join computers to the domain there (item 5.4):
 * make a computer's account, set its password, and what a join writes. Nothing is deleted, nothing else is changed.
 */
export const JOIN_DOMAIN_RIGHTS: readonly Right[] = [
  { type: 'create', of: 'computer' },
  { type: 'control', of: 'computer', name: 'Reset Password', guid: '00299570-246d-11d0-a768-00aa006e0529' },
  {
    type: 'validated',
    of: 'computer',
    name: 'Validated write to DNS host name',
    guid: '72e39547-7b18-11d1-adef-00c04fd8d5cd',
  },
  {
    type: 'validated',
    of: 'computer',
    name: 'Validated write to service principal name',
    guid: 'f3a64788-5306-11d1-a9c5-0000f80367c1',
  },
  { type: 'set', of: 'computer', name: 'Account Restrictions', guid: '4c164200-20c0-11d0-a768-00aa006e0529' },
];
