import type { Fields } from '../../core/kinds.ts';
import { any, equals, type Filter } from './filter.ts';
import { theOne } from './read.ts';
import type { Found } from './session.ts';
import { current, refuse, type Work } from './step.ts';

/** Whoever has an address of these fields, as its primary or a further one. */
function holdersOf({ mail, aliases }: Fields): readonly Filter[] {
  const further = Array.isArray(aliases) ? (aliases as readonly string[]) : [];
  const addresses = [...(typeof mail === 'string' ? [mail] : []), ...further];
  return addresses.flatMap((address) => [equals('proxyAddresses', `smtp:${address}`), equals('mail', address)]);
}

/**
 * The change's object as it stands. Before a creation the same question asks for whoever has its addresses, so that
 * looking at both costs one answer; `refuseTakenAddresses` hears of it.
 */
export async function lookedAt(work: Work): Promise<Found | undefined> {
  const { change, session, progress } = work;
  if (change.action !== 'create') return current(work);
  const { kind, key, after } = change;
  const seen = await session.find(any(equals('sAMAccountName', key), ...holdersOf(after)), 'few');
  const found = theOne(kind, key, seen);
  if (typeof found === 'string') return refuse(work, 'foreign', found);
  progress.holders = seen.filter((one) => one !== found);
  return found;
}

/**
 * Refuses an address that another object has: the directory itself lets two objects share one, and mail systems then
 * deliver to neither. Two runs at once can still both pass; the mail system's own check finds that later.
 */
export async function refuseTakenAddresses(work: Work, wanted: Fields, identity: string | undefined): Promise<void> {
  const filters = holdersOf(wanted);
  if (filters.length === 0) return;
  const holders = work.progress.holders ?? (await work.session.find(any(...filters), 'few'));
  const other = holders.find((one) => one.identity !== identity);
  if (other !== undefined) refuse(work, 'address-in-use', `'${other.observed.key}' has one of its addresses`);
}
