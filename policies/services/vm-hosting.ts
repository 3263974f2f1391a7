import * as z from 'zod';
import { displayText, isoDate, timestamp } from '../../core/load/fields.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { Resource } from '../../core/resource.ts';
import type { ExpandContext, Service } from '../../core/service.ts';
import { workOrderId } from '../../core/work-order/id.ts';
import { addressRecords } from './address-records.ts';
import { hostnameOf, machineNeeds, machineOf } from './machine.ts';
import { host, zone } from './name-fields.ts';

/** Figures of the catalogue, and of the site where the document states none. */
const Figures = z.object({
  os: z.array(z.string()).min(1),
  webServers: z.array(z.string()).min(1),
  largest: z.object({ cores: z.int(), memoryGb: z.int(), diskGb: z.int() }),
  smallestDiskGb: z.int(),
  leastScenarios: z.int(),
  /** Codes of the work orders that must have passed before the production name appears. */
  productionGates: z.array(z.string()),
  backupCauses: z.array(z.string()).min(1),
});

const size = (least: number, most: number, description: string) =>
  z
    .int()
    .min(least)
    .max(most)
    .meta({ description: `${description}, paling banyak ${most}.`, examples: [least] });

const load = (leastScenarios: number) =>
  z
    .strictObject({
      usersPerDay: z
        .int()
        .min(1)
        .max(100_000_000)
        .meta({
          description: 'Perkiraan paling banyak pengguna per hari.',
          examples: [5000],
        }),
      hoursPerDay: z
        .number()
        .min(0.5)
        .max(24)
        .meta({
          description: 'Jam efektif pengaksesan aplikasi per hari.',
          examples: [8],
        }),
      transactionSeconds: z
        .int()
        .min(1)
        .max(86_400)
        .meta({
          description: 'Perkiraan lama satu transaksi, detik.',
          examples: [30],
        }),
      scenarios: z
        .array(displayText(200))
        .min(leastScenarios)
        .max(20)
        .meta({
          description: `Skenario uji dari proses yang paling sering dipakai, sedikitnya ${leastScenarios}.`,
          examples: [['Masuk dan lihat beranda', 'Cari permohonan', 'Kirim permohonan']],
        }),
    })
    .meta({ description: 'Informasi tambahan untuk uji beban.' });

const backup = (causes: readonly string[]) =>
  z
    .strictObject({
      requestedAt: timestamp().meta({
        description: 'Saat cadangan diminta, dengan zona waktu. Waktu yang baru meminta cadangan baru.',
        examples: ['2026-11-20T09:00:00+07:00'],
      }),
      forms: z
        .array(z.enum(['folder', 'application', 'database']))
        .min(1)
        .max(3)
        .meta({
          description: 'Bentuk cadangan: folder, berkas aplikasi, berkas basis data.',
          examples: [['database']],
        }),
      cause: z.enum(causes).meta({ description: 'Sebab cadangan diminta.', examples: [causes[0]] }),
    })
    .meta({ description: 'Permintaan cadangan (butir 1.1.4).' });

function specOf(figures: unknown) {
  const { os, webServers, largest, smallestDiskGb, leastScenarios, backupCauses } = Figures.parse(figures);
  return z.strictObject({
    name: host()
      .max(40)
      .meta({
        description: 'Nama mesin, tanpa zona; juga nama host-nya. Tidak dapat diganti.',
        examples: ['spt'],
      }),
    zone: zone(),
    access: z
      .array(z.enum(['intranet', 'internet']))
      .min(1)
      .max(2)
      .meta({ description: 'Dari mana aplikasi dapat dibuka.', examples: [['intranet']] }),
    os: z.enum(os).meta({ description: 'Sistem operasi.', examples: ['ubuntu-24.04'] }),
    webServer: z.enum(webServers).meta({ description: 'Web server.', examples: ['nginx'] }),
    database: z.exactOptional(
      displayText(80).meta({ description: 'Basis data, sesuai standar platform.', examples: ['PostgreSQL 16'] }),
    ),
    cores: size(1, largest.cores, 'Inti prosesor'),
    memoryGb: size(1, largest.memoryGb, 'Memori dalam GB'),
    diskGb: size(smallestDiskGb, largest.diskGb, 'Diska dalam GB'),
    load: load(leastScenarios),
    purpose: displayText(200).meta({ description: 'Kegunaan aplikasi.', examples: ['Layanan permohonan SPT'] }),
    offUntil: z.exactOptional(
      isoDate().meta({
        description: 'Hanya saat `state: disabled`: hari terakhir masa penonaktifan.',
        examples: ['2027-05-31'],
      }),
    ),
    backup: z.exactOptional(backup(backupCauses)),
  });
}
type Spec = z.output<ReturnType<typeof specOf>>;

/** A production machine: made by programs, tested and filled by people; its name appears when the tests have passed. */
export const vmHosting: Service = {
  name: 'vm-hosting',
  states: ['active', 'disabled', 'deleted'],
  spec: specOf,
  ...machineNeeds,
  expand,
};

/** While it is disabled the machine is off, and keeps its name and address for the day on which it is activated again. */
function expand(request: ServiceRequest, _items: unknown, context: ExpandContext): readonly Resource[] {
  if (request.state === 'deleted') return [];
  const spec = request.spec as Spec;
  const { productionGates } = Figures.parse(context.figures);
  const { name, zone: suffix, os, cores, memoryGb, diskGb } = spec;
  const hostname = hostnameOf(request);
  const power = request.state === 'disabled' ? 'off' : 'on';
  const base = { request: request.id, name, hostname, os, cores, memoryGb, diskGb };
  const machine = machineOf({ ...base, power, until: null }, context);
  const gates = productionGates.map((code) => workOrderId(request.id, code));
  const needs = [{ kind: machine.kind, key: machine.key }, ...gates];
  return [machine, ...addressRecords({ request: request.id, name: hostname, zone: suffix, needs }, context)];
}
