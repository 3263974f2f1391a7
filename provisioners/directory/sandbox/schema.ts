/** The part of the directory's schema that the sandbox knows, and what it refuses about values. */
import { LDAP, refusal } from '../directory-error.ts';
import type { AttributeValue } from '../protocol.ts';

type Syntax = 'text' | 'integer' | 'largeInteger' | 'boolean' | 'dn' | 'octets';

export interface AttributeType {
  readonly name: string;
  readonly syntax: Syntax;
  /** Multi-valued where it is true. */
  readonly multi?: true;
  /** Characters (rangeUpper). */
  readonly longest?: number;
  /** Computed by the server. */
  readonly readOnly?: true;
  /** Searched by value often: kept in the index, lower case. */
  readonly indexed?: true;
}

const TYPES: readonly AttributeType[] = [
  { name: 'objectClass', syntax: 'text', multi: true },
  { name: 'cn', syntax: 'text', longest: 64 },
  { name: 'ou', syntax: 'text', longest: 64 },
  { name: 'name', syntax: 'text', readOnly: true },
  { name: 'sAMAccountName', syntax: 'text', longest: 256, indexed: true },
  { name: 'userPrincipalName', syntax: 'text', longest: 1024, indexed: true },
  { name: 'displayName', syntax: 'text', longest: 256 },
  { name: 'givenName', syntax: 'text', longest: 64 },
  { name: 'sn', syntax: 'text', longest: 64 },
  { name: 'description', syntax: 'text', multi: true, longest: 1024 },
  { name: 'employeeID', syntax: 'text', longest: 16 },
  { name: 'employeeNumber', syntax: 'text', longest: 512 },
  { name: 'mail', syntax: 'text', longest: 256, indexed: true },
  { name: 'mailNickname', syntax: 'text', longest: 64 },
  { name: 'proxyAddresses', syntax: 'text', multi: true, longest: 1123, indexed: true },
  { name: 'adminDescription', syntax: 'text', longest: 1024, indexed: true },
  { name: 'adminCount', syntax: 'integer' },
  { name: 'userAccountControl', syntax: 'integer' },
  { name: 'primaryGroupID', syntax: 'integer' },
  { name: 'groupType', syntax: 'integer' },
  { name: 'mDBUseDefaults', syntax: 'boolean' },
  { name: 'mDBStorageQuota', syntax: 'integer' },
  { name: 'mDBOverQuotaLimit', syntax: 'integer' },
  { name: 'mDBOverHardQuotaLimit', syntax: 'integer' },
  { name: 'delivContLength', syntax: 'integer' },
  { name: 'submissionContLength', syntax: 'integer' },
  { name: 'pwdLastSet', syntax: 'largeInteger' },
  { name: 'lockoutTime', syntax: 'largeInteger' },
  { name: 'lockoutThreshold', syntax: 'integer' },
  { name: 'accountExpires', syntax: 'largeInteger' },
  { name: 'unicodePwd', syntax: 'octets' },
  { name: 'member', syntax: 'dn', multi: true },
  { name: 'memberOf', syntax: 'dn', multi: true, readOnly: true },
  { name: 'distinguishedName', syntax: 'dn', readOnly: true },
  { name: 'objectGUID', syntax: 'octets', readOnly: true },
  { name: 'objectSid', syntax: 'octets', readOnly: true },
  { name: 'uSNChanged', syntax: 'largeInteger', readOnly: true },
  { name: 'whenCreated', syntax: 'text', readOnly: true },
];

const BY_NAME = new Map(TYPES.map((type) => [type.name.toLowerCase(), type]));

export const typeOf = (name: string): AttributeType | undefined => BY_NAME.get(name.toLowerCase());

const fits: Readonly<Record<Syntax, (value: string) => boolean>> = {
  text: (value) => value.length > 0,
  integer: (value) => /^-?\d{1,10}$/.test(value) && Math.abs(Number(value)) <= 2 ** 31,
  largeInteger: (value) => /^-?\d{1,19}$/.test(value),
  boolean: (value) => value === 'TRUE' || value === 'FALSE',
  dn: (value) => value.includes('='),
  octets: () => true,
};

/**
 * The type of an attribute that is written, after its values were checked.
 * @throws TargetError: unknown (16, 0000200A), computed (53), syntax (21, 0000200B), length (19), several values (19)
 */
export function checkValues(operation: string, name: string, values: readonly AttributeValue[]): AttributeType {
  const type = typeOf(name);
  if (type === undefined)
    throw refusal(operation, LDAP.noSuchAttribute, `0000200A: attribute '${name}' is not in the schema`);
  if (type.readOnly)
    throw refusal(operation, LDAP.unwillingToPerform, `0000209A: attribute '${name}' is owned by the system`);
  for (const value of values) {
    if (typeof value !== 'string' && type.syntax !== 'octets')
      throw refusal(operation, LDAP.invalidAttributeSyntax, `0000200B: '${name}' takes no octets`);
    if (typeof value === 'string' && !fits[type.syntax](value))
      throw refusal(operation, LDAP.invalidAttributeSyntax, `0000200B: a value of '${name}' has the wrong syntax`);
    if (value.length > (type.longest ?? Number.POSITIVE_INFINITY))
      throw refusal(
        operation,
        LDAP.constraintViolation,
        `00002082: a value of '${name}' is longer than ${type.longest}`,
      );
  }
  return type;
}

/** @throws TargetError (19, 00002081) for a second value of a single-valued attribute */
export function checkCount(operation: string, type: AttributeType, count: number): void {
  if (count > 1 && !type.multi)
    throw refusal(operation, LDAP.constraintViolation, `00002081: '${type.name}' takes one value`);
}
