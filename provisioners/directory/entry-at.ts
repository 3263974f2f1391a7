import { TargetError } from '../../core/errors.ts';
import { codesOf, LDAP } from './directory-error.ts';
import type { DnText } from './dn.ts';
import { present } from './filter.ts';
import type { DirectoryClient, Entry } from './protocol.ts';

/** The entry of a DN or an identity; undefined where there is none. @throws TargetError where that is not known */
export async function entryAt(
  client: DirectoryClient,
  base: DnText,
  attributes: readonly string[],
): Promise<Entry | undefined> {
  const request = { base, scope: 'base', filter: present('objectClass'), attributes } as const;
  const entries = await client.search(request).catch((error: unknown): readonly Entry[] => {
    if (error instanceof TargetError && codesOf(error).ldap === LDAP.noSuchObject) return [];
    throw error;
  });
  return entries[0];
}
