import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOut } from './carry-out.ts';
import { journalWrites } from './journal-writes.ts';
import { playScenes, type Scene, temporaryFolder } from './scenes.ts';
import { faultsAfterRerun } from './verdict.ts';
import { wireOf, writesOf } from './wire.ts';
import { copyOf } from './world.ts';

const LIMIT_MS = 120_000;

const folder = temporaryFolder();
let scenes: readonly Scene[] = [];

beforeAll(async () => {
  scenes = await playScenes(folder.path);
});
afterAll(() => folder[Symbol.dispose]());

/** Counts appends, and lets the n-th and all later ones fail as a full disk does. */
function fullDisk(nth = Number.POSITIVE_INFINITY) {
  let appends = 0;
  return {
    count: () => appends,
    onAppend: () => {
      if (++appends >= nth) throw new Error('ENOSPC: no space left on device, write');
    },
  };
}

/** What is wrong with a run whose disk was full from the n-th append on, and with its rerun. */
async function faultsWhenFull(scene: Scene, nth: number): Promise<string[]> {
  const place = join(folder.path, scene.name, `full-${nth}`);
  const world = copyOf(scene.world, place);
  const before = journalWrites(world);
  const { faults, seen } = wireOf();
  const ended = await carryOut(world, { faults, onAppend: fullDisk(nth).onAppend }).then(
    () => 'it went on as if nothing were wrong',
    (error: unknown) => (String(error).includes('ENOSPC') ? undefined : String(error)),
  );
  const told = [...journalWrites(world)].flatMap(([run, writes]) => (before.has(run) ? [] : writes));
  const intents = told.map((one) => one.name).join();
  const wire = writesOf(seen).join();
  const after = await faultsAfterRerun(world, scene);
  rmSync(place, { recursive: true });
  return [
    ...(ended === undefined ? [] : [ended]),
    ...(intents === wire ? [] : [`the journal tells ${intents}, the wire saw ${wire}`]),
    ...after,
  ].map((text) => `append ${nth}: ${text}`);
}

describe('a run whose disk is full', () => {
  it.each(['creation', 'mailboxes', 'edit', 'return'])(
    'sends no write without its intent on disk, and is repaired by one rerun, at every append of the %s',
    async (name) => {
      const scene = scenes.find((one) => one.name === name) as Scene;
      const counted = fullDisk();
      await carryOut(copyOf(scene.world, join(folder.path, name, 'counted')), { onAppend: counted.onAppend });
      const found: string[] = [];
      for (let nth = 1; nth <= counted.count(); nth++) found.push(...(await faultsWhenFull(scene, nth)));
      expect(counted.count()).toBeGreaterThan(scene.points * 2);
      expect(found).toEqual([]);
    },
    LIMIT_MS,
  );
});
