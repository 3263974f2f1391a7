import { TargetError } from '../../core/errors.ts';
import type { Fields } from '../../core/kinds.ts';
import { preconditionOf } from '../../core/plan/precondition.ts';
import type { Change, Observed } from '../../core/resource.ts';
import { checkOwner, checkPrecondition, type Run, refuse, settled } from './changes.ts';
import { setLicence } from './licences.ts';
import { observedMailbox } from './mailbox.ts';
import { formatMarker, isDue, type Marker } from './marker.ts';
import { resetMethods, revokeSessions } from './mfa.ts';
import { isMissing, userPath } from './requests.ts';
import { hasExchange, isSynchronised, markerOf, observedUser, type User } from './user.ts';

const marked = (marker: Marker) => ({ onPremisesExtensionAttributes: { extensionAttribute1: formatMarker(marker) } });

const patch = (run: Run, change: Change, user: User, body: unknown) =>
  run.tenant.write(change, run.port, () => ({ api: 'graph', method: 'PATCH', path: userPath(user.id), body }));

/** Properties that one PATCH sets, with the stamps that belong to them in the same write. */
function propertiesOf(user: User, wanted: Fields, marker: Marker): { body: Record<string, unknown>; marker: Marker } {
  const body: Record<string, unknown> = {};
  for (const name of ['displayName', 'mailNickname', 'usageLocation'] as const)
    if (name in wanted && wanted[name] !== (user[name] ?? null)) body[name] = wanted[name];
  const unblock = isDue(wanted.unblockedAt, marker.unblockedAt);
  const enabled = wanted.enabled ?? (unblock ? true : user.accountEnabled);
  if (enabled !== user.accountEnabled) body.accountEnabled = enabled;
  const { revokeDue, ...stamps } = marker;
  const disables = enabled === false && (user.accountEnabled === true || revokeDue === true);
  const next: Marker = {
    ...stamps,
    ...(unblock ? { unblockedAt: wanted.unblockedAt as string } : {}),
    ...(disables ? { revokeDue: true } : {}),
  };
  if (formatMarker(next) !== formatMarker(marker)) Object.assign(body, marked(next));
  return { body, marker: next };
}

/**
 * Brings a user of ours to the wanted fields. To deactivate: sign-in is blocked first, then sessions are revoked, and a
 * licence goes last. A stamp is written after what it stands for, so that a crash in between is repeated.
 */
export async function bring(run: Run, change: Change, user: User, wanted: Fields): Promise<void> {
  const known = markerOf(user) ?? { request: change.request };
  const { body, marker } = propertiesOf(user, wanted, known);
  let current = marker;
  if (Object.keys(body).length > 0) await patch(run, change, user, body);
  const resetMfa = isDue(wanted.mfaResetAt, current.mfaResetAt);
  if (resetMfa) await resetMethods(run, change, user.id);
  if (resetMfa || current.revokeDue) {
    await revokeSessions(run, change, user.id);
    const { revokeDue: _, ...stamps } = current;
    current = { ...stamps, ...(resetMfa ? { mfaResetAt: wanted.mfaResetAt as string } : {}) };
    await patch(run, change, user, marked(current));
  }
  if (wanted.licence !== undefined) await setLicence(run, change, user, wanted.licence as string | null);
}

export async function updateUser(run: Run, change: Change & { action: 'update' }): Promise<Observed> {
  const user = await run.tenant.user(change.key);
  checkPrecondition(change, user && observedUser(user));
  checkOwner(change, user ? observedUser(user).owner : null);
  return settled(run.tenant, change, change.after, () => bring(run, change, user as User, change.after));
}

/** Soft: Entra keeps the user, and Exchange the mailbox, for 30 days. The id is used, for a name may be taken again. */
export async function deleteUser(run: Run, change: Change): Promise<undefined> {
  const user = await run.tenant.user(change.key);
  if (user === undefined) return undefined;
  checkPrecondition(change, observedUser(user));
  checkOwner(change, observedUser(user).owner);
  let lost: unknown;
  try {
    await run.tenant.write(change, run.port, () => ({ api: 'graph', method: 'DELETE', path: userPath(user.id) }));
  } catch (error) {
    if (!isMissing(error) && !(error instanceof TargetError && error.effect === 'lost')) throw error;
    lost = error;
  }
  const left = await run.tenant.until(
    () => run.tenant.user(user.id),
    (read) => read === undefined,
  );
  if (left === undefined) return undefined;
  throw lost ?? refuse(change, 'ReadBackMismatch', `'${change.key}' is still there`);
}

/** Writes the marker, and nothing else. */
export async function adoptUser(run: Run, change: Change): Promise<Observed> {
  const user = await run.tenant.user(change.key);
  checkPrecondition(change, user && observedUser(user));
  if (user === undefined || isSynchronised(user))
    throw refuse(change, 'Synchronised', `'${change.key}' is mastered in the on-premises directory`);
  if (user.onPremisesExtensionAttributes?.extensionAttribute1)
    throw refuse(change, 'MarkerInUse', `extensionAttribute1 of '${change.key}' serves another purpose`);
  // The mailbox shows its user's marker, so adopting the user changes what the mailbox was planned upon.
  const mailbox = hasExchange(user) ? await run.tenant.mailbox(user) : undefined;
  run.mailboxBefore.set(change.key, preconditionOf(observedMailbox(user, mailbox)));
  const body = marked({ request: change.request });
  const owned = (read: User | undefined) => read !== undefined && markerOf(read)?.request === change.request;
  await patch(run, change, user, body);
  const read = await run.tenant.until(() => run.tenant.user(user.id), owned);
  if (read !== undefined && owned(read)) return observedUser(read);
  throw refuse(change, 'ReadBackMismatch', `'${change.key}' does not show the marker`);
}
