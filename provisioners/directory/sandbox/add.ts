import { randomBytes } from 'node:crypto';
import { LDAP, refusal } from '../directory-error.ts';
import { type Dn, dnKey, type Rdn } from '../dn.ts';
import type { Attributes } from '../protocol.ts';
import { acceptPassword, checkEnabled, fileTime } from './password.ts';
import { checkEntry, checkRights, type Rights } from './rules.ts';
import { checkValues, typeOf } from './schema.ts';
import type { Row, Tree } from './store.ts';
import { existing, locate, readName, spell } from './tree.ts';

const FIRST_RID = 1100;
/** What Windows gives a user without a word about it: disabled, no password needed, normal. */
const DEFAULT_CONTROL = '546';
const DOMAIN_USERS = '513';

const stamped = (name: string, value: string, tree: Tree) =>
  name === 'pwdLastSet' && value === '-1' ? fileTime(tree.now()) : value;

/** Adds one entry. @param rid fixed for the domain's own groups */
export function add(tree: Tree, rights: Rights, name: string, attributes: Attributes, rid?: number): void {
  const dn = readName('add', name);
  const [rdn, ...above] = dn;
  const parent = rdn && above.length > 0 ? existing(tree, 'add', spell(above)) : undefined;
  if (rdn === undefined || parent === undefined) throw refusal('add', LDAP.noSuchObject, '0000208D: no such parent');
  checkRights(tree, rights, 'add', parent, true);
  if (locate(tree, 'add', spell(dn)) !== undefined)
    throw refusal('add', LDAP.entryAlreadyExists, '00002071: an entry of this name already exists');
  const { values, members, password } = readAttributes(tree, attributes);
  const classes = (values.objectClass ?? []).map((one) => one.toLowerCase());
  checkName(rdn, classes);
  const isUser = classes.includes('user');
  const row: Omit<Row, 'usn'> = {
    guid: randomBytes(16).toString('hex'),
    rid: rid ?? tree.store.next('rid', FIRST_RID),
    parent: parent.guid,
    rdn,
    values: {
      ...values,
      ...(isUser ? { primaryGroupID: [DOMAIN_USERS] } : {}),
      ...(isUser ? { userAccountControl: values.userAccountControl ?? [DEFAULT_CONTROL] } : {}),
      ...(isUser ? { pwdLastSet: values.pwdLastSet ?? [password === null ? '0' : fileTime(tree.now())] } : {}),
      whenCreated: [tree.now().toISOString()],
    },
    password,
    badPasswords: 0,
    delegated: false,
  };
  checkEntry(tree, 'add', row);
  if (isUser) checkEnabled('add', Number(row.values.userAccountControl?.[0]), password);
  tree.store.put(row);
  for (const member of members) tree.store.link(row.guid, existing(tree, 'add', member).guid);
}

function readAttributes(tree: Tree, attributes: Attributes) {
  const values: Record<string, readonly string[]> = {};
  const accountName = String(attributes.sAMAccountName?.[0] ?? '');
  let password: string | null = null;
  let members: readonly string[] = [];
  for (const [name, given] of Object.entries(attributes)) {
    const type = checkValues('add', name, given);
    if (given.length === 0) throw refusal('add', LDAP.constraintViolation, `00002082: '${name}' has no value`);
    if (type.name === 'unicodePwd') password = acceptPassword('add', given[0], accountName);
    else if (type.name === 'member') members = given.map(String);
    else if (type.name === 'pwdLastSet' && !['0', '-1'].includes(String(given[0])))
      throw refusal('add', LDAP.unwillingToPerform, '0000209A: pwdLastSet takes 0 and -1');
    else if (type.name !== 'cn' && type.name !== 'ou')
      values[type.name] = given.map((value) => stamped(type.name, String(value), tree));
  }
  return { values, members, password };
}

function checkName(rdn: Rdn, classes: readonly string[]): void {
  const wanted = classes.includes('organizationalunit') ? 'ou' : 'cn';
  if (rdn.type.toLowerCase() !== wanted || typeOf(rdn.type) === undefined)
    throw refusal('add', 64, `00002099: the name of this class is made of ${wanted}`);
  if (classes.length === 0) throw refusal('add', LDAP.objectClassViolation, '00002014: objectClass is missing');
}

/** The root entry: the base of the domain itself. */
export function plantBase(tree: Tree, base: Dn): void {
  if (tree.store.child(null, dnKey(base)) !== undefined) return;
  const rdn = { type: 'DC', value: dnKey(base) };
  const values = { objectClass: ['top', 'domain'] };
  const guid = randomBytes(16).toString('hex');
  tree.store.put({ guid, rid: 0, parent: null, rdn, values, password: null, badPasswords: 0, delegated: false });
}
