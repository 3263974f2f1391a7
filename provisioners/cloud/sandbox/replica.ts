import type { Context } from './context.ts';
import type { UserState } from './store.ts';

/** What a read shows without $select. */
const DEFAULT_SET = [
  'id',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
];

export function shown(user: UserState, select: string | undefined): Record<string, unknown> {
  const names = select?.split(',') ?? DEFAULT_SET;
  return Object.fromEntries(names.map((name) => [name, user.properties[name] ?? null]));
}

/** The user as this replica knows it: right after a create it may be missing. */
export function findUser({ store, now }: Context, name: string): UserState | undefined {
  const user = store.user(name);
  if (user === undefined || user.hiddenUntil > now.getTime()) return undefined;
  if (user.hiddenReads === 0) return user;
  store.putUser({ ...user, hiddenReads: user.hiddenReads - 1 });
  return undefined;
}
