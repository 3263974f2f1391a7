import type { ServiceRequest } from '../../core/request.ts';
import type { Environment, Service } from '../../core/service.ts';
import { accountResources, addressOf, principalOf } from './account-resources.ts';
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
  usage(request) {
    const { mailbox } = request.spec as AccountSpec;
    if (request.state === 'deleted') return {};
    return mailbox === 'licensed' ? { accounts: 1, licences: 1 } : { accounts: 1 };
  },
  pools: () => [],
  expand: (request, _items, context) => accountResources(request, context),
};

/** Accounts and groups share their logins, and all of them the ministry's mail domain. */
function claims(request: ServiceRequest, environment: Environment) {
  const { login, kind, address, aliases = [] } = request.spec as AccountSpec;
  return [
    { name: `account:${login}`, at: 'spec.login' },
    ...(kind === 'group' ? [] : [{ name: `upn:${principalOf(login, environment)}`, at: 'spec.login' }]),
    ...(address === undefined ? [] : [{ name: `address:${addressOf(address, environment)}`, at: 'spec.address' }]),
    ...aliases.map((alias) => ({ name: `address:${addressOf(alias, environment)}`, at: 'spec.aliases' })),
  ];
}
