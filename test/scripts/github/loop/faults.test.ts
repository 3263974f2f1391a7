import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TargetError } from '../../../../core/errors.ts';
import { verifyChain } from '../../../../core/journal/verify.ts';
import { removeRemotes } from '../../../builders/remote.ts';
import { accountFile } from '../../../builders/request-files.ts';
import { BOT, type Fault } from '../../../servers/github/github.ts';
import { stepsIn } from './steps.ts';
import { type Job, openWorld, type World } from './world.ts';

/** What becomes of one call: every sort of failure that GitHub is known for. */
const FAULTS: readonly (readonly [string, Fault])[] = [
  ['500', { status: 500 }],
  ['403', { status: 403 }],
  ['429', { status: 429 }],
  ['429 with Retry-After', { status: 429, headers: { 'retry-after': '7' } }],
  ['no answer after it took effect', { lost: true }],
  ['502 after it took effect', { status: 502, after: true }],
];
/** `LAYANAN_FAULTS=each` fails each call in turn, `all` in each way too; else every fourth call, the ways taking turns. */
const ALL = process.env.LAYANAN_FAULTS === 'all';
const STRIDE = process.env.LAYANAN_FAULTS === undefined ? 4 : 1;

let world: World;
let step: ReturnType<typeof stepsIn>;
beforeAll(async () => {
  world = await openWorld();
  step = stepsIn(world);
  world.commit('main', { 'requests/README.md': 'Permintaan' });
  await step.watched();
});
afterAll(async () => {
  await world.close();
  removeRemotes();
});

let nip = 199001012015011000n;
/** A request that no other scenario has. */
function nextRequest() {
  nip++;
  const name = `orang${String(nip).slice(-4)}`;
  const spec = { login: name, displayName: `Contoh ${name}`, nip: String(nip) };
  return { name, file: { [`requests/djp/${name}.yaml`]: accountFile(spec) } };
}

/** A job that a fault may end; the next one goes on. */
const tried = (job: Promise<Job>): Promise<unknown> =>
  job.catch((error: unknown) => {
    if (!(error instanceof TargetError)) throw error;
  });

/** From opening to results, with one call of the jobs disturbed; then once more each, undisturbed. */
async function scenario(index: number, fault: Fault): Promise<{ fired: boolean; number: number; name: string }> {
  const { name, file } = nextRequest();
  const head = world.commit(name, file);
  const number = await step.open(name);
  let calls = 0;
  let fired = false;
  world.github.disturb((call) => {
    if (call.login !== BOT || calls++ !== index) return undefined;
    fired = true;
    return fault;
  });
  await tried(step.checked(number));
  world.pass(120);
  await step.review(number, 'contoh-eka');
  await tried(step.decided(number));
  if (step.status(head)?.state !== 'success') {
    // Whoever approved before the comment was there is asked again, as the comment says.
    await step.decided(number);
    world.pass(120);
    await step.review(number, 'contoh-eka');
    await step.decided(number);
  }
  expect(step.status(head)?.state).toBe('success');
  await step.merge(number);
  await tried(step.applied());
  world.github.disturb(undefined);
  await step.applied();
  return { fired, number, name };
}

async function endsRight({ number, name }: { number: number; name: string }): Promise<void> {
  await expect(step.comment(number)).resolves.toContain(name);
  await expect(step.comment(number, 'outcome')).resolves.toContain('Selesai');
  const { entries } = verifyChain(`${world.remote.git('show', 'journal:journal/djp.jsonl')}\n`, 'djp');
  const outcomes = entries.filter((entry) => entry.type === 'outcome' && entry.request === `djp/${name}`);
  expect(outcomes).toHaveLength(1);
  expect(await step.labels(number)).toContain('status:selesai');
}

describe('every call to GitHub failing once in turn', () => {
  it('ends right: one comment, one apply, one outcome', async () => {
    let calls = 0;
    let scenarios = 0;
    for (let index = 0; ; index += STRIDE) {
      const turn = (index / STRIDE) % FAULTS.length;
      const kinds = ALL ? FAULTS : [FAULTS[turn] as (typeof FAULTS)[number]];
      let fired = false;
      for (const [what, fault] of kinds) {
        const ended = await scenario(index, fault);
        fired ||= ended.fired;
        scenarios++;
        await endsRight(ended).catch((cause: unknown) => {
          throw new Error(`Call ${index} with ${what} does not end right`, { cause });
        });
      }
      if (!fired) break;
      calls++;
    }
    expect(calls * STRIDE).toBeGreaterThan(30);
    process.stdout.write(`${calls} calls, ${scenarios} scenarios\n`);
  }, 3_600_000);
});
