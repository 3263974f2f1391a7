import { TargetError } from '../../core/errors.ts';
import type { Fields } from '../../core/kinds.ts';
import type { Change, Observed } from '../../core/resource.ts';
import { newPassword } from '../../core/secret.ts';
import { refusalOf } from './call.ts';
import { checkOwner, checkPrecondition, type Run, settled } from './changes.ts';
import { formatMarker } from './marker.ts';
import { backoff, retryAfterOf } from './patience.ts';
import type { CloudRequest } from './protocol.ts';
import { markerOf, observedUser, type User } from './user.ts';
import { bring } from './user-changes.ts';

const MOST_TRIES = 8;

/** The body lives as long as the write: nobody keeps the password, for sign-in is federated. */
function creation(run: Run, change: Change, after: Fields): CloudRequest {
  const stamp = (name: string) => (typeof after[name] === 'string' ? { [name]: after[name] } : {});
  const marker = { request: change.request, ...stamp('mfaResetAt'), ...stamp('unblockedAt') };
  return {
    api: 'graph',
    method: 'POST',
    path: '/users',
    body: {
      accountEnabled: after.enabled ?? true,
      displayName: after.displayName,
      mailNickname: after.mailNickname,
      userPrincipalName: change.key,
      ...(after.usageLocation == null ? {} : { usageLocation: after.usageLocation }),
      passwordProfile: {
        password: newPassword(run.tenant.clock.randomInt).reveal(),
        forceChangePasswordNextSignIn: false,
      },
      onPremisesExtensionAttributes: { extensionAttribute1: formatMarker(marker) },
    },
  };
}

/** The principal name is taken, be it by another or by a create of ours whose reply was lost. */
const isTaken = (error: unknown): boolean => {
  const detail = refusalOf(error)?.detail;
  return detail?.code === 'ObjectConflict' && (detail.target ?? 'userPrincipalName') === 'userPrincipalName';
};

const isUnavailable = (error: unknown): boolean => refusalOf(error)?.status === 503;

/**
 * Sends the create once; what happened to it is then read, not guessed. It is sent again only where the service said
 * that it was unavailable and the user is not there; the unique principal name makes a second user impossible.
 */
async function send(run: Run, change: Change, after: Fields): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await run.tenant.write(change, run.port, () => creation(run, change, after));
      return;
    } catch (error) {
      if (isTaken(error)) return;
      if (!(error instanceof TargetError) || error.effect !== 'lost') throw error;
      if (await run.tenant.user(change.key)) return;
      if (!isUnavailable(error) || tries >= MOST_TRIES) {
        const seen = await appears(run, change);
        if (seen === undefined) throw error;
        return;
      }
      const { clock } = run.tenant;
      await clock.pause(retryAfterOf(refusalOf(error)?.retryAfter, clock.now()) ?? backoff(tries, clock.randomInt));
    }
  }
}

/** A 404 after a create is no absence: replicas differ for a while. */
const appears = (run: Run, change: Change): Promise<User | undefined> =>
  run.tenant.until(
    () => run.tenant.user(change.key),
    (user) => user !== undefined,
  );

/** Creates a user with its marker in one write, or goes on with the one that a lost or doubled run made. */
export async function createUser(run: Run, change: Change & { action: 'create' }): Promise<Observed> {
  const found = await run.tenant.user(change.key);
  const own = found !== undefined && markerOf(found)?.request === change.request;
  if (!own) checkPrecondition(change, found && observedUser(found));
  if (found === undefined) await send(run, change, change.after);
  const user = found ?? (await appears(run, change));
  if (user === undefined)
    throw new TargetError({
      system: 'graph',
      operation: 'POST /users',
      code: 'NotYetVisible',
      effect: 'lost',
      message: `'${change.key}' was created and cannot be read yet`,
    });
  checkOwner(change, observedUser(user).owner);
  return settled(run.tenant, change, change.after, () => bring(run, change, user, change.after));
}
