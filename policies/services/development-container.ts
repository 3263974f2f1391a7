import * as z from 'zod';
import { displayText, isoDate, timestamp } from '../../core/load/fields.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { Resource } from '../../core/resource.ts';
import type { ExpandContext, Service } from '../../core/service.ts';
import { capacityPools } from './capacity.ts';
import { label } from './name-fields.ts';

/** Version of the component that a namespace is made by; another one changes namespaces that stand. */
const FORM = 1;

/** Figures of the catalogue: the most that one namespace may have. */
const Figures = z.object({ cores: z.int(), memoryGb: z.int(), storageGb: z.int(), pods: z.int(), members: z.int() });

const size = (most: number, description: string) =>
  z
    .int()
    .min(1)
    .max(most)
    .meta({ description: `${description}, paling banyak ${most}.`, examples: [most] });

const login = () =>
  z
    .string()
    .max(64)
    .regex(/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/)
    .meta({ hint: { id: 'nama masuk akun, seperti andi.pratama', en: 'a login such as andi.pratama' } });

function specOf(figures: unknown) {
  const most = Figures.parse(figures);
  return z.strictObject({
    name: label()
      .max(40)
      .meta({
        description: 'Nama namespace, tanpa awalan unit. Tidak dapat diganti.',
        examples: ['spt-dev'],
      }),
    cores: size(most.cores, 'Inti prosesor untuk semua pod'),
    memoryGb: size(most.memoryGb, 'Memori dalam GB untuk semua pod'),
    storageGb: size(most.storageGb, 'Penyimpanan dalam GB'),
    pods: size(most.pods, 'Banyaknya pod'),
    podSecurity: z.enum(['restricted', 'baseline']).meta({
      description: 'Tingkat keamanan pod: restricted (paling ketat, dianjurkan) atau baseline.',
      examples: ['restricted'],
    }),
    members: z
      .array(login())
      .min(1)
      .max(most.members)
      .meta({ description: 'Nama masuk para pengembang yang boleh memakainya.', examples: [['andi.pratama']] }),
    until: isoDate().meta({
      description: 'Hari terakhir akses diperlukan. Sesudahnya akses dicabut, dan seminggu kemudian namespace dihapus.',
      examples: ['2027-05-31'],
    }),
    accessIssuedAt: z.exactOptional(
      timestamp().meta({
        description: 'Minta berkas akses (kubeconfig) untuk pemohon: tulis waktu sekarang.',
        examples: ['2026-11-20T09:30:00+07:00'],
      }),
    ),
    purpose: displayText(200).meta({ description: 'Kegunaan namespace.', examples: ['Pengembangan aplikasi SPT'] }),
  });
}
type Spec = z.output<ReturnType<typeof specOf>>;

/** A Kubernetes namespace for development with its limits, for as long as it is needed. */
export const developmentContainer: Service = {
  name: 'development-container',
  states: ['active', 'deleted'],
  spec: specOf,
  claims: (request) => [{ name: `namespace:${request.unit}-${(request.spec as Spec).name}`, at: 'spec.name' }],
  mentions: ({ spec }) =>
    (spec as Spec).members.map((login, at) => ({ name: `account:${login}`, at: `spec.members.${at}` })),
  usage({ state, spec }) {
    if (state === 'deleted') return {};
    const { cores, memoryGb, storageGb } = spec as Spec;
    return { namespaces: 1, cores, memoryGb, storageGb };
  },
  pools: () => capacityPools,
  unitPools: () => capacityPools,
  expand,
};

/** After its term nobody may use it any more; what runs in it goes with it, after the grace. */
function expand(request: ServiceRequest, _items: unknown, { unit, phase }: ExpandContext): readonly Resource[] {
  if (request.state === 'deleted') return [];
  const { name, purpose: _, accessIssuedAt, ...spec } = request.spec as Spec;
  const isOn = phase === 'on';
  const access = isOn && accessIssuedAt !== undefined ? { accessIssuedAt: utc(accessIssuedAt) } : {};
  const fields = { unit: unit.id, ...spec, members: isOn ? spec.members : [], ...access, form: FORM };
  return [{ kind: 'namespace', key: `${unit.prefix}-${name}`, request: request.id, fields }];
}

const utc = (instant: string): string => new Date(instant).toISOString();
