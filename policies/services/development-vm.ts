import * as z from 'zod';
import { displayText, isoDate } from '../../core/load/fields.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { Resource } from '../../core/resource.ts';
import type { ExpandContext, Service } from '../../core/service.ts';
import { addressRecords } from './address-records.ts';
import { hostnameOf, machineNeeds, machineOf } from './machine.ts';
import { host, zone } from './name-fields.ts';

/** Figures of the catalogue: the most that one machine may have, the smallest disk, and the operating systems. */
const Figures = z.object({
  cores: z.int(),
  memoryGb: z.int(),
  diskGb: z.int(),
  smallestDiskGb: z.int(),
  os: z.array(z.string()).min(1),
});

const size = (least: number, most: number, description: string) =>
  z
    .int()
    .min(least)
    .max(most)
    .meta({ description: `${description}, paling banyak ${most}.`, examples: [most] });

function specOf(figures: unknown) {
  const { cores, memoryGb, diskGb, smallestDiskGb, os } = Figures.parse(figures);
  return z.strictObject({
    name: host()
      .max(40)
      .meta({
        description: 'Nama mesin, tanpa zona; juga nama host-nya. Tidak dapat diganti.',
        examples: ['spt-dev'],
      }),
    zone: zone(),
    os: z.enum(os).meta({ description: 'Sistem operasi.', examples: ['ubuntu-24.04'] }),
    cores: size(1, cores, 'Inti prosesor'),
    memoryGb: size(1, memoryGb, 'Memori dalam GB'),
    diskGb: size(smallestDiskGb, diskGb, 'Diska dalam GB'),
    until: isoDate().meta({
      description: 'Hari terakhir masa layanan. Sesudahnya mesin dimatikan, dan seminggu kemudian dihapus.',
      examples: ['2027-05-31'],
    }),
    purpose: displayText(200).meta({ description: 'Kegunaan mesin.', examples: ['Pengembangan aplikasi SPT'] }),
  });
}
type Spec = z.output<ReturnType<typeof specOf>>;

/** A virtual machine for development with one static address on the intranet, for a term. */
export const developmentVm: Service = {
  name: 'development-vm',
  states: ['active', 'deleted'],
  spec: specOf,
  ...machineNeeds,
  expand,
};

/** The name goes last, when the machine stands; through the grace it stays, so that an extension brings all of it back. */
function expand(request: ServiceRequest, _items: unknown, context: ExpandContext): readonly Resource[] {
  if (request.state === 'deleted') return [];
  const spec = request.spec as Spec;
  const { name, zone: suffix, os, cores, memoryGb, diskGb, until } = spec;
  const hostname = hostnameOf(request);
  const power = context.phase === 'on' ? 'on' : 'off';
  const size = { os, cores, memoryGb, diskGb };
  const machine = machineOf({ request: request.id, name, hostname, ...size, power, until }, context);
  const named = {
    request: request.id,
    name: hostname,
    zone: suffix,
    needs: [{ kind: machine.kind, key: machine.key }],
  };
  return [machine, ...addressRecords(named, context)];
}
