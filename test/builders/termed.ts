import * as z from 'zod';
import type { Offer } from '../../core/catalogue/catalogue.ts';
import type { Fulfilled } from '../../core/journal/history.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import { type PrepareContext, prepare } from '../../core/plan/prepare.ts';
import type { Policies } from '../../core/policies.ts';
import type { PlacedRequest, ServiceRequest } from '../../core/request.ts';
import type { Resource } from '../../core/resource.ts';
import type { Service } from '../../core/service.ts';
import type { Term } from '../../core/term/term.ts';
import { policies as real, unit } from '../policies/builders.ts';

export const WEEK = { value: 7, unit: 'calendar_day' } as const;

/** An account for a time: disabled after its end, deleted a week later. */
export const service: Service = {
  name: 'timed-account',
  states: ['active', 'deleted'],
  spec: () => z.strictObject({ login: z.string(), displayName: z.string(), until: z.iso.date() }),
  claims: () => [],
  usage: () => ({}),
  pools: () => [],
  expand({ id, state, spec }, _items, { phase }): readonly Resource[] {
    if (state === 'deleted') return [];
    const fields = { displayName: String(spec.displayName), enabled: phase === 'on' };
    return [{ kind: 'directory-account', key: String(spec.login), request: id, fields }];
  },
};

const item = {
  catalogue: 'sc-11-2023',
  code: '5.3.1',
  service: 'timed-account',
  name: { id: 'Akun berjangka', en: 'Timed account' },
  approver: { minEchelon: null },
  norm: { kind: 'fixed', value: 1, unit: 'working_day' },
  leadTime: null,
  documents: [],
  rules: [],
  deletes: [],
  alone: false,
  automation: 'full',
} as const;

export const offerWith = (term: Partial<Term> = {}): Offer => ({
  catalogue: 'sc-11-2023',
  service: 'timed-account',
  name: item.name,
  figures: {},
  free: ['title'],
  fixed: ['spec.login'],
  items: [
    { ...item, on: 'create', of: [] },
    { ...item, on: 'change', of: ['spec.displayName', 'spec.until'] },
    { ...item, on: 'change', of: ['state'], deletes: ['directory-account'] },
  ],
  term: { until: 'spec.until', grace: WEEK, deletes: ['directory-account'], ...term },
  holds: [],
  documentTypes: {},
});

export const request = (spec: Readonly<Record<string, unknown>> = {}, over: Partial<ServiceRequest> = {}) =>
  ({
    id: 'djp/tamu',
    unit: 'djp',
    name: 'tamu',
    catalogue: 'sc-11-2023',
    service: 'timed-account',
    title: 'Akun tamu',
    requester: 'djp-pic-aplikasi',
    state: 'active',
    ...over,
    spec: { login: 'tamu', displayName: 'Contoh Tamu', until: '2026-12-10', ...spec },
  }) satisfies ServiceRequest;

const place = () => ({ file: 'requests/djp/tamu.yaml', line: 1, column: 1 });
const placed = (one: ServiceRequest): PlacedRequest => ({ request: one, places: { of: place, ofKey: place } });

/** The policies with this one service, as it is offered under a term. */
export const policiesWith = (offer: Offer): Policies => ({
  ...real,
  services: new Map([[service.name, service]]),
  organisation: { ...real.organisation, units: new Map([[unit.id, unit]]) },
  catalogues: new Map([
    [
      'sc-11-2023',
      {
        id: 'sc-11-2023',
        name: item.name,
        number: 'SC-11',
        date: null,
        owner: 'Pustek',
        calendar: 'wib',
        source: { document: 'sc-11', reuse: '' },
        reopen: null,
        offers: new Map([[offer.service, offer]]),
        tasks: new Map(),
      },
    ],
  ]),
});

/** A request prepared on a day, against what was fulfilled before. */
export function preparedOn(today: string, after: ServiceRequest, before?: Fulfilled, offer = offerWith()): Prepared {
  const history: PrepareContext['history'] = {
    fulfilled: new Map(before ? [[after.id, before]] : []),
    approvals: new Map(),
    accepted: new Map(),
    namedDeletes: new Set(),
  };
  const now = `${today}T03:00:00Z`;
  return prepare(placed(after), {
    policies: policiesWith(offer),
    history,
    today,
    now,
    creates: 1,
    author: null,
    committers: [],
  });
}
