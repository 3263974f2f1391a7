import { describe, expect, it } from 'vitest';
import { unconfirmed } from '../../../core/plan/confirm.ts';
import { diff } from '../../../core/plan/diff.ts';
import type { Resource } from '../../../core/resource.ts';
import { ordersFor, reading, record } from '../../builders/resources.ts';

const planOf = (...resources: Resource[]) => diff({ resources, orders: ordersFor(resources), reading: reading() });
const allocated = (last: number): Resource[] => {
  const chosen = { pool: 'addresses:djp', value: `10.30.8.${last}` };
  return [
    record('A spt.djp.contoh.test', { fields: { values: [chosen.value] }, chosen }),
    record(`PTR ${last}.8.30.10.in-addr.arpa`, { fields: { values: ['spt.djp.contoh.test'] }, chosen }),
  ];
};

describe('unconfirmed()', () => {
  it('allows the confirmed changes, or fewer', () => {
    const [a, ptr] = allocated(10) as [Resource, Resource];
    expect(unconfirmed(planOf(a, ptr), planOf(a, ptr))).toEqual([]);
    expect(unconfirmed(planOf(a, ptr), planOf(a))).toEqual([]);
  });

  it('names a change that was not confirmed', () => {
    expect(
      unconfirmed(planOf(record('A a')), planOf(record('A a'), record('A b'))).map((change) => change.key),
    ).toEqual(['A b']);
  });

  it('names a confirmed change whose values became others', () => {
    const other = record('A a', { fields: { ttl: 60 } });
    expect(unconfirmed(planOf(record('A a')), planOf(other))).toHaveLength(1);
  });

  it('allows another free address of the same pool, forward and reverse', () => {
    expect(unconfirmed(planOf(...allocated(10)), planOf(...allocated(11)))).toEqual([]);
  });

  it('does not allow two allocations where one was confirmed', () => {
    const second = allocated(11).map((one) => ({ ...one, key: one.key.replace('spt', 'sptb') }));
    expect(unconfirmed(planOf(...allocated(10)), planOf(...allocated(10), ...second)).length).toBeGreaterThan(0);
  });
});
