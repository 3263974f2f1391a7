import { TargetError } from '../../core/errors.ts';
import type { Observed, PoolReading, Reading, Unread, Wanted } from '../../core/resource.ts';
import { eachOf } from '../each-of.ts';
import { readLicences } from './licences.ts';
import { observedMailbox } from './mailbox.ts';
import type { Sku } from './skus.ts';
import type { Tenant } from './tenant.ts';
import { markerOf, observedUser, type User } from './user.ts';

const KINDS = ['cloud-user', 'mailbox'] as const;
type CloudKind = (typeof KINDS)[number];

/** Requests at a time: Exchange serves few at once, and Graph counts units, not requests. */
const AT_ONCE = 4;

/** Why something was not read; anything but a fault of the target is a bug of ours and goes on. */
function reasonOf(error: unknown): string {
  if (error instanceof TargetError) return error.message;
  throw error;
}

/** Which kinds are asked for under each principal name. */
type Asked = Map<string, Set<CloudKind>>;

function ask(asked: Asked, upn: string, kinds: readonly CloudKind[]): void {
  const set = asked.get(upn) ?? new Set();
  for (const kind of kinds) set.add(kind);
  asked.set(upn, set);
}

async function askByOwner(tenant: Tenant, wanted: Wanted, asked: Asked, unread: Unread[]): Promise<void> {
  if (wanted.owners.size === 0) return;
  try {
    for (const user of await tenant.markedUsers())
      if (wanted.owners.has(markerOf(user)?.request ?? '')) ask(asked, user.userPrincipalName.toLowerCase(), KINDS);
  } catch (error) {
    const reason = reasonOf(error);
    unread.push(...KINDS.map((kind) => ({ kind, reason })));
  }
}

/**
 * Reads by key, and finds by owner what has a marker. The index behind the list lags, so each user is read by its own
 * name again. "Could not read" is never "absent".
 */
export async function readCloud(
  tenant: Tenant,
  wanted: Wanted,
  skuByPart: (part: string) => Sku | undefined,
): Promise<Reading> {
  const objects: Observed[] = [];
  const unread: Unread[] = [];
  const asked: Asked = new Map();
  for (const { kind, key } of wanted.keys) if (kind === 'cloud-user' || kind === 'mailbox') ask(asked, key, [kind]);
  await askByOwner(tenant, wanted, asked, unread);
  await eachOf(asked, AT_ONCE, async ([upn, kinds]) => {
    const missed = (kind: CloudKind, error: unknown) => unread.push({ kind, key: upn, reason: reasonOf(error) });
    let user: User | undefined;
    try {
      user = await tenant.user(upn);
    } catch (error) {
      for (const kind of kinds) missed(kind, error);
      return;
    }
    if (user === undefined) return;
    if (kinds.has('cloud-user')) objects.push(observedUser(user));
    if (!kinds.has('mailbox')) return;
    try {
      const mailbox = observedMailbox(user, await tenant.mailbox(user));
      if (mailbox) objects.push(mailbox);
    } catch (error) {
      missed('mailbox', error);
    }
  });
  const byName = (a: { kind: string; key?: string }, b: { kind: string; key?: string }) =>
    `${a.kind}:${a.key}` < `${b.kind}:${b.key}` ? -1 : 1;
  return {
    objects: objects.sort(byName),
    unread: unread.sort(byName),
    pools: await readPools(tenant, wanted, skuByPart),
  };
}

/** A pool that could not be read has no reading, which is not the same as an empty one. */
async function readPools(
  tenant: Tenant,
  wanted: Wanted,
  skuByPart: (part: string) => Sku | undefined,
): Promise<readonly PoolReading[]> {
  try {
    return await readLicences(tenant, wanted.pools, skuByPart);
  } catch (error) {
    reasonOf(error);
    return [];
  }
}
