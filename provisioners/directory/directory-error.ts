import { type Effect, TargetError } from '../../core/errors.ts';

/** LDAP result codes (RFC 4511, section 4.1.9) that are acted upon. */
export const LDAP = {
  operationsError: 1,
  sizeLimitExceeded: 4,
  strongerAuthRequired: 8,
  noSuchAttribute: 16,
  constraintViolation: 19,
  attributeOrValueExists: 20,
  invalidAttributeSyntax: 21,
  noSuchObject: 32,
  invalidDNSyntax: 34,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  busy: 51,
  unwillingToPerform: 53,
  objectClassViolation: 65,
  notAllowedOnNonLeaf: 66,
  entryAlreadyExists: 68,
} as const;

const LONGEST_TEXT = 200;

/**
 * An answer of the server as an error. The directory says more in its text than in the result code: eight
 * hexadecimal digits of a Win32 code come first. Both are kept, as `0000052D/19`.
 * @param text the server's diagnostic message
 */
export function refusal(operation: string, ldap: number, text: string, cause?: unknown): TargetError {
  const win32 = /^\s*([0-9A-Fa-f]{8}):/.exec(text)?.[1]?.toUpperCase();
  const code = win32 === undefined ? String(ldap) : `${win32}/${ldap}`;
  return failure(operation, code, 'refused', text, cause);
}

/** The `data` of a refused sign-in in words (Microsoft Learn, "LDAP error 49"). */
const SIGN_IN: Readonly<Record<string, string>> = {
  '525': 'there is no such user',
  '52e': 'user or password is wrong',
  '530': 'the account may not sign in at this hour',
  '531': 'the account may not sign in from this machine',
  '532': 'the password has expired',
  '533': 'the account is disabled',
  '701': 'the account has expired',
  '773': 'the password must be changed first',
  '775': 'the account is locked',
};

/** A sign-in that the server refused; its text says why by a number only. */
export function signInRefusal(ldap: number, text: string, cause?: unknown): TargetError {
  const { code, effect } = refusal('bind', ldap, text);
  const why = SIGN_IN[/\bdata ([0-9a-f]+)/.exec(text)?.[1] ?? ''];
  return failure('bind', code, effect, why === undefined ? text : `Cannot sign in, ${why}: ${text}`, cause);
}

/** A call without an answer, or one that was never sent. */
export function failure(operation: string, code: string, effect: Effect, text: string, cause?: unknown): TargetError {
  const message =
    text
      .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
      .trim()
      .slice(0, LONGEST_TEXT) || 'No diagnostic message';
  return new TargetError(
    { system: 'directory', operation, code, effect, message },
    cause === undefined ? {} : { cause },
  );
}

/** The two codes of an error made by `refusal`. */
export function codesOf(error: TargetError): { win32?: string; ldap?: number } {
  const match = /^(?:([0-9A-F]{8})\/)?(\d+)$/.exec(error.code);
  if (match === null) return {};
  return { ...(match[1] === undefined ? {} : { win32: match[1] }), ldap: Number(match[2]) };
}
