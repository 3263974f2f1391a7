import { describe, expect, it } from 'vitest';
import { checkRails } from '../../../core/plan/rails.ts';
import type { Change, Plan } from '../../../core/resource.ts';
import { rails } from '../../../policies/rails.ts';

const deletes = (count: number): Plan => ({
  digest: '',
  held: [],
  changes: Array.from(
    { length: count },
    (_, index): Change => ({
      kind: 'dns-record',
      key: `A host-${index}`,
      request: 'djp/spt',
      precondition: '',
      action: 'delete',
      before: {},
    }),
  ),
});
const violations = (count: number, live: number, named: readonly string[] = []) =>
  checkRails(deletes(count), rails, new Map([['dns-record', live]]), (change) =>
    named.includes(`${change.kind}:${change.key}`),
  );

describe('checkRails()', () => {
  it.each([
    { live: 0, limit: 1 },
    { live: 19, limit: 1 },
    { live: 40, limit: 2 },
    { live: 100, limit: 5 },
    { live: 200, limit: 10 },
    { live: 100_000, limit: 10 },
  ])('lets $limit of $live go, and not one more', ({ live, limit }) => {
    expect(violations(limit, live)).toEqual([]);
    expect(violations(limit + 1, live)).toMatchObject([{ rail: 'deletes', limit, live }]);
  });

  it('lets any number of work orders be called off', () => {
    const plan = deletes(20);
    const orders = plan.changes.map((change): Change => ({ ...change, kind: 'work-order' }));
    expect(checkRails({ ...plan, changes: orders }, rails, new Map(), () => false)).toEqual([]);
  });

  it('lets more go when an approval names each of them, and lists those that none names', () => {
    const named = ['dns-record:A host-0', 'dns-record:A host-1'];
    expect(violations(2, 10, named)).toEqual([]);
    const [violation] = violations(3, 10, named);
    expect(violation?.rail === 'deletes' && violation.unnamed.map((change) => change.key)).toEqual(['A host-2']);
  });

  it('never lets a protected object be touched', () => {
    const change = {
      kind: 'directory-account',
      key: 'krbtgt',
      request: 'a/b',
      precondition: '',
      action: 'update',
      before: {},
      after: {},
    } as const;
    expect(checkRails({ digest: '', held: [], changes: [change] }, rails, new Map(), () => false)).toMatchObject([
      { rail: 'protected' },
    ]);
  });
});
