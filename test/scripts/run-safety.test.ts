import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../core/journal/entry.ts';
import { historyOf, namedDelete } from '../../core/journal/history.ts';
import { diff } from '../../core/plan/diff.ts';
import { confirmedPlan, keepPlan } from '../../scripts/run/plans.ts';
import { openStore } from '../../scripts/store/store.ts';
import { ordersFor, reading, record } from '../builders/resources.ts';

const now = new Date('2026-11-20T03:00:00Z');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'safety-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('confirmedPlan()', () => {
  it('refuses a kept plan that was changed after it was made', () => {
    const store = openStore(folder, () => now.toISOString());
    const wanted = record('A spt.djp.contoh.test');
    const plan = diff({ resources: [wanted], orders: ordersFor([wanted]), reading: reading() });
    keepPlan(store, plan, now);
    expect(confirmedPlan(store, plan.digest.slice(0, 12), now)).toMatchObject({ plan });
    const file = join(folder, 'plans', `${plan.digest}.json`);
    writeFileSync(file, readFileSync(file, 'utf8').replace('3600', '60'));
    expect(confirmedPlan(store, plan.digest.slice(0, 12), now)).toHaveProperty('stale');
  });
});

describe('historyOf()', () => {
  it('binds a named delete to the request and the digest that it was approved with', () => {
    const approval = { digest: 'd1', by: 'djp-kasi-aplikasi', on: '2026-11-20', via: 'command' } as const;
    const entry = { type: 'approved', request: 'djp/spt', approval, deletes: ['dns-record:A spt'] } as unknown as Entry;
    const { namedDeletes } = historyOf([entry]);
    expect(namedDeletes.has(namedDelete('djp/spt', 'd1', 'dns-record:A spt'))).toBe(true);
    expect(namedDeletes.has(namedDelete('djl/lain', 'd1', 'dns-record:A spt'))).toBe(false);
    expect(namedDeletes.has(namedDelete('djp/spt', 'd2', 'dns-record:A spt'))).toBe(false);
  });
});
