import {
  DOMAIN_RIGHTS,
  JOIN_DOMAIN_RIGHTS,
  OPEN_GROUP_RIGHTS,
  type Right,
  unitRights,
  ZONE_RIGHTS,
} from './directory-rights.ts';

/** Who gets which rights where. */
export interface Grant {
  /** Base DN of the domain. */
  readonly base: string;
  /** `sAMAccountName` of the service account. */
  readonly account: string;
  /** NetBIOS name of the domain. */
  readonly domain: string;
  readonly grants: readonly { readonly on: string; readonly rights: readonly Right[] }[];
}

/**
 * All grants of a service account.
 * @param units organisational units of requests, without the base
 * @param groups organisational unit of the groups that accounts may join
 * @param mail whether the schema has the attributes of Exchange
 */
export const grantsFor = (base: string, units: readonly string[], groups: string | undefined, mail: boolean) => [
  { on: base, rights: DOMAIN_RIGHTS },
  ...units.map((unit) => ({ on: `${unit},${base}`, rights: unitRights(mail) })),
  ...(groups === undefined ? [] : [{ on: `${groups},${base}`, rights: OPEN_GROUP_RIGHTS }]),
];

/** Grants on zones that the directory holds for its domain. */
export const zoneGrants = (base: string, zones: readonly string[]) =>
  zones.map((zone) => ({ on: `DC=${zone},CN=MicrosoftDNS,DC=DomainDnsZones,${base}`, rights: ZONE_RIGHTS }));

/** Grants of the group whose members may join computers in some organisational units. */
export const joinDomainGrants = (base: string, units: readonly string[]) =>
  units.map((unit) => ({ on: `${unit},${base}`, rights: JOIN_DOMAIN_RIGHTS }));
