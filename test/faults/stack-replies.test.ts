/** Refused and lost writes at the servers of the stacks: one rerun settles each, without a duplicate. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fault } from '../../provisioners/faults.ts';
import { carryOut } from './carry-out.ts';
import { eachOf } from './child.ts';
import { playScenes, type Scene, temporaryFolder } from './scenes.ts';
import { faultsAfterRerun } from './verdict.ts';
import { wireOf } from './wire.ts';
import { copyOf } from './world.ts';

const folder = temporaryFolder();
let scenes: readonly Scene[] = [];

beforeAll(async () => {
  scenes = await playScenes(folder.path);
}, 300_000);
afterAll(() => folder[Symbol.dispose]());

const SYSTEMS = /^(vsphere|kubernetes) /;

/** What is wrong after one rerun, for each write to a server of the stacks that goes wrong. */
async function faultsOf(name: string, fault: Fault): Promise<readonly string[]> {
  const scene = scenes.find((one) => one.name === name);
  if (scene === undefined) throw new Error(`No scene is called '${name}'`);
  const calm = wireOf();
  await carryOut(copyOf(scene.world, join(folder.path, name, 'calm')), { faults: calm.faults });
  const writes = calm.seen.filter((one) => one.write).map((one, at) => ({ ...one, nth: at + 1 }));
  const faults: string[] = [];
  const wanted = writes.filter((one) => SYSTEMS.test(one.name));
  await eachOf(wanted, 1, async ({ name: operation, nth }) => {
    const place = join(folder.path, name, `struck-${nth}`);
    const world = copyOf(scene.world, place);
    const { faults: struck, seen } = wireOf({ nth, write: true, fault });
    await carryOut(world, { faults: struck });
    if (!seen.some((one) => one.fault === fault)) faults.push(`${operation} (${nth}): not struck`);
    const after = await faultsAfterRerun(world, scene);
    faults.push(...after.map((text) => `${operation} (${nth}): ${text}`));
    rmSync(place, { recursive: true });
  });
  expect(wanted.length).toBeGreaterThan(0);
  return faults;
}

it.each([
  'stacks',
  'stacks edited',
  'stacks deleted',
])('settles every lost reply of the %s with one rerun', async (name) => {
  expect(await faultsOf(name, 'drop-reply')).toEqual([]);
}, 600_000);

it.each([
  'stacks',
  'stacks edited',
  'stacks deleted',
])('gets every refused write of the %s done with one rerun', async (name) => {
  expect(await faultsOf(name, 'fail')).toEqual([]);
}, 600_000);
