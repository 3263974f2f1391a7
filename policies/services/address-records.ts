import type { Unit } from '../../core/organisation/organisation.ts';
import type { Id, Pool, RequestId, Resource } from '../../core/resource.ts';
import type { Environment, ExpandContext } from '../../core/service.ts';

type AddressPool = Extract<Pool, { type: 'addresses' }>;

const poolOf = (unit: string): string => `addresses:${unit}`;

export const record = (type: 'A' | 'PTR' | 'CNAME', name: string): Id => ({
  kind: 'dns-record',
  key: `${type} ${name}`,
});

/** The pool of a unit's static addresses; none where it has no range. */
export const addressPools = ({ id, addresses }: Unit): readonly AddressPool[] =>
  addresses === undefined ? [] : [{ key: poolOf(id), type: 'addresses', ...addresses, want: 1 }];

/** The same pool, for the request that has this name: the address which the name has already is kept. */
export const addressPoolsOf = (name: string, unit: Unit): readonly AddressPool[] =>
  addressPools(unit).map((pool) => ({ ...pool, forward: record('A', name) }));

/**
 * The address that was chosen for a request.
 * @throws Error without one: a request whose pool is empty is held before it is expanded
 */
export function chosenAddress(request: RequestId, { unit, addresses }: ExpandContext): string {
  const pool = poolOf(unit.id);
  const address = addresses[pool];
  if (address === undefined) throw new Error(`Cannot expand '${request}': no address of '${pool}' was chosen`);
  return address;
}

/** A name that is to have the chosen address. */
export interface Named {
  readonly request: RequestId;
  /** Fully qualified, without the final dot. */
  readonly name: string;
  readonly zone: string;
  readonly ttl?: number;
  /** What must stand before the name points to it. */
  readonly needs?: readonly Id[];
}

/**
 * A chosen address with its name, reverse and forward. The PTR goes first: the reverse zone is the ledger of addresses,
 * so whoever holds the PTR holds the address.
 */
export function addressRecords(named: Named, context: ExpandContext): readonly [pointer: Resource, forward: Resource] {
  const { request, name, zone, needs = [] } = named;
  const { dns } = context.environment;
  const address = chosenAddress(request, context);
  const reverse = `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const ttl = named.ttl ?? dns.ttl;
  const chosen = { pool: poolOf(context.unit.id), value: address };
  const pointer = record('PTR', reverse);
  return [
    { request, ...pointer, chosen, fields: { zone: reverseZoneOf(reverse, dns.reverseZones), ttl, values: [name] } },
    { request, ...record('A', name), chosen, needs: [pointer, ...needs], fields: { zone, ttl, values: [address] } },
  ];
}

/** The most specific zone served here. */
function reverseZoneOf(reverse: string, zones: Environment['dns']['reverseZones']): string {
  const [zone] = zones.filter((one) => reverse.endsWith(`.${one}`)).sort((a, b) => b.length - a.length);
  if (zone === undefined) throw new Error(`Cannot place '${reverse}': no reverse zone of the environment holds it`);
  return zone;
}
