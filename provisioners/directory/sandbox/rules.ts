/** Rules over a whole entry, checked before it is stored. */
import { LDAP, refusal } from '../directory-error.ts';
import { checkCount, typeOf } from './schema.ts';
import type { Row, Tree } from './store.ts';
import { isDelegated } from './tree.ts';

const LONGEST_ACCOUNT_NAME = 20;
const ACCOUNT_NAME = /^[^"/\\[\]:;|=,+*?<>\p{Cc}]+$/u;

/** Who asks: the service has rights below delegated organisational units only. */
export type Rights = 'service' | 'administrator';

/** @throws TargetError (50, 00002098) */
export function checkRights(tree: Tree, rights: Rights, operation: string, row: Row, itself: boolean): void {
  if (rights === 'service' && !isDelegated(tree, row, itself))
    throw refusal(operation, LDAP.insufficientAccessRights, '00002098: no rights on this object');
}

const has = (row: Pick<Row, 'values'>, objectClass: string) =>
  (row.values.objectClass ?? []).some((name) => name.toLowerCase() === objectClass);

/** @throws TargetError as Active Directory on Windows answers */
export function checkEntry(tree: Tree, operation: string, row: Omit<Row, 'usn'>): void {
  for (const [name, values] of Object.entries(row.values)) {
    const type = typeOf(name);
    if (type !== undefined) checkCount(operation, type, values.length);
  }
  if (row.rdn.value.length > 64)
    throw refusal(operation, LDAP.constraintViolation, '00002082: the name is longer than 64');
  const accountName = row.values.sAMAccountName?.[0];
  if (has(row, 'user') || has(row, 'group')) {
    const longest = has(row, 'user') ? LONGEST_ACCOUNT_NAME : 256;
    if (accountName === undefined)
      throw refusal(operation, LDAP.objectClassViolation, '00002014: sAMAccountName is missing');
    if (accountName.length > longest || !ACCOUNT_NAME.test(accountName))
      throw refusal(
        operation,
        LDAP.constraintViolation,
        '00000057: sAMAccountName is too long or has a forbidden character',
      );
  }
  unique(tree, operation, row, 'sAMAccountName', LDAP.entryAlreadyExists, '00002071');
  unique(tree, operation, row, 'userPrincipalName', LDAP.constraintViolation, '0000202F');
}

function unique(tree: Tree, operation: string, row: Omit<Row, 'usn'>, name: string, code: number, win32: string): void {
  const value = row.values[name]?.[0];
  if (value !== undefined && tree.store.withValue(name, value).some((guid) => guid !== row.guid))
    throw refusal(operation, code, `${win32}: ${name} is in use`);
}
