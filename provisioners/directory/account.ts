/** An account's fields and its attributes. */
import type { Fields, FieldValue } from '../../core/kinds.ts';
import { type Dn, dnKey, parseDn, relativeTo, sentDn } from './dn.ts';
import type { Target } from './entry-changes.ts';
import { expiryOf, lastDayOf } from './expiry.ts';
import {
  ADDRESS_ATTRIBUTES,
  aliasesOf,
  LIMIT_ATTRIBUTES,
  mailOf,
  mailTarget,
  messageOf,
  quotaOf,
} from './mail-attributes.ts';
import { MARKER, type Marker, parseMarker } from './marker.ts';
import { type Entry, textOf, textsOf } from './protocol.ts';

/** userAccountControl (Microsoft Learn, "UserAccountControl property flags"). */
const DISABLED = 0x2;
const NORMAL = 0x200;

const PLAIN = ['displayName', 'userPrincipalName', 'employeeNumber'] as const;

export const ACCOUNT_ATTRIBUTES: readonly string[] = [
  'objectClass',
  'objectGUID',
  'objectSid',
  'sAMAccountName',
  'cn',
  ...PLAIN,
  'userAccountControl',
  'accountExpires',
  'pwdLastSet',
  'memberOf',
  'primaryGroupID',
  'adminCount',
  MARKER,
  ...ADDRESS_ATTRIBUTES,
  ...LIMIT_ATTRIBUTES,
];

/** The organisational unit of an entry, in the server's spelling, without the domain's base. */
export const ouOf = (entry: Entry, base: Dn): string => {
  const parent = relativeTo(parseDn(entry.dn).slice(1), base);
  return parent.length === 0 ? '' : sentDn(parent);
};

const controlOf = (entry: Entry) => Number(textOf(entry, 'userAccountControl') ?? '0');

/** Keys of the open groups that an entry is in; nested ones do not count. */
export const openGroupsOf = (entry: Entry, openGroups: ReadonlyMap<string, string>): readonly string[] =>
  textsOf(entry, 'memberOf')
    .flatMap((dn) => openGroups.get(dnKey(parseDn(dn))) ?? [])
    .sort();

/** @param openGroups DN key to key of the groups whose members requests may change; other memberships are not ours */
export function accountFields(entry: Entry, base: Dn, openGroups: ReadonlyMap<string, string>): Fields {
  const plain = Object.fromEntries(PLAIN.map((name) => [name, textOf(entry, name) ?? null]));
  const { passwordResetAt, unblockedAt }: Partial<Marker> = parseMarker(textOf(entry, MARKER)) ?? {};
  return {
    ou: ouOf(entry, base),
    cn: textOf(entry, 'cn') ?? '',
    ...plain,
    enabled: (controlOf(entry) & DISABLED) === 0,
    expires: lastDayOf(textOf(entry, 'accountExpires')),
    mail: mailOf(entry),
    aliases: aliasesOf(entry),
    groups: openGroupsOf(entry, openGroups),
    mailboxKb: quotaOf(entry),
    messageKb: messageOf(entry),
    ...(passwordResetAt === undefined ? {} : { passwordResetAt }),
    ...(unblockedAt === undefined ? {} : { unblockedAt }),
  };
}

const single = (value: FieldValue | undefined): readonly string[] => (typeof value === 'string' ? [value] : []);

/** A server has its own value for no end at creation, and no end may be spelled in two ways. */
function expiryTarget(entry: Entry | undefined, { expires }: Fields): Target {
  const isThere = (lastDayOf(entry && textOf(entry, 'accountExpires')) ?? null) === expires;
  return typeof expires === 'string' || (expires === null && !isThere) ? { accountExpires: [expiryOf(expires)] } : {};
}

/**
 * The attributes for the fields in `changed`: not the name, the groups and the password, which have operations of
 * their own. The disabled flag is set in what was read, never as a constant: other flags belong to others.
 */
export function accountTarget(entry: Entry | undefined, changed: Fields, before: Fields): Target {
  const fields = { ...before, ...changed };
  const plain = Object.fromEntries(
    PLAIN.filter((name) => name in changed).map((name) => [name, single(changed[name])]),
  );
  const control = entry === undefined ? NORMAL : controlOf(entry);
  const enabled = entry === undefined ? changed.enabled !== false : changed.enabled;
  return {
    ...plain,
    ...(typeof enabled === 'boolean'
      ? { userAccountControl: [String(enabled ? control & ~DISABLED : control | DISABLED)] }
      : {}),
    ...expiryTarget(entry, changed),
    ...mailTarget(entry, fields, changed),
  };
}
