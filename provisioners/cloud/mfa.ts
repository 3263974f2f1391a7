import { TargetError } from '../../core/errors.ts';
import type { Change } from '../../core/resource.ts';
import { refusalOf } from './call.ts';
import { type Run, refuse } from './changes.ts';
import { isMissing, userPath } from './requests.ts';

/** One authentication method, as far as its deletion needs it. */
interface Method {
  readonly '@odata.type'?: string;
  readonly id?: string;
  readonly phoneType?: string;
}

const PASSWORD = 'passwordAuthenticationMethod';

/** The collection from which a method of a type is deleted. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  microsoftAuthenticatorAuthenticationMethod: 'microsoftAuthenticatorMethods',
  phoneAuthenticationMethod: 'phoneMethods',
  fido2AuthenticationMethod: 'fido2Methods',
  softwareOathAuthenticationMethod: 'softwareOathMethods',
  emailAuthenticationMethod: 'emailMethods',
  temporaryAccessPassAuthenticationMethod: 'temporaryAccessPassMethods',
  windowsHelloForBusinessAuthenticationMethod: 'windowsHelloForBusinessMethods',
  platformCredentialAuthenticationMethod: 'platformCredentialMethods',
  externalAuthenticationMethod: 'externalAuthenticationMethods',
};

const typeOf = (method: Method): string => (method['@odata.type'] ?? '').replace('#microsoft.graph.', '');

/** An alternate phone goes before the mobile one, which otherwise cannot go. */
const rank = (method: Method): number =>
  method.phoneType === 'alternateMobile' ? 0 : method.phoneType === 'mobile' ? 2 : 1;

async function methodsOf(run: Run, change: Change, id: string): Promise<readonly Method[]> {
  const path = `${userPath(id)}/authentication/methods`;
  const all = (await run.tenant.list({ api: 'graph', method: 'GET', path })) as readonly Method[];
  // Every user has a password method: a list without it is not the whole list.
  if (!all.some((method) => typeOf(method) === PASSWORD))
    throw refuse(change, 'IncompleteList', 'The list of authentication methods came without the password');
  return all.filter((method) => typeOf(method) !== PASSWORD).sort((a, b) => rank(a) - rank(b));
}

/** Which method is the default cannot be read in v1.0; Graph refuses it while others exist. */
const isDefaultLast = (error: unknown): boolean =>
  refusalOf(error)?.status === 400 && /default method/i.test(String(error));

/**
 * Removes every method but the password: others first, the default last, as Graph asks.
 * @throws TargetError for a type that this code does not know: it is never skipped in silence
 */
export async function resetMethods(run: Run, change: Change, id: string): Promise<void> {
  for (let left = Number.POSITIVE_INFINITY; ; ) {
    const methods = await methodsOf(run, change, id);
    if (methods.length === 0) return await nothingLeft(run, change, id);
    if (methods.length >= left) throw refuse(change, 'MethodsRemain', `${methods.length} methods cannot be removed`);
    left = methods.length;
    for (const method of methods) await remove(run, change, id, method);
  }
}

/**
 * A list may be cut after the password, and then looks whole: each collection is asked for itself as well, so that no
 * method outlives a reset that is called done.
 */
async function nothingLeft(run: Run, change: Change, id: string): Promise<void> {
  for (const collection of Object.values(COLLECTIONS)) {
    const path = `${userPath(id)}/authentication/${collection}`;
    const left = await run.tenant.list({ api: 'graph', method: 'GET', path });
    if (left.length === 0) continue;
    const found = `${left.length} of ${collection}`;
    throw refuse(change, 'IncompleteList', `The list of authentication methods came without ${found}`);
  }
}

async function remove(run: Run, change: Change, id: string, method: Method): Promise<void> {
  const collection = COLLECTIONS[typeOf(method)];
  if (collection === undefined || method.id === undefined)
    throw refuse(change, 'UnknownMethod', `Cannot remove an authentication method of type '${typeOf(method)}'`);
  const path = `${userPath(id)}/authentication/${collection}/${encodeURIComponent(method.id)}`;
  try {
    await run.tenant.write(change, run.port, () => ({ api: 'graph', method: 'DELETE', path }));
  } catch (error) {
    // Gone already, its turn comes later, or the reply was lost: the next list tells.
    const lost = error instanceof TargetError && error.effect === 'lost';
    if (!isMissing(error) && !isDefaultLast(error) && !lost) throw error;
  }
}

/** Ends all sessions; takes minutes at the target. */
export async function revokeSessions(run: Run, change: Change, id: string): Promise<void> {
  const path = `${userPath(id)}/revokeSignInSessions`;
  await run.tenant.write(change, run.port, () => ({ api: 'graph', method: 'POST', path }));
}
