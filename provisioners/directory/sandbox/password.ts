/** Passwords of the sandbox: policy, storage, and the answers of a bind. */
import { createHash, randomBytes } from 'node:crypto';
import { LDAP, refusal } from '../directory-error.ts';
import { dnKey } from '../dn.ts';
import type { AttributeValue } from '../protocol.ts';
import type { Row, Tree } from './store.ts';

const SHORTEST = 7;
const CLASSES = 3;
/** userAccountControl flags. */
const DISABLED = 0x2;
const NOT_REQUIRED = 0x20;

/** 100-nanosecond intervals since 1601. */
export const fileTime = (date: Date): string => String((BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n);

const hash = (salt: string, password: string) => createHash('sha256').update(`${salt}${password}`).digest('hex');

/** @throws TargetError (53, 00002035) for a value that is not UTF-16LE in quotes */
function readPassword(operation: string, value: AttributeValue | undefined): string {
  const text = Buffer.isBuffer(value) && value.length % 2 === 0 ? value.toString('utf16le') : '';
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"'))
    throw refusal(operation, LDAP.unwillingToPerform, '00002035: unicodePwd wants UTF-16LE in quotes');
  return text.slice(1, -1);
}

const classesOf = (password: string) =>
  [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u].filter((one) => one.test(password)).length;

/** What to store for a new password. @throws TargetError (19, 0000052D) for one that the policy refuses */
export function acceptPassword(operation: string, value: AttributeValue | undefined, accountName: string): string {
  const password = readPassword(operation, value);
  const hasName = accountName.length > 2 && password.toLowerCase().includes(accountName.toLowerCase());
  if (password.length < SHORTEST || classesOf(password) < CLASSES || hasName)
    throw refusal(operation, LDAP.constraintViolation, '0000052D: the password does not meet the policy');
  const salt = randomBytes(8).toString('hex');
  return `${salt}:${hash(salt, password)}`;
}

/** @throws TargetError (53, 0000052D): an enabled account must have a password, as on Windows */
export function checkEnabled(operation: string, control: number, password: string | null): void {
  if ((control & DISABLED) === 0 && (control & NOT_REQUIRED) === 0 && password === null)
    throw refusal(operation, LDAP.unwillingToPerform, '0000052D: an account without a password is not enabled');
}

/** Wrong passwords until an account is locked, as the domain says; 0: never. */
const lockoutThreshold = (tree: Tree): number =>
  Number(tree.store.child(null, dnKey(tree.base))?.values.lockoutThreshold?.[0] ?? 0);

/**
 * The `data` of a bind with this password: `ok`, 52e (unknown or wrong), 775 (locked), 533 (disabled), 701 (expired),
 * 773 (right, but must be changed). State is told only to those who know the password.
 */
export function bindData(tree: Tree, row: Row | undefined, password: string): string {
  if (row === undefined || row.password === null) return '52e';
  const first = (name: string, none = '0') => row.values[name]?.[0] ?? none;
  if (first('lockoutTime') !== '0') return '775';
  const [salt = '', stored] = row.password.split(':');
  if (hash(salt, password) !== stored) {
    const badPasswords = row.badPasswords + 1;
    const threshold = lockoutThreshold(tree);
    const locked = threshold > 0 && badPasswords >= threshold;
    const values = locked ? { ...row.values, lockoutTime: [fileTime(tree.now())] } : row.values;
    tree.store.put({ ...row, badPasswords, values });
    return '52e';
  }
  if ((Number(first('userAccountControl')) & DISABLED) !== 0) return '533';
  const expires = BigInt(first('accountExpires'));
  if (expires > 0n && expires < BigInt(fileTime(tree.now()))) return '701';
  if (first('pwdLastSet') === '0') return '773';
  if (row.badPasswords > 0) tree.store.put({ ...row, badPasswords: 0 });
  return 'ok';
}
