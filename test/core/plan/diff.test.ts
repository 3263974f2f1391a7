import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diff } from '../../../core/plan/diff.ts';
import { preconditionOf } from '../../../core/plan/precondition.ts';
import { idOf, type Observed, type Resource } from '../../../core/resource.ts';
import { order, ordersFor, reading, record, standing, withFields } from '../../builders/resources.ts';

const A = record('A spt.djp.contoh.test');
const PTR = record('PTR 10.8.30.10.in-addr.arpa', {
  fields: { zone: '10.in-addr.arpa', ttl: 3600, values: ['spt.djp.contoh.test'] },
});
const plan = (resources: readonly Resource[], objects: readonly Observed[], over: Parameters<typeof order>[0] = {}) =>
  diff({ resources, orders: ordersFor([A, ...resources], over), reading: reading(objects) });

describe('diff()', () => {
  it('creates what is absent, with all its fields', () => {
    expect(plan([A], []).changes).toEqual([
      {
        kind: A.kind,
        key: A.key,
        request: A.request,
        action: 'create',
        after: A.fields,
        precondition: preconditionOf(undefined),
      },
    ]);
  });

  it('plans nothing for what stands as wanted', () => {
    expect(plan([A], [standing(A)])).toMatchObject({ changes: [], held: [] });
  });

  it('takes an object that was read twice for one', () => {
    expect(plan([A], [standing(A), standing(A)], { deletes: new Set([A.kind]) })).toMatchObject({
      changes: [],
      held: [],
    });
  });

  it('updates only the fields that differ, and binds what was read', () => {
    const there = standing(A, { fields: { ...A.fields, ttl: 60 } });
    expect(plan([A], [there]).changes).toMatchObject([
      { action: 'update', before: { ttl: 60 }, after: { ttl: 3600 }, precondition: preconditionOf(there) },
    ]);
  });

  it('leaves a field alone that is read and not wanted', () => {
    expect(plan([A], [standing(A, { fields: { ...A.fields, comment: 'by hand' } })]).changes).toEqual([]);
  });

  it('compares sets in any order', () => {
    const two = withFields(A, { values: ['10.30.8.10', '10.30.8.11'] });
    expect(
      plan([two], [standing(two, { fields: { ...two.fields, values: ['10.30.8.11', '10.30.8.10'] } })]).changes,
    ).toEqual([]);
  });

  it.each([
    ['later', '2026-11-21T00:00:00Z', 0],
    ['the same', '2026-11-20T00:00:00Z', 0],
    ['earlier', '2026-11-19T00:00:00Z', 1],
    ['missing', null, 1],
  ])('takes a proof of a one-off act that is %s for what it is', (_, passwordResetAt, changes) => {
    const account: Resource = {
      kind: 'directory-account',
      key: 'andi',
      request: A.request,
      fields: { passwordResetAt: '2026-11-20T00:00:00Z' },
    };
    expect(plan([account], [standing(account, { fields: { passwordResetAt } })]).changes).toHaveLength(changes);
  });

  it('refuses a foreign object, and holds the whole request with it', () => {
    const result = plan([A, PTR], [standing(PTR, { owner: 'djl/other' })]);
    expect(result.changes).toEqual([]);
    expect(result.held.map(({ key, reason }) => [key, reason])).toEqual([
      [PTR.key, 'foreign'],
      [A.key, 'sibling'],
    ]);
  });

  it('refuses an object without a marker', () => {
    expect(plan([A], [standing(A, { owner: null })]).held).toMatchObject([{ reason: 'foreign' }]);
  });

  it('adopts an object without a marker where that is ordered, and lists its differences in no change', () => {
    const there = standing(A, { owner: null, fields: { ...A.fields, ttl: 60 } });
    expect(plan([A], [there], { adopt: true }).changes).toMatchObject([{ action: 'adopt', before: there.fields }]);
  });

  it('lists what differs in an object that it adopts, and leaves it once it is its own', () => {
    const fields = { ...A.fields, ttl: 60 };
    const drift = { key: A.key, reason: 'drift', detail: 'Left as it is: ttl' };
    expect(plan([A], [standing(A, { owner: null, fields })], { adopt: true }).held).toMatchObject([drift]);
    expect(plan([A], [standing(A, { fields })], { adopt: true })).toMatchObject({ changes: [], held: [drift] });
  });

  it('creates nothing where adoption is ordered, and adopts the rest', () => {
    const needy = { ...A, needs: [{ kind: PTR.kind, key: PTR.key }] };
    const result = plan([PTR, needy], [standing(A, { owner: null })], { adopt: true });
    expect(result.changes).toMatchObject([{ action: 'adopt', key: A.key }]);
    expect(result.held).toMatchObject([{ key: PTR.key, reason: 'absent' }]);
  });

  it('adopts nothing that is not ready', () => {
    const there = standing(A, { owner: null, phase: { waitsFor: 'mailbox' } });
    expect(plan([A], [there], { adopt: true })).toMatchObject({ changes: [], held: [{ reason: 'not-ready' }] });
  });

  it('never takes an object of another request, even where adoption is ordered', () => {
    expect(plan([A], [standing(A, { owner: 'djl/other' })], { adopt: true }).changes).toEqual([]);
  });

  it('never takes what it could not see for deleted', () => {
    const orders = ordersFor([A], { deletes: new Set([A.kind]) });
    const unread = [{ kind: A.kind, reason: 'down' }];
    const result = diff({ resources: [], orders, reading: reading([], { unread }) });
    expect(result.held).toMatchObject([{ request: A.request, reason: 'unread', detail: 'down' }]);
    const settled = ordersFor([A], { deletes: new Set([A.kind]), mode: 'settled' });
    expect(diff({ resources: [], orders: settled, reading: reading([], { unread }) }).held).toEqual([]);
  });

  it('never takes unread for absent', () => {
    const orders = ordersFor([A]);
    for (const unread of [
      { kind: A.kind, reason: 'down' },
      { kind: A.kind, key: A.key, reason: 'down' },
    ] as const) {
      const result = diff({ resources: [A, PTR], orders, reading: reading([], { unread: [unread] }) });
      expect(result.changes).toEqual([]);
      expect(result.held.map((held) => held.reason)).toContain('unread');
    }
  });

  it('holds what is not ready, and says what it waits for', () => {
    const result = plan([A], [standing(A, { phase: { waitsFor: 'mailbox' } })]);
    expect(result).toMatchObject({ changes: [], held: [{ reason: 'not-ready', detail: 'It waits for mailbox' }] });
  });

  it('holds what needs an object that is neither there nor planned', () => {
    const needy = { ...A, needs: [{ kind: 'dns-record', key: 'PTR nowhere' }] } as const;
    expect(plan([needy], [])).toMatchObject({ changes: [], held: [{ reason: 'needs' }] });
  });

  it('plans what needs an object of the same plan, after it', () => {
    const needy = { ...A, needs: [{ kind: PTR.kind, key: PTR.key }] };
    expect(plan([needy, PTR], []).changes.map((change) => change.key)).toEqual([PTR.key, A.key]);
  });

  it('holds a chain of needs as a whole when its first link is held', () => {
    const first = record('A a.djp.contoh.test', { needs: [{ kind: 'dns-record', key: 'A b.djp.contoh.test' }] });
    const second = record('A b.djp.contoh.test', { needs: [{ kind: 'dns-record', key: 'A c.djp.contoh.test' }] });
    expect(plan([first, second], []).held.map((held) => held.reason)).toEqual(['needs', 'needs']);
  });

  it('holds what needs an object of a later stage until that stands', () => {
    const account: Resource = { kind: 'directory-account', key: 'andi', request: A.request, fields: {}, needs: [A] };
    expect(plan([A, account], []).held).toMatchObject([{ key: 'andi', reason: 'needs' }]);
    expect(plan([A, account], [standing(A)]).changes).toMatchObject([{ key: 'andi' }]);
  });

  it('takes an object of another request for a need, and says nothing of its owner', () => {
    const other = record('A other.djl.contoh.test', { request: 'djl/other' });
    const needy = { ...A, needs: [{ kind: other.kind, key: other.key }] };
    expect(plan([needy], [standing(other)])).toMatchObject({ changes: [{ key: A.key }], held: [] });
  });

  it('deletes only kinds that an ordered item deletes', () => {
    expect(plan([], [standing(A)]).held).toMatchObject([{ reason: 'orphan' }]);
    expect(plan([], [standing(A)], { deletes: new Set(['directory-group']) }).changes).toEqual([]);
    expect(plan([], [standing(A)], { deletes: new Set(['dns-record']) }).changes).toMatchObject([
      { action: 'delete', before: A.fields },
    ]);
  });

  it('never deletes for a settled request, nor for a request that it was not handed', () => {
    const deletes = new Set(['dns-record'] as const);
    expect(plan([], [standing(A)], { mode: 'settled', deletes }).changes).toEqual([]);
    expect(plan([], [standing(A, { owner: 'lost/file' })], { deletes }).held).toMatchObject([
      { request: 'lost/file', reason: 'orphan' },
    ]);
  });

  it('shows drift of a settled request, and changes nothing', () => {
    expect(plan([A], [], { mode: 'settled' })).toMatchObject({ changes: [], held: [{ reason: 'drift' }] });
    const there = standing(A, { fields: { ...A.fields, ttl: 60 } });
    expect(plan([A], [there], { mode: 'settled' })).toMatchObject({ changes: [], held: [{ reason: 'drift' }] });
  });

  it('gives one object to one request only', () => {
    const twice = record(A.key, { request: 'djl/other' });
    expect(plan([A, twice], []).held).toMatchObject([{ request: 'djl/other', reason: 'foreign' }]);
  });

  it('puts deletes last, in reverse order of the stages', () => {
    const account: Resource = { kind: 'directory-account', key: 'andi', request: A.request, fields: {} };
    const deletes = new Set(['dns-record', 'directory-account'] as const);
    const result = plan([PTR], [standing(A), standing(account)], { deletes });
    expect(result.changes.map((change) => `${change.action} ${idOf(change)}`)).toEqual([
      `create ${idOf(PTR)}`,
      `delete ${idOf(A)}`,
      `delete ${idOf(account)}`,
    ]);
  });

  it('gives the same digest whatever the order of its input, and another one for another precondition', () => {
    const there = standing(A, { fields: { ...A.fields, ttl: 60 } });
    expect(plan([A, PTR], [there]).digest).toBe(plan([PTR, A], [there]).digest);
    expect(plan([A, PTR], [{ ...there, identity: 'other' }]).digest).not.toBe(plan([A, PTR], [there]).digest);
  });
});

const keys = fc.constantFrom('A a', 'A b', 'A c', 'A d');
const requests = fc.constantFrom('u/one', 'u/two', 'v/three');
const worlds = fc.record({
  wanted: fc.uniqueArray(fc.tuple(keys, requests, fc.integer({ min: 1, max: 3 })), { selector: ([key]) => key }),
  there: fc.uniqueArray(fc.tuple(keys, fc.option(requests), fc.integer({ min: 1, max: 3 })), {
    selector: ([key]) => key,
  }),
  mode: fc.constantFrom('ordered' as const, 'settled' as const),
  adopt: fc.boolean(),
  deletes: fc.boolean(),
});

describe('diff(), in any world', () => {
  const run = (world: typeof worlds extends fc.Arbitrary<infer T> ? T : never) => {
    const resources = world.wanted.map(([key, request, ttl]) => record(key, { request, fields: { ttl } }));
    const objects = world.there.map(([key, owner, ttl]) => standing(record(key), { owner, fields: { ttl } }));
    const deletes = new Set(world.deletes ? (['dns-record'] as const) : []);
    const orders = new Map(
      ['u/one', 'u/two', 'v/three'].map((id) => [id, order({ mode: world.mode, adopt: world.adopt, deletes })]),
    );
    return { resources, objects, orders, result: diff({ resources, orders, reading: reading(objects) }) };
  };

  it('writes nothing to an object of another request, and deletes only its own', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { objects, result } = run(world);
        const owners = new Map(objects.map((object) => [idOf(object), object.owner]));
        for (const change of result.changes) {
          const owner = owners.get(idOf(change));
          if (change.action === 'create') expect(owner).toBeUndefined();
          else if (change.action === 'adopt') expect(owner).toBeNull();
          else expect(owner).toBe(change.request);
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('writes markers only where adoption is ordered', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        for (const change of run({ ...world, adopt: true }).result.changes) expect(change.action).toBe('adopt');
      }),
      { numRuns: 2_000 },
    );
  });

  it('has nothing left to do once its changes are carried out', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { resources, objects, orders, result } = run(world);
        const after = new Map(objects.map((object) => [idOf(object), object]));
        for (const change of result.changes) {
          const id = idOf(change);
          const old = after.get(id);
          if (change.action === 'delete') after.delete(id);
          else if (change.action === 'adopt' && old) after.set(id, { ...old, owner: change.request });
          else if ('after' in change) {
            const fields = { ...old?.fields, ...change.after };
            after.set(id, standing(record(change.key), { owner: change.request, fields }));
          }
        }
        const settled = new Map([...orders].map(([id, one]) => [id, { ...one, mode: 'settled' as const }]));
        expect(diff({ resources, orders: settled, reading: reading([...after.values()]) }).changes).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });
});
