/** Small policies for tests of reading: two catalogues, two services, a few people; the messages are the real ones. */
import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Catalogue, Offer } from '../../../core/catalogue/catalogue.ts';
import type { Message, Messages } from '../../../core/finding.ts';
import { displayText, isoDate, slug, timestamp } from '../../../core/load/fields.ts';
import { parseMessages } from '../../../core/load/messages.ts';
import type { Person, Unit } from '../../../core/organisation/organisation.ts';
import type { Policies } from '../../../core/policies.ts';
import type { Service } from '../../../core/service.ts';

const FOLDER = new URL('../../../policies/messages/', import.meta.url);

/** The messages of policies/messages, with one more that the sample service uses. */
export function messages(): Messages {
  const files = readdirSync(FOLDER).map((path) => ({ path, text: readFileSync(new URL(path, FOLDER), 'utf8') }));
  const text = { id: "'{value}' sudah dicadangkan untuk {whom}", en: "'{value}' is reserved for {whom}" };
  const reserved: Message = { severity: 'error', text, explanation: text };
  return new Map([...parseMessages(files), ['demo/reserved', reserved]]);
}

const unused = () => [];

const demo = (name: string, spec: Service['spec']): Service => ({
  name,
  states: ['active', 'disabled'],
  spec,
  claims: unused,
  usage: () => ({}),
  pools: unused,
  expand: unused,
});

export const account = demo('account', (figures) =>
  z.strictObject({
    login: z
      .string()
      .max(20)
      .regex(/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/)
      .refine((login) => login !== 'admin', {
        params: {
          code: 'demo/reserved',
          values: { whom: { id: 'pengelola', en: 'administrators' } },
          suggest: (value: unknown) => `${value}-djp`,
        },
      })
      .meta({ description: 'Nama masuk.', examples: ['andi.pratama'], hint: { id: 'huruf kecil', en: 'lower case' } }),
    displayName: displayText(64).meta({ description: 'Nama tampilan.', examples: ['Andi Pratama'] }),
    mailbox: z.enum(Object.keys(figures)).meta({ description: 'Kelas kotak surat.', examples: ['standard'] }),
    quota: z
      .number()
      .int()
      .min(1)
      .max(25)
      .meta({ description: 'Kuota dalam GB.', examples: [3] }),
    internet: z.exactOptional(z.boolean().meta({ description: 'Akses internet.', examples: [true] })),
    aliases: z.exactOptional(
      z
        .array(slug())
        .max(3)
        .meta({ description: 'Alamat lain.', examples: [['andi']] }),
    ),
    until: z.exactOptional(isoDate().meta({ description: 'Berlaku sampai.', examples: ['2026-11-02'] })),
    resetAt: z.exactOptional(timestamp().meta({ description: 'Atur ulang.', examples: ['2026-11-02T09:30:00+07:00'] })),
  }),
);

export const address = demo('address', () =>
  z.strictObject({ host: slug().meta({ description: 'Nama host.', examples: ['spt-uji'] }) }),
);

export const offer = (catalogue: string, service: string): Offer => ({
  catalogue,
  service,
  name: { id: 'Layanan contoh', en: 'Sample service' },
  figures: { licensed: {}, standard: {} },
  free: [],
  items: [],
  holds: [],
  documentTypes: { evidence: { id: 'Bukti', en: 'Evidence' } },
});

const catalogue = (id: string, ...services: readonly string[]): Catalogue => ({
  id,
  name: { id, en: id },
  number: id,
  date: null,
  owner: 'pustek',
  calendar: 'wib',
  source: { document: id, reuse: '' },
  reopen: null,
  tasks: new Map(),
  offers: new Map(services.map((service) => [service, offer(id, service)])),
});

const unit = (id: string): Unit => ({ id, name: { id, en: id }, ou: `OU=${id}`, zones: [], prefix: id, quotas: {} });
const person = (id: string): Person => ({ id, name: id, units: ['djp'], posts: [] });

const byId = <T extends { readonly id: string }>(...values: readonly T[]) =>
  new Map(values.map((value) => [value.id, value]));

export const policies = (): Policies => ({
  catalogues: byId(catalogue('sc-1', 'account', 'address'), catalogue('lama-9', 'account')),
  services: new Map([account, address].map((service) => [service.name, service])),
  organisation: {
    units: byId(unit('djp'), unit('setjen')),
    people: byId(person('djp-pic'), person('djp-kasubdit')),
    teams: new Map(),
  },
  calendars: new Map(),
  environment: {
    name: 'test',
    calendar: 'wib',
    directory: {
      at: { type: 'sandbox' },
      base: 'DC=contoh,DC=test',
      upnSuffix: 'contoh.test',
      internetGroup: 'internet',
      guestGroup: 'tamu',
      raisedInternetGroup: 'lanjutan',
      joinDomainGroup: 'gabung',
    },
    mail: {
      at: { type: 'sandbox' },
      domain: 'contoh.test',
      licensed: 'exo',
      standard: 'onprem',
      sku: 'SKU',
      usageLocation: 'ID',
    },
    dns: { at: { type: 'sandbox' }, ttl: 300, reverseZones: [] },
    machines: {
      at: { type: 'sandbox' },
      datacenter: 'DC',
      resourcePool: 'Pool',
      datastore: 'Disks',
      folder: 'Folder',
      dnsServers: ['10.0.0.53'],
      templates: {},
      networks: {},
    },
    capacity: { freePercent: 30, soonDays: 30 },
    namespaces: { at: { type: 'sandbox' }, server: 'https://kubernetes.contoh.test:6443', role: 'edit' },
  },
  messages: messages(),
});

/** A request without fault. */
export const WELL = `# yaml-language-server: $schema=../../policies/schema/sc-1/account.json
catalogue: sc-1
service: account
title: Akun pegawai baru
requester: djp-pic
spec:
  login: andi.pratama
  displayName: "René 'Andi' Pratama"
  mailbox: standard
  quota: 3
  aliases: [andi, a-pratama]
`;
