import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Position } from '../../core/apply/port.ts';
import { eachOf, runOnce } from './child.ts';
import { playScenes, type Scene, temporaryFolder } from './scenes.ts';
import { faultsAfterRerun } from './verdict.ts';
import { copyOf, type World } from './world.ts';

const POSITIONS: readonly Position[] = ['before', 'after', 'recorded'];
const AT_ONCE = 2;
/** Second kills, during the recovery: so many pairs of points; `LAYANAN_KILL_PAIRS=5000` for the long run. */
const PAIRS = Number(process.env.LAYANAN_KILL_PAIRS ?? 40);
const LIMIT_MS = 240_000 + PAIRS * 4000;

interface Kill {
  readonly point: number;
  readonly position: Position;
}

const nameOf = ({ point, position }: Kill) => `${position} write ${point}`;

const killsOf = (points: number): Kill[] =>
  Array.from({ length: points }, (_, at) => POSITIONS.map((position) => ({ point: at + 1, position }))).flat();

const folder = temporaryFolder();
let scenes: readonly Scene[] = [];
let kills = 0;

beforeAll(async () => {
  scenes = await playScenes(folder.path);
});

afterAll(() => {
  const points = scenes.reduce((sum, scene) => sum + scene.points, 0);
  process.stdout.write(
    `Kill harness: ${points} write points, ${kills} kills, with ${PAIRS} second kills (LAYANAN_KILL_PAIRS for more)\n`,
  );
  folder[Symbol.dispose]();
});

/** Runs a child up to its kill. @throws Error when it was not killed: the point is not where it should be */
async function killed(world: World, kill: Kill): Promise<void> {
  const { signal, code, stderr } = await runOnce({ world, kill });
  if (signal !== 'SIGKILL') throw new Error(`Not killed ${nameOf(kill)}: ended with ${code}: ${stderr}`);
  kills++;
}

const scene = (name: string): Scene => {
  const found = scenes.find((one) => one.name === name);
  if (found === undefined) throw new Error(`No scene is called '${name}'`);
  return found;
};

/** A copy of a scene's world for one case. */
async function inCopy(of: Scene, name: string, work: (world: World) => Promise<void>): Promise<void> {
  const place = join(folder.path, of.name, name);
  await work(copyOf(of.world, place));
  rmSync(place, { recursive: true });
}

describe('a run that is killed', () => {
  it.each(['creation', 'mailboxes', 'edit', 'return', 'stacks', 'stacks edited', 'stacks deleted'])(
    'converges with one rerun, wherever in the %s it was killed',
    async (name) => {
      const of = scene(name);
      const faults: string[] = [];
      await eachOf(killsOf(of.points), AT_ONCE, async (kill) => {
        await inCopy(of, `${kill.point}-${kill.position}`, async (world) => {
          await killed(world, kill);
          faults.push(...(await faultsAfterRerun(world, of)).map((fault) => `${nameOf(kill)}: ${fault}`));
        });
      });
      expect(of.points).toBeGreaterThan(0);
      expect(faults).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    `converges, killed once more during the recovery (${PAIRS} pairs of points)`,
    async () => {
      const faults: string[] = [];
      const long = [scene('creation'), scene('edit')] as const;
      await eachOf(pairs(PAIRS, long), AT_ONCE, async ({ of, first, second }) => {
        const name = `${nameOf(first)}, ${nameOf(second)}`;
        await inCopy(of, name.replaceAll(/\W/g, '-'), async (world) => {
          await killed(world, first);
          await killed(world, second);
          faults.push(...(await faultsAfterRerun(world, of)).map((fault) => `${of.name}: ${name}: ${fault}`));
        });
      });
      expect(faults).toEqual([]);
    },
    LIMIT_MS,
  );
});

/**
 * Pairs of points, the same in every run: a point of the undisturbed run, and one among those that surely follow it in
 * the recovery.
 */
function pairs(count: number, of: readonly Scene[]): { of: Scene; first: Kill; second: Kill }[] {
  let state = 20261120;
  const pick = <T>(list: readonly T[]): T => {
    state = (state * 48271) % 2147483647;
    return list[state % list.length] as T;
  };
  const chosen = new Map<string, { of: Scene; first: Kill; second: Kill }>();
  while (chosen.size < count) {
    const one = pick(of);
    const first = pick(killsOf(one.points - 1));
    const second = pick(killsOf(one.points - first.point));
    chosen.set(`${one.name} ${nameOf(first)} ${nameOf(second)}`, { of: one, first, second });
  }
  return [...chosen.values()];
}
