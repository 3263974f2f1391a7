import * as z from 'zod';
import { displayText } from '../../core/load/fields.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { Resource } from '../../core/resource.ts';
import type { ExpandContext, Service } from '../../core/service.ts';
import { addressPools, addressPoolsOf, addressRecords, record } from './address-records.ts';
import { addressLabel, zone } from './name-fields.ts';

const SPEC = z.strictObject({
  host: addressLabel().meta({ description: 'Nama host, tanpa zona.', examples: ['spt-uji'] }),
  zone: zone(),
  aliases: z.exactOptional(
    z
      .array(addressLabel())
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

const nameOf = (host: string, spec: Spec): string => `${host}.${spec.zone}`;

/** A static address with its name, forward and reverse; the address is the next free one of the unit. */
export const staticIp: Service = {
  name: 'static-ip',
  states: ['active', 'deleted'],
  spec: () => SPEC,
  claims(request) {
    const spec = request.spec as Spec;
    return [
      { name: `name:${nameOf(spec.host, spec)}`, at: 'spec.host' },
      ...(spec.aliases ?? []).map((alias, index) => ({
        name: `name:${nameOf(alias, spec)}`,
        at: `spec.aliases.${index}`,
      })),
    ];
  },
  usage: (request) => (request.state === 'deleted' ? {} : { addresses: 1 }),
  pools(request, unit) {
    const spec = request.spec as Spec;
    return addressPoolsOf(nameOf(spec.host, spec), unit);
  },
  unitPools: addressPools,
  expand,
};

function expand(request: ServiceRequest, _items: unknown, context: ExpandContext): readonly Resource[] {
  if (request.state === 'deleted') return [];
  const spec = request.spec as Spec;
  const { id } = request;
  const name = nameOf(spec.host, spec);
  const ttl = spec.ttl ?? context.environment.dns.ttl;
  const aliases = (spec.aliases ?? []).map((alias) => ({
    request: id,
    ...record('CNAME', nameOf(alias, spec)),
    needs: [record('A', name)],
    fields: { zone: spec.zone, ttl, values: [name] },
  }));
  return [...addressRecords({ request: id, name, zone: spec.zone, ttl }, context), ...aliases];
}
