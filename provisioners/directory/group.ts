/** A group's fields and its attributes. */
import type { Fields } from '../../core/kinds.ts';
import { openGroupsOf, ouOf } from './account.ts';
import type { Dn } from './dn.ts';
import type { Target } from './entry-changes.ts';
import { mailOf, mailTarget } from './mail-attributes.ts';
import { type Entry, textOf } from './protocol.ts';

/** Universal security group: the only scope that mail systems take (groupType, [MS-ADTS] 2.2.12). */
export const UNIVERSAL_SECURITY = '-2147483640';

export const GROUP_ATTRIBUTES: readonly string[] = ['groupType', 'member'];

/**
 * @param members keys of all members, complete
 * @param openGroups as for accounts
 */
export const groupFields = (
  entry: Entry,
  base: Dn,
  members: readonly string[],
  openGroups: ReadonlyMap<string, string>,
): Fields => ({
  groups: openGroupsOf(entry, openGroups),
  ou: ouOf(entry, base),
  cn: textOf(entry, 'cn') ?? '',
  displayName: textOf(entry, 'displayName') ?? null,
  mail: mailOf(entry),
  members: [...members].sort(),
});

/** The attributes for the fields in `changed`, members apart. */
export function groupTarget(entry: Entry | undefined, changed: Fields, before: Fields): Target {
  const { displayName } = changed;
  return {
    ...('displayName' in changed ? { displayName: typeof displayName === 'string' ? [displayName] : [] } : {}),
    ...mailTarget(entry, { ...before, ...changed }, changed),
  };
}
