import { describe, expect, it } from 'vitest';
import type { ServiceRequest } from '../../../core/request.ts';
import { lookupOf } from '../../../core/validate/census.ts';
import { checkCross } from '../../../core/validate/cross.ts';
import { factsOf } from '../../../core/validate/facts.ts';
import {
  account,
  classified,
  codesOf,
  expand,
  itemsOf,
  policies,
  request,
  serviceOf,
  specFaults,
} from '../builders.ts';

const SPEC = { name: 'tim-audit', members: ['andi.pratama'], until: '2027-03-31', purpose: 'Pemeriksaan' };
const rights = (service: string, spec = {}, over = {}) => request(service, { ...SPEC, ...spec }, over);
const logins = (count: number) => Array.from({ length: count }, (_, at) => `akun-${at}`);

describe.each([
  ['internet-rights', 'sc-11-2023', '5.3.2', 'III', 'internet-djp-tim-audit', 'akses-internet-lanjutan'],
  ['internet-rights', 'itsm-9-legacy', '9.2.3', 'III', 'internet-djp-tim-audit', 'akses-internet-lanjutan'],
  ['join-domain', 'sc-11-2023', '5.4', 'IV', 'domain-djp-tim-audit', 'gabung-domain-djp'],
  ['join-domain', 'itsm-9-legacy', '9.2.4', 'III', 'domain-djp-tim-audit', 'gabung-domain-djp'],
] as const)('%s in %s', (service, catalogue, code, minEchelon, key, prepared) => {
  const right = (spec = {}, over = {}) => rights(service, spec, { catalogue, ...over });

  it.each([
    ['one member', { members: logins(1) }],
    ['50 members', { members: logins(50) }],
    ['a name of 30 characters', { name: 'a'.repeat(30) }],
  ])('takes %s', (_, spec) => {
    expect(specFaults(right(spec))).toEqual([]);
  });

  it.each([
    ['no member', { members: [] }, 'members'],
    ['51 members', { members: logins(51) }, 'members'],
    ['a member twice', { members: ['andi', 'andi'] }, 'members'],
    ['a name of 31 characters', { name: 'a'.repeat(31) }, 'name'],
    ['a group by its name', { group: 'Domain Admins' }, 'unrecognized_keys'],
  ])('refuses %s', (_, spec, path) => {
    expect(specFaults(right(spec))).toEqual([path]);
  });

  it('yields one group of its own in the prepared one, which waits for its members', () => {
    expect(expand(right())).toEqual([
      {
        kind: 'directory-group',
        key,
        request: 'djp/andi',
        needs: [{ kind: 'directory-account', key: 'andi.pratama' }],
        fields: {
          ou: 'OU=Akun,OU=DJP',
          cn: key,
          displayName: key,
          mail: null,
          members: ['andi.pratama'],
          groups: [prepared],
        },
      },
    ]);
  });

  it('has no members after its last day, and where it is disabled', () => {
    expect(expand(right(), { phase: 'off' })[0]?.fields.members).toEqual([]);
    expect(expand(right({}, { state: 'disabled' }))[0]?.fields.members).toEqual([]);
  });

  it(`is ordered, extended, given and taken as ${code}`, () => {
    expect(itemsOf(null, right())).toEqual([code]);
    for (const after of [
      right({ until: '2027-06-30' }),
      right({ members: ['andi.pratama', 'siti.lestari'] }),
      right({}, { state: 'disabled' }),
    ]) {
      expect(itemsOf(right(), after)).toEqual([code]);
      expect(classified(right(), after).minEchelon).toBe(minEchelon);
    }
    expect(itemsOf(right(), right({ purpose: 'Lain' }))).toEqual([]);
    expect(codesOf(classified(right(), right({ name: 'lain' })).findings)).toEqual(['catalogue/fixed']);
  });
});

describe('the end of a right', () => {
  it('must be given where the catalogue grants it for a period, and may be left out elsewhere', () => {
    expect(specFaults(rights('internet-rights', { until: undefined }))).toEqual(['until']);
    expect(specFaults(rights('internet-rights', { until: undefined }, { catalogue: 'itsm-9-legacy' }))).toEqual([]);
    expect(specFaults(rights('join-domain', { until: undefined }))).toEqual([]);
  });
});

describe('who is given a right', () => {
  const place = () => ({ file: 'requests/djp/hak.yaml', line: 1, column: 1 });
  const places = { of: place, ofKey: place };
  const facts = (one: ServiceRequest) =>
    factsOf(one, `requests/${one.id}.yaml`, serviceOf(one.service), policies.environment);
  const check = (...all: readonly ServiceRequest[]) => {
    const known = all.map(facts);
    const changed = known.slice(0, 1).map((one) => ({ facts: one, places }));
    return codesOf(checkCross(changed, lookupOf(known), policies.organisation, policies.messages));
  };
  const order = rights('join-domain', {}, { id: 'djp/hak', name: 'hak' });

  it('is an account of a request of the same unit', () => {
    expect(check(order, account())).toEqual([]);
  });

  it.each([
    ['nobody asked for', []],
    ['another unit asked for', [account({}, { id: 'djl/andi', unit: 'djl' })]],
    ['is a group', [account({ kind: 'group', nip: undefined, members: [] })]],
    [
      'is a guest',
      [request('guest-internet', { login: 'andi.pratama', displayName: 'Andi', purpose: 'Rapat' }, { id: 'djp/tamu' })],
    ],
  ])('is none that %s', (_, others) => {
    expect(check(order, ...others)).toEqual(['cross/not-of-unit']);
  });
});
