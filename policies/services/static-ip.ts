import * as z from 'zod';
import { displayText } from '../../core/load/fields.ts';
import type { Unit } from '../../core/organisation/organisation.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { Id, Pool, Resource } from '../../core/resource.ts';
import type { Environment, ExpandContext, Service } from '../../core/service.ts';

/** RFC 1123, section 2.1: letters, digits and hyphens, at most 63. */
const label = () =>
  z
    .string()
    .max(63)
    .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/)
    .meta({
      hint: {
        id: 'huruf kecil a-z, angka, dan tanda hubung di antaranya, tanpa titik',
        en: 'lower case letters a-z, digits, and hyphens between them, without dots',
      },
    });

const SPEC = z.strictObject({
  host: label().meta({ description: 'Nama host, tanpa zona.', examples: ['spt-uji'] }),
  zone: z
    .string()
    .max(253)
    .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/)
    .meta({
      description: 'Zona DNS milik unit.',
      examples: ['djp.contoh.test'],
      hint: { id: 'nama zona seperti djp.contoh.test', en: 'the name of a zone such as djp.contoh.test' },
    }),
  aliases: z.exactOptional(
    z
      .array(label())
      .max(10)
      .meta({ description: 'Nama lain (CNAME) dalam zona yang sama.', examples: [['spt']] }),
  ),
  ttl: z.exactOptional(
    z
      .int()
      .min(60)
      .max(86_400)
      .meta({ description: 'Masa simpan di cache (TTL), detik.', examples: [3600] }),
  ),
  purpose: displayText(200).meta({
    description: 'Kegunaan alamat.',
    examples: ['Server uji aplikasi SPT'],
  }),
});
type Spec = z.output<typeof SPEC>;
type AddressPool = Extract<Pool, { type: 'addresses' }>;

const nameOf = (host: string, { zone }: Spec): string => `${host}.${zone}`;
const poolOf = (unit: string): string => `addresses:${unit}`;
const poolsOf = ({ id, addresses }: Unit): readonly AddressPool[] =>
  addresses === undefined ? [] : [{ key: poolOf(id), type: 'addresses', ...addresses, want: 1 }];
const record = (type: 'A' | 'PTR' | 'CNAME', name: string): Id => ({ kind: 'dns-record', key: `${type} ${name}` });

/** A static address with its name, forward and reverse; the address is the next free one of the unit. */
export const staticIp: Service = {
  name: 'static-ip',
  states: ['active', 'deleted'],
  spec: () => SPEC,
  claims(request) {
    const spec = request.spec as Spec;
    return [
      { name: `name:${nameOf(spec.host, spec)}`, at: 'spec.host' },
      ...(spec.aliases ?? []).map((alias) => ({ name: `name:${nameOf(alias, spec)}`, at: 'spec.aliases' })),
    ];
  },
  usage: (request) => (request.state === 'deleted' ? {} : { addresses: 1 }),
  pools(request, unit) {
    const spec = request.spec as Spec;
    const forward = record('A', nameOf(spec.host, spec));
    return poolsOf(unit).map((pool) => ({ ...pool, forward }));
  },
  unitPools: poolsOf,
  expand,
};

/**
 * The PTR goes first: the reverse zone is the ledger of addresses, so whoever holds the PTR holds the address.
 * @throws Error without a chosen address: a request whose pool is empty is held before it is expanded
 */
function expand(request: ServiceRequest, _items: unknown, context: ExpandContext): readonly Resource[] {
  if (request.state === 'deleted') return [];
  const spec = request.spec as Spec;
  const pool = poolOf(context.unit.id);
  const address = context.addresses[pool];
  if (address === undefined) throw new Error(`Cannot expand '${request.id}': no address of '${pool}' was chosen`);
  const { dns } = context.environment;
  const name = nameOf(spec.host, spec);
  const reverse = `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const ttl = spec.ttl ?? dns.ttl;
  const chosen = { pool, value: address };
  const base = { request: request.id };
  const pointer = record('PTR', reverse);
  const forward = record('A', name);
  return [
    { ...base, ...pointer, chosen, fields: { zone: reverseZoneOf(reverse, dns.reverseZones), ttl, values: [name] } },
    { ...base, ...forward, chosen, needs: [pointer], fields: { zone: spec.zone, ttl, values: [address] } },
    ...(spec.aliases ?? []).map((alias) => ({
      ...base,
      ...record('CNAME', nameOf(alias, spec)),
      needs: [forward],
      fields: { zone: spec.zone, ttl, values: [name] },
    })),
  ];
}

/** The most specific zone served here. */
function reverseZoneOf(reverse: string, zones: Environment['dns']['reverseZones']): string {
  const [zone] = zones.filter((one) => reverse.endsWith(`.${one}`)).sort((a, b) => b.length - a.length);
  if (zone === undefined) throw new Error(`Cannot place '${reverse}': no reverse zone of the environment holds it`);
  return zone;
}
