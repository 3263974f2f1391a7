import type { Fields } from '../../core/kinds.ts';
import { preconditionOf } from '../../core/plan/precondition.ts';
import type { Change, Observed } from '../../core/resource.ts';
import { checkOwner, checkPrecondition, type Run, refuse, settled } from './changes.ts';
import { addressesOf, type Mailbox, observedMailbox, quotasOf } from './mailbox.ts';
import { cmdlet } from './requests.ts';
import { hasExchange, type User } from './user.ts';

interface Found {
  readonly user: User;
  readonly mailbox: Mailbox | undefined;
  readonly observed: Observed | undefined;
}

async function find(run: Run, change: Change): Promise<Found | undefined> {
  const user = await run.tenant.user(change.key);
  if (user === undefined) return undefined;
  const mailbox = await run.tenant.mailbox(user);
  return { user, mailbox, observed: observedMailbox(user, mailbox) };
}

/** As it was planned upon, or changed since by nothing but our own writes to its user. */
function check(run: Run, change: Change, observed: Observed | undefined): void {
  const before = run.mailboxBefore.get(change.key);
  const ours = observed?.owner === change.request && before === change.precondition;
  // It comes into being with its user's licence, so at its create it may be there, or be on its way.
  const created = change.action === 'create' && observed?.owner === change.request;
  if (!ours && !created) checkPrecondition(change, observed);
  run.mailboxBefore.delete(change.key);
}

/** One Set-Mailbox with what differs; both groups of parameters are complete in themselves. */
function parametersOf(mailbox: Mailbox, observed: Observed, wanted: Fields): Record<string, unknown> {
  const { fields } = observed;
  const quotaGb = typeof wanted.quotaGb === 'number' && wanted.quotaGb !== fields.quotaGb ? wanted.quotaGb : undefined;
  const address = wanted.address ?? fields.address;
  const aliases = wanted.aliases ?? fields.aliases;
  const proxies = addressesOf(mailbox, String(address), Array.isArray(aliases) ? aliases : []);
  const moved =
    (wanted.address !== undefined || wanted.aliases !== undefined) && !same(proxies, mailbox.EmailAddresses);
  return { ...(quotaGb === undefined ? {} : quotasOf(quotaGb)), ...(moved ? { EmailAddresses: proxies } : {}) };
}

const same = (a: readonly string[], b: readonly string[]) =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

/** Sets quota and addresses; a mailbox that has not appeared yet is done for now, and a later run sets it. */
export async function writeMailbox(
  run: Run,
  change: Change & { action: 'create' | 'update' },
): Promise<Observed | undefined> {
  const found = await find(run, change);
  check(run, change, found?.observed);
  const { user, mailbox, observed } = found ?? {};
  if (user === undefined || observed === undefined)
    throw refuse(change, 'NoLicence', `'${change.key}' has no licence that brings a mailbox`);
  checkOwner(change, observed.owner);
  if (mailbox === undefined) return observed;
  const parameters = parametersOf(mailbox, observed, change.after);
  if (Object.keys(parameters).length === 0) return observed;
  return settled(run.tenant, change, change.after, async () => {
    await run.tenant.write(change, run.port, () =>
      cmdlet('Set-Mailbox', { Identity: user.userPrincipalName, ...parameters }),
    );
  });
}

/**
 * A mailbox goes with its user or with its licence, which are the user's own changes; here is only looked. One that is
 * still shown without a licence is on its way out.
 */
export async function deleteMailbox(run: Run, change: Change): Promise<Observed | undefined> {
  const found = await find(run, change);
  if (found?.observed === undefined) return undefined;
  if (hasExchange(found.user))
    throw refuse(change, 'StillLicensed', `'${change.key}' keeps its licence, so its mailbox stays`);
  check(run, change, found.observed);
  return { ...found.observed, phase: { waitsFor: 'removal of the mailbox' } };
}

/** The marker is the user's, so this only looks whether the user is ours. */
export async function adoptMailbox(run: Run, change: Change): Promise<Observed | undefined> {
  const observed = (await find(run, change))?.observed;
  const adopted = run.mailboxBefore.get(change.key) === change.precondition;
  if (!adopted && preconditionOf(observed) !== change.precondition) checkPrecondition(change, observed);
  run.mailboxBefore.delete(change.key);
  checkOwner(change, observed?.owner ?? null);
  return observed;
}
