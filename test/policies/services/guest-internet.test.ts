import { describe, expect, it } from 'vitest';
import { classified, codesOf, expand, itemsOf, policies, request, serviceOf, specFaults } from '../builders.ts';

const SPEC = { login: 'tamu-rapat', displayName: 'Tamu Rapat', until: '2026-12-31', purpose: 'Rapat' };
const guest = (spec = {}, over = {}) => request('guest-internet', { ...SPEC, ...spec }, over);
const LEGACY = { catalogue: 'itsm-9-legacy' };

describe('the schema of a guest', () => {
  it.each([
    ['a login of 20 characters', { login: 'a'.repeat(20) }],
    ['a login of 3', { login: 'abc' }],
    ['a name of 80 characters', { displayName: 'a'.repeat(80) }],
  ])('takes %s', (_, spec) => {
    expect(specFaults(guest(spec))).toEqual([]);
  });

  it.each([
    ['a login of 21 characters', { login: 'a'.repeat(21) }, 'login'],
    ['a login of 2', { login: 'ab' }, 'login'],
    ['a name of 81 characters', { displayName: 'a'.repeat(81) }, 'displayName'],
    ['a mailbox', { mailbox: 'standard' }, 'unrecognized_keys'],
    ['an internet right', { internet: true }, 'unrecognized_keys'],
    ['no end under the catalogue that grants a period', { until: undefined }, 'until'],
  ])('refuses %s', (_, spec, path) => {
    expect(specFaults(guest(spec))).toEqual([path]);
  });

  it('may have no end under the older catalogue, which states none', () => {
    expect(specFaults(guest({ until: undefined }, LEGACY))).toEqual([]);
  });
});

describe('expand() of a guest', () => {
  const fieldsOf = (...given: Parameters<typeof expand>) => expand(...given)[0]?.fields;

  it('yields an account in the group of guests, without mail, which the directory ends by itself too', () => {
    expect(expand(guest())).toEqual([
      {
        kind: 'directory-account',
        key: 'tamu-rapat',
        request: 'djp/andi',
        fields: {
          ou: 'OU=Akun,OU=DJP',
          cn: 'Tamu Rapat (tamu-rapat)',
          displayName: 'Tamu Rapat',
          userPrincipalName: 'tamu-rapat@contoh.test',
          employeeNumber: null,
          enabled: true,
          mail: null,
          aliases: [],
          groups: ['akses-tamu'],
          mailboxKb: null,
          messageKb: null,
          expires: '2026-12-31',
        },
      },
    ]);
  });

  it('disables the account after its last day, and where it is asked for before', () => {
    expect(fieldsOf(guest(), { phase: 'off' })).toMatchObject({ enabled: false, expires: '2026-12-31' });
    expect(fieldsOf(guest({}, { state: 'disabled' }))).toMatchObject({ enabled: false });
  });

  it('has no end where none was asked for', () => {
    expect(fieldsOf(guest({ until: undefined }, LEGACY))).toMatchObject({ expires: null });
  });
});

describe('items of guests', () => {
  it.each([
    ['sc-11-2023', '5.3.1'],
    ['itsm-9-legacy', '9.1.2'],
  ])('in %s are one: %s, approved by echelon III', (catalogue, code) => {
    const before = guest({}, { catalogue });
    expect(itemsOf(null, before)).toEqual([code]);
    for (const after of [
      guest({ until: '2027-01-29' }, { catalogue }),
      guest({ displayName: 'Tamu Lain' }, { catalogue }),
      guest({ passwordResetAt: '2026-11-23T09:00:00+07:00' }, { catalogue }),
      guest({}, { catalogue, state: 'disabled' }),
    ]) {
      expect(itemsOf(before, after)).toEqual([code]);
      expect(classified(before, after).minEchelon).toBe('III');
    }
  });

  it('are not ordered for another purpose, and never for another login', () => {
    expect(itemsOf(guest(), guest({ purpose: 'Lokakarya' }))).toEqual([]);
    expect(codesOf(classified(guest(), guest({ login: 'tamu-lain' })).findings)).toEqual(['catalogue/fixed']);
  });
});

describe('a guest', () => {
  it('takes its login from everybody, and is no principal to whom rights are given', () => {
    expect(serviceOf('guest-internet').claims(guest(), policies.environment)).toEqual([
      { name: 'account:tamu-rapat', at: 'spec.login' },
      { name: 'look:tarnu-rapat', at: 'spec.login' },
    ]);
  });

  it('counts as a guest of its unit, not as an account', () => {
    expect(serviceOf('guest-internet').usage(guest())).toEqual({ guests: 1 });
  });
});
