import { grantedRights } from './granted-rights.ts';

/** The right to join computers to the domain, in the unit's own organisational unit and nowhere else. */
export const joinDomain = grantedRights({
  service: 'join-domain',
  short: 'domain',
  what: 'hak join domain',
  group: ({ joinDomainGroup }, { prefix }) => `${joinDomainGroup}-${prefix}`,
});
