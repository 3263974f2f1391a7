import { describe, expect, it } from 'vitest';
import { supplyOf } from '../../../core/capacity/supply.ts';
import { planRequests } from '../../../core/plan/plan.ts';
import { prepare } from '../../../core/plan/prepare.ts';
import type { PlacedRequest, ServiceRequest } from '../../../core/request.ts';
import type { PoolReading } from '../../../core/resource.ts';
import { reading } from '../../builders/resources.ts';
import { machine, policies } from '../../policies/builders.ts';

const TODAY = '2026-11-23';
const history = { fulfilled: new Map(), approvals: new Map(), accepted: new Map(), namedDeletes: new Set<string>() };
const vm = (name: string): ServiceRequest => machine({ name }, { id: `djp/${name}`, name });
const place = () => ({ file: 'requests/djp/a.yaml', line: 1, column: 1 });
const placed = (request: ServiceRequest): PlacedRequest => ({ request, places: { of: place, ofKey: place } });

const hosts = (cores: number): readonly PoolReading[] => [
  { key: 'addresses:djp', free: 2, next: ['10.30.8.10', '10.30.8.11'] },
  { key: 'capacity:cores', free: cores, total: 100 },
  { key: 'capacity:memoryGb', free: 900, total: 1000 },
  { key: 'capacity:storageGb', free: 9000, total: 10_000 },
];

/** Plans some of the merged requests. */
async function plan(planned: readonly ServiceRequest[], pools: readonly PoolReading[], all = planned) {
  const now = `${TODAY}T03:00:00Z`;
  const who = { author: null, committers: [] };
  const prepared = planned.map((one) =>
    prepare(placed(one), { policies, history, today: TODAY, now, creates: 1, ...who }),
  );
  return planRequests(prepared, {
    policies,
    today: TODAY,
    read: async () => reading([], { pools }),
    supply: (ids) => supplyOf({ all, planned: ids, history, policies, today: TODAY }),
  });
}

describe('room on the hosts', () => {
  it('holds the whole request that would take what stays free, and plans the others', async () => {
    const { plan: found, shortages } = await plan([vm('a'), vm('b')], hosts(33));
    expect(new Set(found.changes.map((one) => one.request))).toEqual(new Set(['djp/a']));
    expect(found.held).toMatchObject([{ request: 'djp/b', kind: 'machine', reason: 'exhausted' }]);
    expect(shortages).toMatchObject([{ capacity: 'cores', wanted: 2, left: 31, kept: 30 }]);
  });

  it('is kept for merged requests that are not in this plan', async () => {
    const { plan: found } = await plan([vm('b')], hosts(33), [vm('a'), vm('b')]);
    expect(found.changes).toEqual([]);
    expect(found.held).toMatchObject([{ request: 'djp/b', reason: 'exhausted' }]);
  });

  it('is asked again at every plan: once there is room, the request goes on', async () => {
    const { plan: found } = await plan([vm('a'), vm('b')], hosts(34));
    expect(found.held).toEqual([]);
    expect(found.changes).toHaveLength(6);
  });

  it('is unread where the hosts did not tell', async () => {
    const { plan: found } = await plan([vm('a')], hosts(90).slice(0, 1));
    expect(found.held).toMatchObject([{ reason: 'unread', detail: "What is free of 'cores' was not read" }]);
  });
});
