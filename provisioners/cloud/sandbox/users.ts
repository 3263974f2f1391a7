import type { CloudResponse } from '../protocol.ts';
import { badRequest, graphError, noContent, notFound, ok } from './answers.ts';
import { checkBody } from './body-check.ts';
import type { Context } from './context.ts';
import { dropMailbox } from './licences.ts';
import { findUser, shown } from './replica.ts';
import type { UserState } from './store.ts';

const UPN = /^[A-Za-z0-9'.\-_!#^~]+@[a-z0-9.-]+$/i;
const REQUIRED = ['accountEnabled', 'displayName', 'mailNickname', 'passwordProfile', 'userPrincipalName'] as const;
const PASSWORD_METHOD = {
  '@odata.type': '#microsoft.graph.passwordAuthenticationMethod',
  id: '28c10230-6103-485e-b985-444c60001490',
} as const;

const conflict = (target: string): CloudResponse =>
  graphError(400, 'Request_BadRequest', `Another object with the same value for property ${target} already exists.`, [
    {
      code: 'ObjectConflict',
      target,
      message: `Another object with the same value for property ${target} already exists.`,
    },
  ]);

/** Three of four classes and eight characters, as Entra asks; the value goes no further. */
function isWeak(profile: unknown): boolean {
  const password = String((profile as { password?: unknown } | null)?.password ?? '');
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((one) => one.test(password)).length;
  return password.length < 8 || classes < 3;
}

export function createUser({ store, request, now, behaviour, newId }: Context): CloudResponse {
  const fault = checkBody(request.body, 'graph.user');
  if (fault !== undefined) return badRequest(fault);
  const body = request.body as Record<string, unknown>;
  const missing = REQUIRED.find((name) => body[name] === undefined || body[name] === null);
  if (missing) return badRequest(`A value is required for property '${missing}' of resource 'User'.`);
  const upn = String(body.userPrincipalName);
  if (!UPN.test(upn)) return badRequest("Invalid value specified for property 'userPrincipalName' of resource 'User'.");
  if (isWeak(body.passwordProfile))
    return badRequest('The specified password does not comply with password complexity requirements.');
  if (store.user(upn)) return conflict('userPrincipalName');
  if (
    store.mailboxes().some((one) => one.addresses.some((proxy) => proxy.toLowerCase() === `smtp:${upn.toLowerCase()}`))
  )
    return conflict('proxyAddresses');
  const { passwordProfile: _, ...given } = body;
  const id = newId();
  const created = now.toISOString();
  const properties = {
    ...given,
    id,
    createdDateTime: created,
    signInSessionsValidFromDateTime: created,
    userType: 'Member',
    assignedLicenses: [],
    assignedPlans: [],
    licenseAssignmentStates: [],
  };
  const hidden = { hiddenReads: behaviour.hiddenReads, hiddenUntil: now.getTime() + behaviour.hiddenMs };
  const user: UserState = { id, properties, methods: [PASSWORD_METHOD], ...hidden };
  store.putUser(user);
  return ok(shown(user, undefined), 201);
}

export function readUser(context: Context, name: string): CloudResponse {
  const user = findUser(context, name);
  return user ? ok(shown(user, context.request.query?.$select)) : notFound(name);
}

const MASTERED =
  'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.';

export function patchUser(context: Context, name: string): CloudResponse {
  const { store, request } = context;
  const fault = checkBody(request.body, 'graph.user');
  if (fault !== undefined) return badRequest(fault);
  const user = findUser(context, name);
  if (user === undefined) return notFound(name);
  if (user.properties.onPremisesSyncEnabled === true) return badRequest(MASTERED);
  const { passwordProfile: _, onPremisesExtensionAttributes, ...given } = request.body as Record<string, unknown>;
  const extension = onPremisesExtensionAttributes
    ? { ...(user.properties.onPremisesExtensionAttributes as object), ...(onPremisesExtensionAttributes as object) }
    : user.properties.onPremisesExtensionAttributes;
  store.putUser({ ...user, properties: { ...user.properties, ...given, onPremisesExtensionAttributes: extension } });
  return noContent();
}

/** Soft: kept for 30 days, with licences and mailbox taken away. */
export function deleteUser(context: Context, name: string): CloudResponse {
  const { store, now } = context;
  const user = findUser(context, name);
  if (user === undefined) return notFound(name);
  dropMailbox(context, user);
  store.deleteUser(user.id, now.getTime());
  return noContent();
}

export function revokeSessions(context: Context, name: string): CloudResponse {
  const { store, now } = context;
  const user = findUser(context, name);
  if (user === undefined) return notFound(name);
  store.putUser({ ...user, properties: { ...user.properties, signInSessionsValidFromDateTime: now.toISOString() } });
  return ok({ value: true });
}
