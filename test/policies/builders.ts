import { join } from 'node:path';
import type { Offer } from '../../core/catalogue/catalogue.ts';
import { classify } from '../../core/catalogue/classify.ts';
import type { ClassifyContext } from '../../core/catalogue/context.ts';
import { checkHolds } from '../../core/catalogue/rules.ts';
import type { Finding } from '../../core/finding.ts';
import type { Unit } from '../../core/organisation/organisation.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { ExpandContext, Service } from '../../core/service.ts';
import { loadPolicies } from '../../policies/load.ts';

export const POLICIES = join(import.meta.dirname, '../../policies');
/** The real policies: what is tested here is the data. */
export const policies = loadPolicies(POLICIES, 'sandbox');

export const unit: Unit = {
  id: 'djp',
  name: { id: 'DJP', en: 'DJP' },
  ou: 'OU=DJP',
  zones: ['djp.contoh.test'],
  prefix: 'djp',
  addresses: { first: '10.30.8.10', last: '10.30.8.12' },
  quotas: { accounts: 10, licences: 5, addresses: 3 },
};

export function offerOf(catalogue: string, service: string): Offer {
  const offer = policies.catalogues.get(catalogue)?.offers.get(service);
  if (offer === undefined) throw new Error(`No offer of '${service}' in '${catalogue}'`);
  return offer;
}

export function serviceOf(name: string): Service {
  const service = policies.services.get(name);
  if (service === undefined) throw new Error(`No service '${name}'`);
  return service;
}

type Spec = Readonly<Record<string, unknown>>;

export const INDIVIDUAL: Spec = {
  login: 'andi.pratama',
  kind: 'individual',
  displayName: 'Andi Pratama',
  nip: '199001012015011001',
  address: 'andi.pratama',
  mailbox: 'licensed',
  internet: true,
};

/** A request for an account; the spec is taken as it is, as if it was parsed. */
export const account = (spec: Spec = {}, over: Partial<ServiceRequest> = {}): ServiceRequest => ({
  id: 'djp/andi',
  unit: 'djp',
  name: 'andi',
  catalogue: 'sc-11-2023',
  service: 'account',
  title: 'Akun Andi',
  requester: 'djp-pic',
  state: 'active',
  ...over,
  spec: without({ ...INDIVIDUAL, ...spec }),
});

export const address = (spec: Spec = {}, over: Partial<ServiceRequest> = {}): ServiceRequest => ({
  ...account(),
  service: 'static-ip',
  ...over,
  spec: without({ host: 'spt', zone: 'djp.contoh.test', purpose: 'Server uji', ...spec }),
});

const MACHINE: Spec = {
  name: 'spt-dev',
  zone: 'djp.contoh.test',
  os: 'ubuntu-24.04',
  cores: 2,
  memoryGb: 4,
  diskGb: 50,
  until: '2027-05-31',
  purpose: 'Pengembangan',
};

export const machine = (spec: Spec = {}, over: Partial<ServiceRequest> = {}): ServiceRequest => ({
  ...account(),
  service: 'development-vm',
  ...over,
  spec: without({ ...MACHINE, ...spec }),
});

const NAMESPACE: Spec = {
  name: 'spt-dev',
  cores: 2,
  memoryGb: 4,
  storageGb: 20,
  pods: 10,
  podSecurity: 'restricted',
  members: ['andi.pratama'],
  until: '2027-05-31',
  purpose: 'Pengembangan',
};

export const container = (spec: Spec = {}, over: Partial<ServiceRequest> = {}): ServiceRequest => ({
  ...account(),
  service: 'development-container',
  ...over,
  spec: without({ ...NAMESPACE, ...spec }),
});

/** A request for any service; the spec is taken as it is. */
export const request = (service: string, spec: Spec, over: Partial<ServiceRequest> = {}): ServiceRequest => ({
  ...account(),
  service,
  ...over,
  spec: without(spec),
});

/** A value of `undefined` takes a field away. */
const without = (spec: Spec): Spec =>
  Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));

const context = (over: Partial<ClassifyContext>): ClassifyContext => ({
  today: '2026-11-23',
  batch: { creates: 1 },
  unit,
  messages: policies.messages,
  ...over,
});

/** The codes that an edit orders, or a creation where there is nothing before. */
export const classified = (before: ServiceRequest | null, after: ServiceRequest, over: Partial<ClassifyContext> = {}) =>
  classify(before, after, offerOf(after.catalogue, after.service), context(over));

export const itemsOf = (...edit: Parameters<typeof classified>): string[] =>
  classified(...edit).ordered.map(({ item }) => item.code);

export const codesOf = (findings: readonly Finding[]): string[] => findings.map((finding) => finding.code);

/** Codes of the holds that a request breaks. */
export const holdsOf = (request: ServiceRequest): string[] =>
  codesOf(checkHolds(request, offerOf(request.catalogue, request.service), { unit, messages: policies.messages }));

/** zod compiles a schema on its first use. */
const schemas = new Map<Offer, ReturnType<Service['spec']>>();

/** The problems of a spec, as `path: message`; empty where the schema takes it. */
export function specFaults(request: ServiceRequest): string[] {
  const offer = offerOf(request.catalogue, request.service);
  const schema = schemas.get(offer) ?? serviceOf(request.service).spec(offer.figures);
  schemas.set(offer, schema);
  const result = schema.safeParse(request.spec);
  return result.success ? [] : result.error.issues.map((issue) => issue.path.join('.') || issue.code);
}

export function expand(request: ServiceRequest, over: Partial<ExpandContext> = {}) {
  const { figures } = offerOf(request.catalogue, request.service);
  return serviceOf(request.service).expand(request, [], {
    today: '2026-11-23',
    phase: 'on',
    unit,
    figures,
    environment: policies.environment,
    addresses: { 'addresses:djp': '10.30.8.10' },
    ...over,
  });
}
