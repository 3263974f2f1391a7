import { describe, expect, it } from 'vitest';
import { lookupOf, newCensus } from '../../../core/validate/census.ts';
import { checkCensus, checkCross } from '../../../core/validate/cross.ts';
import type { Facts } from '../../../core/validate/facts.ts';
import { skeletonOf } from '../../../core/validate/skeleton.ts';
import { anOrganisation, aUnit } from '../organisation/builders.ts';
import { changedOf, someFacts, treeOf } from './builders.ts';
import { projectMessages } from './messages.ts';

const range = { first: '10.30.8.10', last: '10.30.8.13' };
const organisation = anOrganisation(
  [],
  [aUnit('djp', { quotas: { accounts: 20, addresses: 9 }, addresses: range }), aUnit('djl')],
);
const check = (changed: readonly Facts[], unchanged: readonly Facts[] = []) => {
  const tree = treeOf(changed, unchanged);
  return checkCross(tree.changed, tree.lookup, organisation, projectMessages);
};
const accounts = (count: number) =>
  Array.from({ length: count }, (_, i) => someFacts(`djp/a${String(i).padStart(2, '0')}`, [], { accounts: 1 }));

describe('checkCross() on names', () => {
  it('finds a name of an unchanged request, at the changed one, and names both places', () => {
    const [found, ...rest] = check(
      [someFacts('djl/baru', ['account:x', 'account:andi'])],
      [someFacts('djp/lama', ['account:andi'])],
    );
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ code: 'cross/name-taken', file: 'requests/djl/baru.yaml', line: 7, column: 11 });
    expect(found?.message.en).toBe(
      "'andi' is already claimed by requests/djp/lama.yaml (spec.names[0]). Choose another name, or edit that file",
    );
  });

  it('reports both of two changed requests that claim one name', () => {
    const found = check([someFacts('djp/a', ['name:x']), someFacts('djp/b', ['name:x'])]);
    expect(found.map((one) => one.file)).toEqual(['requests/djp/a.yaml', 'requests/djp/b.yaml']);
  });

  it('says it once for each request, however many claim the name', () => {
    expect(check(Array.from({ length: 50 }, (_, i) => someFacts(`djp/${i}`, ['name:x'])))).toHaveLength(50);
  });

  it('says once what one value claims in several ways', () => {
    const login = (id: string) => ({
      ...someFacts(id),
      claims: [
        { name: 'account:andi', at: 'spec.login' },
        { name: 'upn:andi@contoh.test', at: 'spec.login' },
        { name: 'address:andi@contoh.test', at: 'spec.address' },
      ],
    });
    expect(check([login('djp/a')], [login('djp/b')])).toHaveLength(2);
  });

  it("finds a name that reads like another request's, and says nothing where it is the same", () => {
    const named = (id: string, login: string): Facts => ({
      ...someFacts(id),
      claims: [
        { name: `account:${login}`, at: 'spec.login' },
        { name: `look:${skeletonOf(login)}`, at: 'spec.login' },
      ],
    });
    const [found, ...rest] = check([named('djp/baru', 'kurniawan')], [named('djp/lama', 'kumiawan')]);
    expect(rest).toEqual([]);
    expect(found?.code).toBe('cross/look-alike');
    expect(found?.message.en).toBe(
      "'kurniawan' reads like 'kumiawan' of requests/djp/lama.yaml (spec.login). Choose one that is clearly different",
    );
    expect(check([named('djp/a', 'budi')], [named('djp/b', 'budi')]).map((one) => one.code)).toEqual([
      'cross/name-taken',
    ]);
  });

  it('warns of a name that no request asks for, at its place', () => {
    const mentions = ['account:andi', 'account:budi'].map((name, at) => ({ name, at: `spec.members.${at}` }));
    const group = { ...someFacts('djp/grup', ['account:grup']), mentions };
    expect(check([group], [someFacts('djl/andi', ['account:andi'])])).toMatchObject([
      {
        code: 'cross/name-unknown',
        severity: 'warning',
        column: 11,
        message: { en: "No request asks for 'budi'. Check its spelling, or ask for it first" },
      },
    ]);
  });

  it('finds the same over a whole tree', () => {
    const group = {
      ...someFacts('djp/grup', ['account:grup']),
      mentions: [{ name: 'account:budi', at: 'spec.members.0' }],
    };
    const all = [group, someFacts('djl/andi', ['account:andi'])];
    const census = newCensus((id) => all.find((one) => one.id === id) as Facts);
    for (const one of all) census.add(one);
    const recall = (id: string) => changedOf(all.find((one) => one.id === id) as Facts);
    expect(checkCensus(census, recall, organisation, projectMessages).map((one) => one.code)).toEqual([
      'cross/name-unknown',
    ]);
  });

  it('does not hold a request against its own former version', () => {
    expect(check([someFacts('djp/a', ['account:andi'])], [someFacts('djp/b', ['account:budi'])])).toEqual([]);
  });

  it('finds a name that stands twice in one request', () => {
    expect(check([someFacts('djp/a', ['name:x', 'name:x'])]).map((one) => one.code)).toEqual(['cross/name-twice']);
  });
});

describe('checkCross() on quotas', () => {
  it('lets a unit reach its quota and refuses one beyond', () => {
    const all = accounts(21);
    expect(check(all.slice(19, 20), all.slice(0, 19))).toEqual([]);
    const [found] = check(all.slice(20), all.slice(0, 20));
    expect(found).toMatchObject({ code: 'cross/quota-exceeded', file: 'requests/djp/a20.yaml' });
    expect(found?.message.en).toBe('The quota of djp for accounts is 20; with this request it would be 21');
  });

  it('blames as many as are beyond, the last by id', () => {
    expect(check(accounts(23).toReversed()).map((one) => one.file)).toEqual([
      'requests/djp/a22.yaml',
      'requests/djp/a21.yaml',
      'requests/djp/a20.yaml',
    ]);
  });

  it('counts each unit alone, and takes a key without a quota as none', () => {
    expect(check([someFacts('djl/a', [], { accounts: 20 })], accounts(20))).toEqual([]);
    expect(check([someFacts('djl/a', [], { machines: 1 })])[0]?.message.en).toContain('for machines is 0');
  });

  it('does not blame a request that uses nothing of it', () => {
    expect(check([someFacts('djp/z', [], { accounts: 0 })], accounts(25))).toEqual([]);
  });

  it('refuses more addresses than the range of the unit holds', () => {
    const addresses = (count: number) => someFacts('djp/ip', [], { addresses: count });
    expect(check([addresses(4)])).toEqual([]);
    expect(check([addresses(5)]).map((one) => one.code)).toEqual(['cross/pool-exhausted']);
    expect(check([someFacts('djl/ip', [], { addresses: 1 })]).map((one) => one.code)).toEqual(['cross/pool-exhausted']);
  });
});

describe('lookupOf()', () => {
  it('counts the requests of a collective order, each unit alone', () => {
    const of = (id: string, batch?: string) => ({ ...someFacts(id), ...(batch === undefined ? {} : { batch }) });
    const lookup = lookupOf([of('djp/a', 'magang'), of('djp/b', 'magang'), of('djp/c'), of('djl/a', 'magang')]);
    expect([lookup.batch('djp', 'magang'), lookup.batch('djl', 'magang'), lookup.batch('djp', 'lain')]).toEqual([
      2, 1, 0,
    ]);
  });
});
