import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeRemotes } from '../../../builders/remote.ts';
import { machineFile } from '../../../builders/request-files.ts';
import { firstMerge, stepsIn } from './steps.ts';
import { openWorld, type World } from './world.ts';

const DAY_SECONDS = 86_400;
const PATH = 'requests/djp/spt-dev.yaml';
/** A term that ends 31 days after the world starts. */
const UNTIL = '2026-12-21';

let world: World;
let step: ReturnType<typeof stepsIn>;

/** A development server that was asked for, approved, merged and made. */
beforeEach(async () => {
  world = await openWorld();
  step = stepsIn(world);
  const files = { [PATH]: machineFile({ until: UNTIL }) };
  await firstMerge(world, step, { branch: 'server', files, reviewer: 'contoh-sari' });
  expect((await step.applied()).exit).toBe(0);
});
afterEach(async () => {
  await world.close();
  removeRemotes();
});

const pulls = async () =>
  (await world.api('contoh-budi', 'GET', '/pulls?state=open')) as { number: number; title: string; body: string }[];
const proposed = () => world.remote.git('rev-parse', 'renew-djp-spt-dev');

/** The daily run at so many days before the end of the term. */
async function scheduledBeforeEnd(days: number): Promise<readonly number[]> {
  const left = (Date.parse(`${UNTIL}T00:00:00Z`) - Date.parse(world.now().toISOString().slice(0, 10))) / 1000;
  world.pass(left - days * DAY_SECONDS);
  return step.scheduled();
}

describe('a term that ends soon', () => {
  it.each([
    30, 14, 7,
  ])('in %i days has one pull request that renews it, and has it still on the next day', async (days) => {
    expect(await scheduledBeforeEnd(days)).toEqual([0]);
    const [pull, ...more] = await pulls();
    expect([pull?.title, more]).toEqual(['Perpanjangan: Permintaan development-vm', []]);
    expect(pull?.body).toContain('@contoh-budi');
    const commit = proposed();
    expect(world.remote.git('diff', '--unified=0', 'main', commit)).toMatch(
      /\n- {2}until: '2026-12-21'\n\+ {2}until: '2027-12-21'$/,
    );
    expect(await scheduledBeforeEnd(days - 1)).toEqual([]);
    expect(await pulls()).toEqual([pull]);
    expect(proposed()).toBe(commit);
  });

  it('has the same pull request at each notice, and none before the first', async () => {
    expect(await scheduledBeforeEnd(31)).toEqual([]);
    expect(await pulls()).toEqual([]);
    const numbers = [];
    for (const days of [30, 14, 7]) {
      expect(await scheduledBeforeEnd(days)).toEqual([0]);
      numbers.push((await pulls()).map((pull) => pull.number));
    }
    expect(numbers).toEqual([numbers[0], numbers[0], numbers[0]]);
    expect(numbers[0]).toHaveLength(1);
  });

  it('is renewed by the merge of that pull request, and has no other', async () => {
    await scheduledBeforeEnd(30);
    await step.watched();
    const [{ number } = { number: 0 }] = await pulls();
    await step.decidedAll();
    world.pass(120);
    await step.review(number, 'contoh-sari');
    await step.decided(number);
    await step.merge(number);
    expect((await step.applied()).exit).toBe(0);
    expect(await step.comment(number, 'outcome')).toContain('Selesai');
    expect(await scheduledBeforeEnd(14)).toEqual([]);
    expect(await pulls()).toEqual([]);
  });
});
