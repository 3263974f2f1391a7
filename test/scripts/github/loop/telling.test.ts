import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyChain } from '../../../../core/journal/verify.ts';
import { githubApply, units } from '../../../../scripts/commands/github/apply.ts';
import { removeRemotes } from '../../../builders/remote.ts';
import { accountFile } from '../../../builders/request-files.ts';
import { BOT } from '../../../servers/github/github.ts';
import { firstMerge, stepsIn } from './steps.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let step: ReturnType<typeof stepsIn>;
let number: number;

/** A world with one merged account that no run has made yet. */
beforeEach(async () => {
  world = await openWorld();
  step = stepsIn(world);
  const files = { 'requests/djp/andi.yaml': accountFile() };
  number = await firstMerge(world, step, { branch: 'andi', files, reviewer: 'contoh-eka' });
});
afterEach(async () => {
  await world.close();
  removeRemotes();
});

const entries = () => verifyChain(`${world.remote.git('show', 'journal:journal/djp.jsonl')}\n`, 'djp').entries;
const outcomes = async () =>
  (await step.comments(number)).filter((one) => one.body.startsWith('<!-- layanan outcome ')).length;
const unitsNow = async () => (await world.run(units, { event: 'push', payload: {} })).output.trim();

/** A run that may ask no target. */
const appliedBlind = () =>
  world.run(
    githubApply,
    { event: 'push', payload: {} },
    {
      unit: 'djp',
      open: () => {
        throw new Error('A target is asked');
      },
    },
  );

describe('a result that could not be told', () => {
  it.each([
    ['the comment', /\/issues\/\d+\/comments$/, 0],
    ['the labels after the comment', /\/labels/, 1],
  ])('(%s refused for good) is told once by the next run, which asks no target', async (_, path, told) => {
    world.github.disturb((call) =>
      call.login === BOT && call.method !== 'GET' && path.test(call.path) ? { status: 500 } : undefined,
    );
    const failed = await step.applied();
    expect([failed.exit, failed.err]).toEqual([
      3,
      expect.stringContaining(`Not told yet, the next run tells it: #${number}`),
    ]);
    const before = entries();
    expect(before.map((entry) => entry.type)).toEqual(expect.arrayContaining(['run', 'outcome', 'fulfilled']));
    expect(await outcomes()).toBe(told);
    world.github.disturb(undefined);
    expect(await unitsNow()).toBe('units=["djp"]');
    expect((await appliedBlind()).exit).toBe(0);
    expect(await step.comment(number, 'outcome')).toContain('Selesai: 1 perubahan diterapkan');
    expect(await step.labels(number)).toContain('status:selesai');
    expect(entries()).toEqual([...before, expect.objectContaining({ type: 'reported', pull: number })]);
    const published = world.remote.git('rev-parse', 'journal');
    expect(await unitsNow()).toBe('units=[]');
    expect((await appliedBlind()).exit).toBe(0);
    expect([await outcomes(), world.remote.git('rev-parse', 'journal')]).toEqual([1, published]);
  });
});
