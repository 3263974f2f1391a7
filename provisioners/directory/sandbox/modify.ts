import { LDAP, refusal } from '../directory-error.ts';
import type { AttributeValue, Modification } from '../protocol.ts';
import { acceptPassword, checkEnabled, fileTime } from './password.ts';
import { checkEntry, checkRights, type Rights } from './rules.ts';
import { type AttributeType, checkCount, checkValues } from './schema.ts';
import type { Row, Tree } from './store.ts';
import { existing } from './tree.ts';

type Draft = { -readonly [K in keyof Omit<Row, 'usn'>]: Row[K] } & { values: Record<string, readonly string[]> };

/** Carries out all modifications in their order, or none: the caller's transaction is rolled back by the error. */
export function modify(tree: Tree, rights: Rights, name: string, changes: readonly Modification[]): void {
  const row = existing(tree, 'modify', name);
  checkRights(tree, rights, 'modify', row, false);
  const { usn: _usn, ...stored } = row;
  const draft: Draft = { ...stored, values: { ...row.values } };
  for (const change of changes) {
    const type = checkValues('modify', change.attribute, change.values);
    if (type.name.toLowerCase() === row.rdn.type.toLowerCase())
      throw refusal('modify', 67, '00002016: the name is changed by modifyDN only');
    if (type.name === 'member') modifyMembers(tree, row, change);
    else if (type.name === 'unicodePwd') setPassword(tree, draft, change);
    else modifyValues(tree, draft, type, change);
  }
  checkEntry(tree, 'modify', draft);
  if (draft.values.userAccountControl !== undefined)
    checkEnabled('modify', Number(draft.values.userAccountControl[0]), draft.password);
  tree.store.put(draft);
}

const sameText = (a: string) => (b: AttributeValue) => a.toLowerCase() === String(b).toLowerCase();

function modifyValues(tree: Tree, draft: Draft, type: AttributeType, { operation, values }: Modification): void {
  const held = draft.values[type.name] ?? [];
  const given = values.map((value) => settable(tree, type, String(value)));
  let next: readonly string[] = given;
  if (operation === 'delete') {
    const absent =
      values.length === 0 ? held.length === 0 : values.some((value) => !held.some(sameText(String(value))));
    if (absent) throw refusal('modify', LDAP.noSuchAttribute, `00002085: '${type.name}' has no such value`);
    next = values.length === 0 ? [] : held.filter((one) => !values.some(sameText(one)));
  } else if (operation === 'add') {
    if (given.length === 0) throw refusal('modify', LDAP.constraintViolation, `00002082: '${type.name}' has no value`);
    if (given.some((value) => held.some(sameText(value))))
      throw refusal('modify', LDAP.attributeOrValueExists, `00002083: '${type.name}' has that value already`);
    next = [...held, ...given];
  }
  checkCount('modify', type, next.length);
  if (next.length > 0) draft.values[type.name] = next;
  else delete draft.values[type.name];
  if (type.name === 'lockoutTime') draft.badPasswords = 0;
}

/** Times that the server sets itself take special values only. */
function settable(tree: Tree, type: AttributeType, value: string): string {
  if (type.name === 'pwdLastSet') {
    if (value === '-1') return fileTime(tree.now());
    if (value !== '0') throw refusal('modify', LDAP.unwillingToPerform, '0000209A: pwdLastSet takes 0 and -1');
  }
  if (type.name === 'lockoutTime' && value !== '0')
    throw refusal('modify', LDAP.unwillingToPerform, '0000209A: lockoutTime takes 0');
  return value;
}

function setPassword(tree: Tree, draft: Draft, { operation, values }: Modification): void {
  if (operation !== 'replace' || values.length !== 1)
    throw refusal('modify', LDAP.unwillingToPerform, '00002035: a reset replaces unicodePwd by one value');
  draft.password = acceptPassword('modify', values[0], draft.values.sAMAccountName?.[0] ?? '');
  draft.values.pwdLastSet = [fileTime(tree.now())];
}

/** Twice a member: 68. Not a member: 53, and 16 where nobody is: so the code proves nothing. */
function modifyMembers(tree: Tree, group: Row, { operation, values }: Modification): void {
  const { store } = tree;
  const given = values.map((value) => existing(tree, 'modify', String(value)).guid);
  const add = (guid: string) => {
    if (store.isMember(group.guid, guid))
      throw refusal('modify', LDAP.entryAlreadyExists, '00000562: it is a member already');
    store.link(group.guid, guid);
  };
  if (operation === 'delete' && !store.hasMembers(group.guid))
    throw refusal('modify', LDAP.noSuchAttribute, '00002085: the group has no members');
  const all = operation === 'replace' || values.length === 0;
  const leaving = all ? store.membersOf(group.guid) : given;
  for (const guid of operation === 'add' ? [] : leaving) {
    if (!store.isMember(group.guid, guid))
      throw refusal('modify', LDAP.unwillingToPerform, '00000561: it is no member');
    store.unlink(group.guid, guid);
  }
  if (operation !== 'delete') given.forEach(add);
}
