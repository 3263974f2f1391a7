import { describe, expect, it } from 'vitest';
import type { Item, Offer } from '../../../core/catalogue/catalogue.ts';
import { classify } from '../../../core/catalogue/classify.ts';
import type { ClassifyContext } from '../../../core/catalogue/context.ts';
import type { Places, ServiceRequest } from '../../../core/request.ts';
import { policies, unit } from '../../policies/builders.ts';

const item = (over: Partial<Item>): Item => ({
  catalogue: 'c',
  code: '1',
  service: 's',
  name: { id: 'Satu', en: 'One' },
  on: 'change',
  of: [],
  approver: { minEchelon: 'IV' },
  norm: { kind: 'fixed', value: 1, unit: 'working_day' },
  leadTime: null,
  documents: [],
  rules: [],
  deletes: [],
  alone: false,
  automation: 'full',
  ...over,
});

const offer = (...items: Partial<Item>[]): Offer => ({
  catalogue: 'c',
  service: 's',
  name: { id: 'S', en: 'S' },
  figures: {},
  free: ['title'],
  fixed: ['spec.key'],
  items: items.map(item),
  holds: [],
  documentTypes: {},
});

const request = (spec: Record<string, unknown>, over: Partial<ServiceRequest> = {}): ServiceRequest => ({
  id: 'djp/x',
  unit: 'djp',
  name: 'x',
  catalogue: 'c',
  service: 's',
  title: 'X',
  requester: 'andi',
  state: 'active',
  ...over,
  spec: { key: 'k', ...spec },
});

const run = (
  before: ServiceRequest | null,
  after: ServiceRequest,
  catalogue: Offer,
  over: Partial<ClassifyContext> = {},
) => {
  const context = { today: '2026-11-23', batch: { creates: 1 }, unit, messages: policies.messages, ...over };
  const { ordered, minEchelon, findings } = classify(before, after, catalogue, context);
  return {
    ordered: ordered.map((one) => `${one.item.code}: ${one.paths.join(' ')}`),
    minEchelon,
    codes: findings.map((one) => one.code),
    findings,
  };
};

describe('classify()', () => {
  it('claims nested paths by what stands above them, and lists as one value', () => {
    const catalogue = offer({ code: '1', of: ['spec.quota'] }, { code: '2', of: ['spec.disks.*', 'spec.names'] });
    const before = request({ quota: { gb: 1 }, names: ['a', 'b'] });
    const after = request({ quota: { gb: 2 }, names: ['b', 'a'], disks: { first: { gb: 1 } } });
    expect(run(before, after, catalogue).ordered).toEqual(['1: spec.quota.gb', '2: spec.disks.first.gb spec.names']);
  });

  it('does not mistake a name that begins alike', () => {
    const catalogue = offer({ of: ['spec.name'] });
    expect(run(request({}), request({ nameServer: 'x' }), catalogue)).toMatchObject({
      ordered: [],
      codes: ['catalogue/unclaimed'],
    });
  });

  it('sees a value that was taken away', () => {
    const catalogue = offer({ of: ['spec.alias'] });
    expect(run(request({ alias: 'a' }), request({}), catalogue).ordered).toEqual(['1: spec.alias']);
  });

  it('finds nothing in an edit that changes nothing', () => {
    const catalogue = offer({ of: ['spec.alias'], documents: ['letter'] });
    const nothing = { ordered: [], minEchelon: null, codes: [] };
    expect(run(request({ a: [1, { b: 2 }] }), request({ a: [1, { b: 2 }] }), catalogue)).toMatchObject(nothing);
  });

  it('applies every item that claims a path, at the highest rank, with rules and documents of each', () => {
    const never = { code: 'account/nothing-asked', check: 'after.state == "disabled"', at: 'spec.a' };
    const catalogue = offer(
      { code: '1', of: ['spec.a'], approver: { minEchelon: 'III' }, documents: ['letter'] },
      { code: '2', of: ['spec.a', 'spec.b'], rules: [never] },
      { code: '3', of: ['spec.a'], if: 'after.state == "disabled"' },
    );
    const result = run(request({ a: 1 }), request({ a: 2 }), catalogue);
    expect(result).toMatchObject({
      ordered: ['1: spec.a', '2: spec.a'],
      minEchelon: 'III',
      codes: ['catalogue/document-missing', 'account/nothing-asked'],
    });
  });

  it('orders a code once, though several entries of it apply', () => {
    const catalogue = offer({ of: ['spec.a'], documents: ['x'] }, { of: ['state'], deletes: ['dns-record'] });
    const result = classify(request({ a: 1 }), request({ a: 2 }, { state: 'disabled' }), catalogue, {
      today: '2026-11-23',
      batch: { creates: 1 },
      unit,
      messages: policies.messages,
    });
    expect(result.ordered).toHaveLength(1);
    expect(result.ordered[0]?.paths).toEqual(['spec.a', 'state']);
    expect(result.ordered[0]?.item).toMatchObject({ documents: ['x'], deletes: ['dns-record'] });
  });

  it('refuses a change of what is fixed, of the service and of the catalogue', () => {
    const catalogue = offer({ of: ['spec.a'] });
    expect(run(request({}), request({ key: 'other' }), catalogue).codes).toEqual(['catalogue/fixed']);
    expect(run(request({}), request({}, { service: 't' }), catalogue).codes).toEqual(['catalogue/unclaimed']);
    expect(run(request({}, { catalogue: 'b' }), request({}), catalogue).codes).toEqual(['catalogue/unclaimed']);
  });

  it('refuses a creation that no item takes, and one that is disabled at once', () => {
    const catalogue = offer({ on: 'create', if: 'batch.creates > 30' });
    expect(run(null, request({}), catalogue).codes).toEqual(['catalogue/no-creation']);
    expect(run(null, request({}, { state: 'disabled' }), catalogue).codes).toEqual(['catalogue/disabled-at-creation']);
  });

  it('asks for nothing where a request was deleted before it was fulfilled', () => {
    const catalogue = offer({ on: 'create', documents: ['letter'] });
    expect(run(null, request({}, { state: 'deleted' }), catalogue)).toMatchObject({ ordered: [], codes: [] });
  });

  it('points at the place in the file', () => {
    const places: Places = {
      of: (path) => ({ file: 'requests/djp/x.yaml', line: path.length, column: 7 }),
      ofKey: () => ({ file: '', line: 0, column: 0 }),
    };
    const [finding] = run(request({}), request({ b: 1 }), offer({ of: ['spec.a'] }), { places }).findings;
    expect(finding).toMatchObject({ file: 'requests/djp/x.yaml', line: 2, column: 7 });
    const [unplaced] = run(request({}), request({ b: 1 }), offer({ of: ['spec.a'] })).findings;
    expect(unplaced).toMatchObject({ file: 'requests/djp/x.yaml', line: 1, column: 1 });
  });
});

describe('a letter', () => {
  const dated = (date: string) =>
    request({}, { approval: { letter: { number: 'ND-1', date, signer: 'kasi', sha256: 'a'.repeat(64) } } });
  const catalogue = offer({ code: '2', on: 'create' });

  it('is never of a day to come', () => {
    expect(run(null, dated('2026-11-23'), catalogue).codes).toEqual([]);
    expect(run(null, dated('2026-11-24'), catalogue).codes).toEqual(['catalogue/letter-in-future']);
  });
});

describe('a one-off act', () => {
  const catalogue = offer({ of: ['spec.resetAt'] }, { code: '2', on: 'create' });
  const reset = (resetAt?: string) => request(resetAt === undefined ? {} : { resetAt });
  const codes = (before: string | undefined, after: string | undefined, over: Partial<ClassifyContext> = {}) =>
    run(reset(before), reset(after), catalogue, over).codes;

  it('is ordered by a time that is later than the last', () => {
    expect(codes(undefined, '2026-11-23T09:00:00+07:00')).toEqual([]);
    expect(codes('2026-11-22T09:00:00+07:00', '2026-11-23T09:00:00+07:00')).toEqual([]);
  });

  it('is never in the future: by the day, and by the minute where the time is known', () => {
    expect(codes(undefined, '2026-11-24T00:00:00+07:00')).toEqual(['catalogue/act-in-future']);
    expect(codes(undefined, '2026-11-23T23:59:00+07:00')).toEqual([]);
    const now = '2026-11-23T03:00:00Z';
    expect(codes(undefined, '2026-11-23T10:00:00+07:00', { now })).toEqual([]);
    expect(codes(undefined, '2026-11-23T10:00:01+07:00', { now })).toEqual(['catalogue/act-in-future']);
    expect(run(null, reset('2027-01-01T00:00:00Z'), catalogue).codes).toEqual(['catalogue/act-in-future']);
  });

  it('is not ordered again by the same moment in another zone, by an older one, or taken back', () => {
    const last = '2026-11-22T09:00:00+07:00';
    expect(codes(last, '2026-11-22T02:00:00Z')).toEqual(['catalogue/act-older']);
    expect(codes(last, '2026-11-22T08:59:59+07:00')).toEqual(['catalogue/act-older']);
    expect(codes(last, undefined)).toEqual(['catalogue/act-removed']);
  });
});
