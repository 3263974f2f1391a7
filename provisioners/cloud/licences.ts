import { TargetError } from '../../core/errors.ts';
import { preconditionOf } from '../../core/plan/precondition.ts';
import type { Change, Pool, PoolReading } from '../../core/resource.ts';
import { type Run, refuse } from './changes.ts';
import { type Mailbox, observedMailbox, sameQuotas } from './mailbox.ts';
import { cmdlet, isMissing, userPath } from './requests.ts';
import { type Sku, skuById } from './skus.ts';
import type { Tenant } from './tenant.ts';
import { mailProducts, type User } from './user.ts';

interface Subscription {
  readonly skuId?: string;
  readonly capabilityStatus?: string;
  readonly prepaidUnits?: { readonly enabled?: number } | null;
  readonly consumedUnits?: number;
}

/** Free licences of the pools that are asked for; a product that the tenant does not list gives no reading. */
export async function readLicences(
  tenant: Tenant,
  pools: readonly Pool[],
  skuByPart: (part: string) => Sku | undefined,
): Promise<readonly PoolReading[]> {
  const wanted = pools.filter((pool) => pool.type === 'licences');
  if (wanted.length === 0) return [];
  const subscriptions = (await tenant.list({
    api: 'graph',
    method: 'GET',
    path: '/subscribedSkus',
  })) as readonly Subscription[];
  return wanted.flatMap((pool) => {
    const sku = skuByPart(pool.sku);
    const found = subscriptions.find((one) => sku !== undefined && one.skuId === sku.skuId);
    if (found === undefined) return [];
    const enabled = found.capabilityStatus === 'Enabled' ? (found.prepaidUnits?.enabled ?? 0) : 0;
    return [{ key: pool.key, free: Math.max(0, enabled - (found.consumedUnits ?? 0)) }];
  });
}

/**
 * Gives a user one product with a mailbox, or none; other products stay. A change of product sets the mailbox back to
 * the defaults of its plan (Set-MailboxPlan), so the quotas that it had are written again.
 */
export async function setLicence(run: Run, change: Change, user: User, part: string | null): Promise<void> {
  const sku = part === null ? undefined : run.skuByPart(part);
  if (part !== null && sku === undefined) throw refuse(change, 'UnknownSku', `'${part}' is no product with a mailbox`);
  const products = mailProducts(user);
  if (products.join('+') === (part ?? '')) return;
  const before = await mailboxBefore(run, user, products.length > 0);
  const removeLicenses = user.assignedLicenses.flatMap(({ skuId }) =>
    skuId !== null && skuId !== sku?.skuId && products.includes(skuById(skuId)?.part ?? '') ? [skuId] : [],
  );
  const body = { addLicenses: sku ? [{ skuId: sku.skuId, disabledPlans: [] }] : [], removeLicenses };
  await assign(run, change, user, body);
  if (before && sku) await restoreQuotas(run, change, user, before, products);
}

async function mailboxBefore(run: Run, user: User, licensed: boolean): Promise<Mailbox | undefined> {
  if (!licensed) return undefined;
  const mailbox = await run.tenant.mailbox(user);
  run.mailboxBefore.set(user.userPrincipalName.toLowerCase(), preconditionOf(observedMailbox(user, mailbox)));
  return mailbox;
}

async function assign(run: Run, change: Change, user: User, body: unknown): Promise<void> {
  const path = `${userPath(user.id)}/assignLicense`;
  const send = () => run.tenant.write(change, run.port, () => ({ api: 'graph', method: 'POST', path, body }));
  let missing: unknown;
  const sent = await run.tenant.until(
    () =>
      send().then(
        () => true,
        (error: unknown) => {
          // A replica that has not heard of a user that was just read.
          if (!isMissing(error)) throw error;
          missing = error;
          return false;
        },
      ),
    (done) => done,
  );
  if (!sent) throw missing;
}

async function restoreQuotas(
  run: Run,
  change: Change,
  user: User,
  before: Mailbox,
  products: readonly string[],
): Promise<void> {
  const fresh = await run.tenant.until(
    () => run.tenant.user(user.id),
    (read) => read !== undefined && mailProducts(read).join('+') !== products.join('+'),
  );
  const after = fresh && (await run.tenant.mailbox(fresh));
  const quotas = sameQuotas(before);
  if (!after || JSON.stringify(sameQuotas(after)) === JSON.stringify(quotas)) return;
  const parameters = { Identity: user.userPrincipalName, ...quotas };
  try {
    await run.tenant.write(change, run.port, () => cmdlet('Set-Mailbox', parameters));
  } catch (error) {
    // The new product allows less: its own maximum stands, and the mailbox's own change says what is wanted.
    if (!(error instanceof TargetError) || error.effect === 'lost') throw error;
  }
}
