import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { idOf } from '../../core/resource.ts';
import { causeOf, isRight, offWatch } from './oracle.ts';
import { jumped, type Step, step, type Trouble } from './steps.ts';
import { FOREIGN, Killed, newWorld, substance } from './world.ts';

const RUNS = 1000;
/** What the sequences came to; printed, so that a model that stopped doing anything is seen. */
const counts: Record<string, number> = {};
const count = (what: string, by = 1) => {
  counts[what] = (counts[what] ?? 0) + by;
};

afterAll(() => {
  const lines = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
  process.stdout.write(`${lines.map(([what, number]) => `  ${String(number).padStart(7)} ${what}`).join('\n')}\n`);
});

/** Carries a sequence out, and holds every run against what people asked for. */
async function live(steps: readonly Step[]): Promise<void> {
  using world = newWorld();
  const off = offWatch();
  const { target } = world;
  const settled = new Map<string, { readonly asked: string; readonly end: unknown }>();

  async function runs(trouble: Trouble): Promise<void> {
    const from = target.written.length;
    const result = await world.apply(trouble).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
      count('runs killed');
      return undefined;
    });
    count('runs');
    for (const outcome of result?.outcomes ?? []) count(`changes ${outcome.result}`);
    for (const { change, before } of target.written.slice(from)) {
      count(`writes: ${change.action}`);
      expect(before === undefined || before.owner === change.request, `${idOf(change)} is another's`).toBe(true);
      if (change.action !== 'delete') {
        expect(isRight(change, world, settled), `${change.action} ${idOf(change)} was asked for by nobody`).toBe(true);
        if ('after' in change && 'power' in change.after) count(`power ${change.after.power}`);
        continue;
      }
      const cause = causeOf(change, world, { off: off.since, settled });
      expect(cause, `${idOf(change)} was deleted unasked`).toBeDefined();
      count(`deletes: ${cause}`);
    }
    for (const id of result?.fulfilled ?? []) {
      const request = world.files.get(id);
      // What is found fulfilled beside an edit that nobody approved is the version before it.
      if (request === undefined || !world.isApproved(id)) continue;
      const asked = substance(request);
      settled.set(id, { asked, end: request.spec.until });
      world.approved.set(id, new Set([asked]));
    }
    for (const one of FOREIGN) expect(target.objects.get(idOf(one))).toBe(one);
    off.look(world);
  }

  async function settles(): Promise<void> {
    await runs({ type: 'none' });
    const before = target.written.length;
    const again = await world.apply({ type: 'none' });
    expect(again.plan.changes).toEqual([]);
    expect(again.outcomes).toEqual([]);
    expect(again.fulfilled).toEqual([]);
    expect(target.written).toHaveLength(before);
    count('second plans, empty');
  }

  for (const one of steps) {
    count(`steps: ${one.type}`);
    if (one.type === 'clock-jump') await world.on(jumped(world.today), settles);
    else if (one.type !== 'apply') world.happen(one);
    else if (one.trouble.type === 'none') await settles();
    else await runs(one.trouble);
  }
  await settles();
}

describe('requests against targets', () => {
  it(`keep to what was asked for in ${RUNS} sequences of edits, runs, kills, failures and days`, async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), live), { numRuns: RUNS });
  }, 600_000);

  it('did all that it is about', () => {
    for (const what of [
      'runs killed',
      'changes failed',
      'changes unknown',
      'deletes: asked',
      'deletes: term',
      'deletes: edited',
      'power off',
      'power on',
    ])
      expect(counts[what] ?? 0, what).toBeGreaterThan(0);
  });
});
