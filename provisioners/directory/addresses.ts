import type { Fields } from '../../core/kinds.ts';
import { formatDn } from './dn.ts';
import { any, equals } from './filter.ts';
import { bytesOf, textOf } from './protocol.ts';
import { refuse, type Work } from './step.ts';

/**
 * Refuses an address that another object has: the directory itself lets two objects share one, and mail systems then
 * deliver to neither. Two runs at once can still both pass; the mail system's own check finds that later.
 */
export async function refuseTakenAddresses(work: Work, wanted: Fields, identity: string | undefined): Promise<void> {
  const aliases = Array.isArray(wanted.aliases) ? (wanted.aliases as readonly string[]) : [];
  const addresses = [...(typeof wanted.mail === 'string' ? [wanted.mail] : []), ...aliases];
  if (addresses.length === 0) return;
  const { client, base } = work.session;
  const filter = any(
    ...addresses.flatMap((address) => [equals('proxyAddresses', `smtp:${address}`), equals('mail', address)]),
  );
  const attributes = ['objectGUID', 'sAMAccountName'];
  const holders = await client.search({ base: formatDn(base), scope: 'sub', filter, attributes });
  const other = holders.find((entry) => bytesOf(entry, 'objectGUID')?.toString('hex') !== identity);
  if (other !== undefined)
    refuse(work, 'address-in-use', `'${textOf(other, 'sAMAccountName') ?? other.dn}' has one of its addresses`);
}
