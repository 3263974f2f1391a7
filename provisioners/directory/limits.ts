import type { Fields, Kind } from '../../core/kinds.ts';
import { failure } from './directory-error.ts';

/**
 * What Windows refuses and other servers of this family take: checked here, so that both behave the same.
 * Lengths: Microsoft Learn, ADSchema (SAM-Account-Name of users 20, Common-Name 64, Employee-Number 512).
 */
const LONGEST_KEY: Readonly<Partial<Record<Kind, number>>> = { 'directory-account': 20, 'directory-group': 256 };
const LONGEST_CN = 64;
const FORBIDDEN_IN_KEY = /["/\\[\]:;|=,+*?<>@\s\p{Cc}]|\.$/u;
const INT32 = 2 ** 31 - 1;

const wholeKb = (value: unknown) =>
  value === undefined || value === null || (Number.isInteger(value) && Number(value) > 0 && Number(value) <= INT32);

/** @throws TargetError with code `invalid`, before anything is sent */
export function checkLimits(kind: Kind, key: string, fields: Fields): void {
  const refuse = (why: string) => {
    throw failure('check', 'invalid', 'unsent', `Cannot write ${kind} '${key}': ${why}`);
  };
  const longest = LONGEST_KEY[kind] ?? 0;
  if (key.length === 0 || key.length > longest) refuse(`sAMAccountName has at most ${longest} characters`);
  if (FORBIDDEN_IN_KEY.test(key)) refuse('sAMAccountName has a character that is not allowed');
  if (key !== key.toLowerCase()) refuse('keys are lower case');
  if (fields.cn !== undefined && (typeof fields.cn !== 'string' || fields.cn === '' || fields.cn.length > LONGEST_CN))
    refuse(`cn has 1 to ${LONGEST_CN} characters`);
  for (const name of ['mailboxKb', 'messageKb'] as const)
    if (!wholeKb(fields[name])) refuse(`${name} is a whole number of KB from 1 to ${INT32}`);
}
