import type { CloudResponse } from '../protocol.ts';
import { badRequest, graphError, noContent, notFound, ok } from './answers.ts';
import type { Context } from './context.ts';
import { findUser } from './replica.ts';

/** `phoneMethods` serves `phoneAuthenticationMethod`. */
const typeOf = (collection: string): string =>
  collection === 'externalAuthenticationMethods'
    ? '#microsoft.graph.externalAuthenticationMethod'
    : `#microsoft.graph.${collection.replace(/Methods$/, 'AuthenticationMethod')}`;

export function listMethods(context: Context, name: string): CloudResponse {
  const user = findUser(context, name);
  if (user === undefined) return notFound(name);
  return ok({ value: user.methods.map(({ isDefault: _, ...method }) => method) });
}

/** The methods of one type, under its own path. */
export function listCollection(context: Context, name: string, collection: string): CloudResponse {
  const user = findUser(context, name);
  if (user === undefined) return notFound(name);
  const own = user.methods.filter((one) => one['@odata.type'] === typeOf(collection));
  return ok({ value: own.map(({ isDefault: _, ...method }) => method) });
}

export function deleteMethod(context: Context, name: string, collection: string, id: string): CloudResponse {
  const user = findUser(context, name);
  if (user === undefined) return notFound(name);
  if (collection === 'passwordMethods') return badRequest('The password method cannot be deleted.');
  const method = user.methods.find((one) => one.id === id && one['@odata.type'] === typeOf(collection));
  if (method === undefined) return graphError(404, 'Request_ResourceNotFound', `Method '${id}' was not found.`);
  const others = user.methods.filter((one) => one !== method);
  const strong = others.filter((one) => !one['@odata.type'].endsWith('.passwordAuthenticationMethod'));
  if (method.isDefault && strong.length > 0)
    return badRequest('Cannot delete default method with other methods configured.');
  if (method.phoneType === 'mobile' && others.some((one) => one.phoneType === 'alternateMobile'))
    return badRequest('Cannot delete the mobile phone while an alternate mobile phone is configured.');
  context.store.putUser({ ...user, methods: others });
  return noContent();
}
