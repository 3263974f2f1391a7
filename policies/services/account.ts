import type { ServiceRequest } from '../../core/request.ts';
import type { Environment, Service } from '../../core/service.ts';
import { LOOK } from '../../core/validate/names.ts';
import { skeletonOf } from '../../core/validate/skeleton.ts';
import { accountResources, addressOf } from './account-resources.ts';
import { type AccountSpec, accountSpec } from './account-spec.ts';

/**
 * An official account: individual, special or group; mail and/or internet access. It is disabled and never deleted:
 * no catalogue states a period after which an account is purged, so that needs a policy of its own.
 */
export const account: Service = {
  name: 'account',
  states: ['active', 'disabled'],
  spec: accountSpec,
  claims,
  mentions: ({ spec }) =>
    ((spec as AccountSpec).members ?? []).map((login, at) => ({ name: `account:${login}`, at: `spec.members.${at}` })),
  usage(request) {
    const { mailbox } = request.spec as AccountSpec;
    if (request.state === 'deleted') return {};
    return mailbox === 'licensed' ? { accounts: 1, licences: 1 } : { accounts: 1 };
  },
  pools: () => [],
  expand: (request, _items, context) => accountResources(request, context),
};

/** Somebody of the unit, to whom rights may be given: neither a group nor a guest. */
export const principal = (login: string): string => `principal:${login}`;

/** Accounts and groups share their logins, and all of them the ministry's mail domain; a person has one account. */
function claims(request: ServiceRequest, environment: Environment) {
  const { login, kind, nip, address, aliases } = request.spec as AccountSpec;
  const names = [{ name: `account:${login}`, at: 'spec.login' }];
  if (kind !== 'group') names.push({ name: principal(login), at: 'spec.login' });
  if (nip !== undefined) names.push({ name: `nip:${nip}`, at: 'spec.nip' });
  if (address !== undefined) names.push({ name: `address:${addressOf(address, environment)}`, at: 'spec.address' });
  for (const [index, alias] of (aliases ?? []).entries())
    names.push({ name: `address:${addressOf(alias, environment)}`, at: `spec.aliases.${index}` });
  if (request.adopt !== true) names.push(...looks(request.spec as AccountSpec));
  return names;
}

/** What its login and addresses look like, each once. What stands already cannot be named otherwise. */
function looks({ login, address, aliases = [] }: AccountSpec) {
  const names = [{ name: LOOK + skeletonOf(login), at: 'spec.login' }];
  const add = (text: string, at: string) => {
    const name = LOOK + skeletonOf(text);
    if (names.every((one) => one.name !== name)) names.push({ name, at });
  };
  if (address !== undefined) add(address, 'spec.address');
  for (const [index, alias] of aliases.entries()) add(alias, `spec.aliases.${index}`);
  return names;
}
