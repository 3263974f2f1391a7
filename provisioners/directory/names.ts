import { type Dn, formatDn } from './dn.ts';
import { present } from './filter.ts';
import { type DirectoryClient, textOf } from './protocol.ts';
import { PAGE_SIZE } from './session.ts';

/**
 * Logins that are taken: `sAMAccountName` is unique over all classes, so computers and built-in groups count.
 * @throws TargetError where the list could not be read completely
 */
export async function directoryNames(client: DirectoryClient, domain: Dn): Promise<readonly string[]> {
  const entries = await client.search({
    base: formatDn(domain),
    scope: 'sub',
    filter: present('sAMAccountName'),
    attributes: ['sAMAccountName'],
    pageSize: PAGE_SIZE,
  });
  return entries.map((entry) => (textOf(entry, 'sAMAccountName') ?? '').toLowerCase());
}
