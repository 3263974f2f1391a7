import { describe, expect, it } from 'vitest';
import type { ServiceRequest } from '../../core/request.ts';
import { account, address, classified, codesOf, container, itemsOf, machine } from './builders.ts';

const LEGACY = { catalogue: 'itsm-9-legacy' } as const;
const OLD = account({ mailbox: 'standard' }, LEGACY);
const STANDARD = account({ mailbox: 'standard' });
const evidence = {
  documents: [{ type: 'deactivation-evidence', url: 'https://arsip.contoh.test/sk/7', sha256: 'a'.repeat(64) }],
};
const faultsOf = (...edit: Parameters<typeof classified>) => codesOf(classified(...edit).findings);
const rankOf = (before: ServiceRequest | null, after: ServiceRequest) => classified(before, after).minEchelon;

describe('items of accounts in sc-11-2023', () => {
  it('takes up to 30 creations one by one, and more than 30 collectively', () => {
    expect(itemsOf(null, account(), { batch: { creates: 1 } })).toEqual(['8.1.1']);
    expect(itemsOf(null, account(), { batch: { creates: 30 } })).toEqual(['8.1.1']);
    expect(itemsOf(null, account(), { batch: { creates: 31 } })).toEqual(['8.1.2']);
    expect(rankOf(null, account())).toBe('IV');
  });

  it.each([
    ['8.2', account({ displayName: 'Andi P.' }), 'IV'],
    ['8.2', account({ aliases: ['a.pratama'] }), 'IV'],
    ['8.2', account({ internet: false }), 'IV'],
    ['8.2', account({ nip: '2'.repeat(18) }), 'IV'],
    ['8.3', account({}, { state: 'disabled', ...evidence }), 'IV'],
    ['8.4', account({ passwordResetAt: '2026-11-23T09:00:00+07:00' }), null],
    ['8.5', account({ mfaResetAt: '2026-11-23T09:00:00+07:00' }), 'IV'],
    ['8.6', account({ unblockedAt: '2026-11-23T09:00:00+07:00' }), 'IV'],
  ])('infers %s', (code, after, minEchelon) => {
    expect(itemsOf(account(), after)).toEqual([code]);
    expect(faultsOf(account(), after)).toEqual([]);
    expect(rankOf(account(), after)).toBe(minEchelon);
  });

  it('orders several items by one edit, at the highest rank', () => {
    const after = account({ displayName: 'Andi P.', passwordResetAt: '2026-11-23T09:00:00+07:00' });
    expect(itemsOf(account(), after)).toEqual(['8.2', '8.4']);
    expect(rankOf(account(), after)).toBe('IV');
    const leaves = account({ internet: false }, { state: 'disabled', ...evidence });
    expect(itemsOf(account(), leaves)).toEqual(['8.2', '8.3']);
  });

  it('asks for evidence of a deactivation', () => {
    expect(faultsOf(account(), account({}, { state: 'disabled' }))).toEqual(['catalogue/document-missing']);
    const [finding] = classified(account(), account({}, { state: 'disabled' })).findings;
    expect(finding?.message.id).toContain('SK pensiun');
    expect(finding?.message.en).toContain('retirement decree');
  });

  it('activates an account again as a change, approved', () => {
    const off = account({}, { state: 'disabled', ...evidence });
    expect(itemsOf(off, account())).toEqual(['8.2']);
    expect(rankOf(off, account())).toBe('IV');
  });

  it('deletes no account', () => {
    const after = account({}, { state: 'deleted' });
    expect(itemsOf(account(), after)).toEqual([]);
    expect(faultsOf(account(), after)).toEqual(['catalogue/state-unclaimed']);
  });

  it('keeps login and kind for ever', () => {
    expect(faultsOf(account(), account({ login: 'andi.p' }))).toEqual(['catalogue/fixed']);
    expect(faultsOf(account(), account({ kind: 'special' }))).toEqual(['catalogue/fixed']);
  });

  it('raises a mailbox class and never lowers it', () => {
    const none = account({ mailbox: 'none', address: undefined });
    expect(faultsOf(none, STANDARD)).toEqual([]);
    expect(faultsOf(STANDARD, account())).toEqual([]);
    expect(faultsOf(account(), STANDARD)).toEqual(['account/mailbox-kept']);
    expect(faultsOf(STANDARD, none)).toEqual(['account/mailbox-kept']);
  });

  it.each(['mfaResetAt', 'unblockedAt'])('excludes %s of an account without a licence', (act) => {
    const after = account({ mailbox: 'standard', [act]: '2026-11-23T09:00:00+07:00' });
    expect(faultsOf(STANDARD, after)).toEqual(['account/licence-needed']);
  });

  it('knows what is no item', () => {
    const over = { title: 'Lain', contacts: ['siti'], batch: 'baru', ...evidence };
    expect(itemsOf(account(), account({}, over))).toEqual([]);
    expect(faultsOf(account(), account({}, over))).toEqual([]);
  });
});

describe('items of accounts in itsm-9-legacy', () => {
  it.each([
    ['9.1.1', null, OLD, 'III'],
    ['9.2.1', OLD, account({ mailbox: 'standard', displayName: 'Andi P.' }, LEGACY), null],
    ['9.2.2', OLD, account({ mailbox: 'standard', mailboxGb: 2 }, LEGACY), 'III'],
    ['9.3', OLD, account({ mailbox: 'standard' }, { ...LEGACY, state: 'disabled' }), 'III'],
    ['9.4', OLD, account({ mailbox: 'standard', passwordResetAt: '2026-11-23T09:00:00+07:00' }, LEGACY), null],
  ] as const)('infers %s', (code, before, after, minEchelon) => {
    expect(itemsOf(before, after)).toEqual([code]);
    expect(faultsOf(before, after)).toEqual([]);
    expect(rankOf(before, after)).toBe(minEchelon);
  });

  it('sells more quota for an account that exists only', () => {
    expect(faultsOf(null, account({ mailbox: 'standard', mailboxGb: 2 }, LEGACY))).toEqual(['account/raise-later']);
  });

  it('takes no deactivation back without an approval, and moves to the newer catalogue with one', () => {
    const off = account({ mailbox: 'standard', mailboxGb: 2 }, { ...LEGACY, state: 'disabled' });
    expect(faultsOf(off, OLD)).toContain('catalogue/state-unclaimed');
    expect(itemsOf(off, STANDARD)).toEqual(['8.2']);
    expect(faultsOf(off, STANDARD)).toEqual([]);
    expect(rankOf(off, STANDARD)).toBe('IV');
  });

  it('is not where an account of the newer catalogue may go', () => {
    expect(faultsOf(STANDARD, OLD)).toEqual(['catalogue/unclaimed']);
  });
});

describe('items of static addresses in sc-11-2023', () => {
  it('is 5.2.5 for the creation, another name and the return', () => {
    expect(itemsOf(null, address())).toEqual(['5.2.5']);
    expect(itemsOf(address(), address({ host: 'spt-baru', ttl: 600 }))).toEqual(['5.2.5']);
    expect(itemsOf(address(), address({}, { state: 'deleted' }))).toEqual(['5.2.5']);
    expect(rankOf(null, address())).toBe('IV');
  });

  it('deletes names by an edit and never by a creation', () => {
    const deletes = (before: ServiceRequest | null, after: ServiceRequest) =>
      classified(before, after).ordered.flatMap(({ item }) => item.deletes);
    expect(deletes(null, address())).toEqual([]);
    expect(deletes(address(), address({ host: 'spt-baru' }))).toEqual(['dns-record']);
    expect(deletes(address(), address({}, { state: 'deleted' }))).toEqual(['dns-record']);
  });

  it('leaves the purpose free, and a tombstone dead', () => {
    expect(itemsOf(address(), address({ purpose: 'Lain' }))).toEqual([]);
    expect(faultsOf(address({}, { state: 'deleted' }), address())).toEqual(['catalogue/state-unclaimed']);
  });
});

describe('items of development servers in sc-11-2023', () => {
  const confirmed = {
    documents: [{ type: 'deletion-confirmation', url: 'https://arsip.contoh.test/nd/9', sha256: 'b'.repeat(64) }],
  };

  it('is 2.1 for a machine, its extension and its deletion, at echelon III', () => {
    expect(itemsOf(null, machine())).toEqual(['2.1']);
    expect(itemsOf(machine(), machine({ until: '2027-08-31' }))).toEqual(['2.1']);
    expect(rankOf(machine(), machine({ until: '2027-08-31' }))).toBe('III');
    expect(itemsOf(machine(), machine({}, { state: 'deleted', ...confirmed }))).toEqual(['2.1']);
  });

  it('deletes a machine before its end only where that is confirmed', () => {
    expect(faultsOf(machine(), machine({}, { state: 'deleted' }))).toEqual(['catalogue/document-missing']);
    expect(faultsOf(machine(), machine({}, { state: 'deleted', ...confirmed }))).toEqual([]);
  });

  it.each([
    ['2027-11-23', []],
    ['2027-11-24', ['term/too-long']],
  ])('lends a machine for at most 12 months: until %s gives %j', (until, faults) => {
    expect(faultsOf(null, machine({ until }))).toEqual(faults);
  });

  it.each(['os', 'cores', 'memoryGb', 'diskGb', 'name', 'zone'])('changes no %s', (field) => {
    const other = { os: 'centos-7', cores: 1, memoryGb: 2, diskGb: 40, name: 'lain', zone: 'lain.contoh.test' }[field];
    expect(faultsOf(machine(), machine({ [field]: other }))).toEqual(['catalogue/fixed']);
  });

  it.each([
    ['its size', { cores: 4 }],
    ['its members', { members: ['siti'] }],
    ['its term', { until: '2028-12-31' }],
    ['an access file', { accessIssuedAt: '2026-11-23T09:00:00+07:00' }],
  ])('is 2.2 for a namespace and %s, without a longest term', (_, spec) => {
    expect(itemsOf(null, container(spec))).toEqual(['2.2']);
    expect(itemsOf(container(), container(spec))).toEqual(['2.2']);
    expect(faultsOf(container(), container(spec))).toEqual([]);
    expect(rankOf(container(), container(spec))).toBe('III');
  });

  it('deletes a namespace that is asked away', () => {
    const { ordered } = classified(container(), container({}, { state: 'deleted' }));
    expect(ordered.flatMap(({ item }) => item.deletes)).toEqual(['namespace']);
  });
});
