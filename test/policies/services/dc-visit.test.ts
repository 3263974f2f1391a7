import { describe, expect, it } from 'vitest';
import type { ServiceRequest } from '../../../core/request.ts';
import { workOrdersOf } from '../../../core/work-order/expand.ts';
import { account, classified, codesOf, expand, holdsOf, itemsOf, offerOf, specFaults, unit } from '../builders.ts';

const STAFF = { name: 'Contoh Budi', from: 'staff', card: 'nip', cardEnding: '5001' };
const GUEST = { ...STAFF, name: 'Contoh Tamu', from: 'third-party', organisation: 'PT Contoh', card: 'ktp' };
const TIME = { date: '2026-11-24', from: '09:00', to: '11:00' };

type Spec = Readonly<Record<string, unknown>>;
const visit = (spec: Spec = {}, over: Partial<ServiceRequest> = {}): ServiceRequest => {
  const whole = { site: 'dc', pic: 'Contoh Budi', picAttends: true, plan: 'Rak 12', time: TIME, visitors: [STAFF] };
  const kept = Object.entries({ ...whole, ...spec }).filter(([, value]) => value !== undefined);
  return { ...account(), id: 'djp/kunjungan', service: 'dc-visit', ...over, spec: Object.fromEntries(kept) };
};
const ordersOf = (request: ServiceRequest) =>
  workOrdersOf(request, [], {
    offer: offerOf('sc-11-2023', 'dc-visit'),
    unit,
    calendar: { id: 'wib', zone: 'Asia/Jakarta' },
  });

describe('the schema of a visit', () => {
  it.each([
    ['one visitor', { visitors: [STAFF] }],
    ['30 visitors', { visitors: Array(30).fill(STAFF) }],
    ['four characters of a card', { visitors: [{ ...STAFF, cardEnding: 'A12Z' }] }],
    ['a whole day', { time: { ...TIME, from: '00:00', to: '23:59' } }],
  ])('takes %s', (_, spec) => {
    expect(specFaults(visit(spec))).toEqual([]);
  });

  it.each([
    ['nobody', { visitors: [] }, 'visitors'],
    ['31 visitors', { visitors: Array(31).fill(STAFF) }, 'visitors'],
    ['three characters of a card', { visitors: [{ ...STAFF, cardEnding: '501' }] }, 'visitors.0.cardEnding'],
    ['five characters of a card', { visitors: [{ ...STAFF, cardEnding: '15001' }] }, 'visitors.0.cardEnding'],
    ['another place', { site: 'kantor' }, 'site'],
    ['24 o’clock', { time: { ...TIME, to: '24:00' } }, 'time.to'],
    ['no plan', { plan: undefined }, 'plan'],
    ['no PIC', { pic: undefined }, 'pic'],
  ])('refuses %s', (_, spec, path) => {
    expect(specFaults(visit(spec))).toEqual([path]);
  });
});

describe('the rules of a visit', () => {
  const ordered = (spec: Spec) => codesOf(classified(null, visit(spec), { today: '2026-11-24' }).findings);

  it('is taken for today and not for yesterday', () => {
    expect(ordered({})).toEqual([]);
    expect(ordered({ time: { ...TIME, date: '2026-11-23' } })).toEqual(['dc-visit/in-the-past']);
  });

  it('ends a minute after it starts at the least', () => {
    expect(holdsOf(visit({ time: { ...TIME, to: '09:01' } }))).toEqual([]);
    expect(holdsOf(visit({ time: { ...TIME, to: '09:00' } }))).toEqual(['dc-visit/ends-before-start']);
  });

  it('names a room at the Smart DC, and at no other site has to', () => {
    expect(holdsOf(visit({ site: 'smart-dc', room: 'Ruang 2' }))).toEqual([]);
    expect(holdsOf(visit({ site: 'smart-dc' }))).toEqual(['dc-visit/room-missing']);
    expect(holdsOf(visit({ site: 'dc' }))).toEqual([]);
  });

  it.each([
    ['dc', true],
    ['smart-dc', true],
    ['drc', false],
  ])('at %s must have third parties with the PIC: %s', (site, must) => {
    const room = 'Ruang 2';
    const alone = { site, room, picAttends: false };
    expect(holdsOf(visit({ ...alone, visitors: [STAFF, GUEST] }))).toEqual(must ? ['dc-visit/pic-must-attend'] : []);
    expect(holdsOf(visit({ ...alone, picAttends: true, visitors: [GUEST] }))).toEqual([]);
    expect(holdsOf(visit({ ...alone, visitors: [STAFF] }))).toEqual([]);
  });

  it('says where third parties come from', () => {
    const { organisation: _, ...unknown } = GUEST;
    expect(holdsOf(visit({ visitors: [unknown] }))).toEqual(['dc-visit/organisation-missing']);
  });
});

describe('items of visits', () => {
  it.each([
    ['dc', '3.1.1'],
    ['smart-dc', '3.1.2'],
    ['drc', '3.2'],
  ])('takes %s for %s, by echelon IV', (site, code) => {
    expect(itemsOf(null, visit({ site }))).toEqual([code]);
    expect(classified(null, visit({ site })).minEchelon).toBe('IV');
  });

  it('is what it was once it has taken place', () => {
    const faults = (after: ServiceRequest) => codesOf(classified(visit(), after).findings);
    expect(faults(visit({ time: { ...TIME, date: '2026-12-01' } }))).toEqual(['catalogue/fixed']);
    expect(faults(visit({}, { state: 'deleted' }))).toEqual(['catalogue/state-unclaimed']);
    expect(faults(visit({}, { title: 'Lain' }))).toEqual([]);
  });
});

describe('the work order of a visit', () => {
  it('has its steps, its window and what the team must know', () => {
    expect(expand(visit())).toEqual([]);
    expect(ordersOf(visit({ visitors: [GUEST] }))).toMatchObject([
      {
        kind: 'work-order',
        key: 'djp/kunjungan#3.1.1',
        request: 'djp/kunjungan',
        fields: {
          team: 'fasilitas-dc',
          steps: ['list-checked', 'pass-issued', 'duty:identity-checked', 'duty:escorted', 'logged'],
          preparation: ['list-checked', 'pass-issued'],
          details: [
            'spec.pic=Contoh Budi',
            'spec.picAttends=true',
            'spec.plan=Rak 12',
            'spec.visitors=Contoh Tamu, third-party, ktp, 5001, PT Contoh',
          ],
          startsAt: '2026-11-24T02:00:00Z',
          endsAt: '2026-11-24T04:00:00Z',
          norm: '6 working_hour',
          closing: '1 working_day',
          calendar: 'wib',
        },
      },
    ]);
  });

  it('is wanted no more once the visit is called off', () => {
    expect(ordersOf(visit({}, { state: 'deleted' }))).toEqual([]);
  });

  it.each([
    ['smart-dc', 'djp/kunjungan#3.1.2', 'fasilitas-dc'],
    ['drc', 'djp/kunjungan#3.2', 'fasilitas-drc'],
  ])('is for the team of %s', (site, key, team) => {
    expect(ordersOf(visit({ site }))).toMatchObject([{ key, fields: { team } }]);
  });
});
