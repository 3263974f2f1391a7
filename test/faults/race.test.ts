import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signAll } from '../../scripts/demo/carry-out.ts';
import { carryOut, openWorld } from './carry-out.ts';
import { censusOf } from './census.ts';
import { together } from './child.ts';
import { playScenes, type Scene, temporaryFolder } from './scenes.ts';
import { differences, faultsAfterRerun, troubles } from './verdict.ts';
import { addressRequest, copyOf, type Version, type World, writeVersion } from './world.ts';

const ROUNDS = Number(process.env.LAYANAN_RACE_ROUNDS ?? 4);
const ALLOCATIONS = 50;
const LIMIT_MS = 120_000 + ROUNDS * 10_000;

const folder = temporaryFolder();
let scenes: readonly Scene[] = [];

beforeAll(async () => {
  scenes = await playScenes(folder.path);
});
afterAll(() => {
  process.stdout.write(`Races: ${ROUNDS} rounds of each (LAYANAN_RACE_ROUNDS), ${ALLOCATIONS} allocations at once\n`);
  folder[Symbol.dispose]();
});

const sceneOf = (name: string): Scene => {
  const found = scenes.find((one) => one.name === name);
  if (found === undefined) throw new Error(`No scene is called '${name}'`);
  return found;
};

const rounds = Array.from({ length: ROUNDS }, (_, round) => round + 1);

/** Stores that have nothing in common but the servers: each its own journal, its own locks, its own sealed files. */
function apart(world: World, place: string, count: number): readonly World[] {
  const servers = join(place, 'servers');
  const stores = Array.from({ length: count }, (_, at) => copyOf(world, join(place, String(at))));
  for (const [at, { store }] of stores.entries()) {
    renameSync(join(store, 'sandbox'), at === 0 ? servers : join(store, 'other'));
    symlinkSync(servers, join(store, 'sandbox'));
    rmSync(join(store, 'handover'), { recursive: true, force: true });
  }
  return stores;
}

/** Accounts that get a password in each scene. */
const SEALED = { creation: ['andi', 'joko', 'loket', 'siti'], edit: ['loket', 'siti'] } as const;

describe.each(['creation', 'edit'] as const)('two processes that apply the %s at once', (name) => {
  it(
    'on one store: one waits for the other and writes nothing',
    async () => {
      const scene = sceneOf(name);
      for (const round of rounds) {
        const world = copyOf(scene.world, join(folder.path, name, `one-${round}`));
        const reports = await together([{ world }, { world }]);
        expect(reports.map((report) => report.points).sort((a, b) => a - b)).toEqual([0, scene.points]);
        expect(reports.flatMap((report) => report.outcomes).filter((one) => one.result !== 'done')).toEqual([]);
        expect(await faultsAfterRerun(world, scene)).toEqual([]);
      }
    },
    LIMIT_MS,
  );

  it(
    'on two stores: one writes each object, the other is told, and either converges with one more run',
    async () => {
      const scene = sceneOf(name);
      for (const round of rounds) {
        const worlds = apart(scene.world, join(folder.path, name, `two-${round}`), 2);
        const reports = await together(worlds.map((world) => ({ world })));
        const lost = reports.flatMap((report) => report.outcomes).filter((one) => one.result !== 'done');
        expect(lost.filter((one) => one.code === undefined)).toEqual([]);
        for (const world of worlds) {
          expect(troubles(await carryOut(world))).toEqual([]);
          expect((await carryOut(world)).points).toBe(0);
        }
        const [one, two] = [await censusOf(worlds[0] as World), await censusOf(worlds[1] as World)];
        expect(differences(scene.census, { ...one, passwords: scene.census.passwords })).toEqual([]);
        expect(differences(scene.census, { ...two, passwords: scene.census.passwords })).toEqual([]);
        const opened = [...one.passwords, ...two.passwords];
        expect(opened.sort()).toEqual(SEALED[name].map((key) => `${key} 773`));
      }
    },
    LIMIT_MS,
  );
});

describe(`${ALLOCATIONS} allocations of addresses at once`, () => {
  const hosts = Array.from({ length: ALLOCATIONS }, (_, at) => `host-${String(at + 1).padStart(2, '0')}`);
  const versionOf = (names: readonly string[]): Version =>
    Object.fromEntries(names.map((host) => [`djp/${host}`, addressRequest(host, [])]));
  const recordsOf = async (world: World) =>
    (await censusOf(world)).servers.flatMap((line) => {
      const record = JSON.parse(line.startsWith('dns ') ? line.slice(4) : '{}') as Record<string, unknown>;
      return record.type === 'A' ? [record] : [];
    });

  it(
    'give no address twice, and each loser gets one by its next run',
    async () => {
      const place = join(folder.path, 'allocations');
      const all: World = {
        requests: join(place, 'requests'),
        store: join(place, 'store'),
        at: '2026-11-20T03:00:00.000Z',
      };
      writeVersion(all.requests, versionOf(hosts));
      await signAll(openWorld(all));
      const worlds = apart(all, place, ALLOCATIONS).map((world, at) => {
        const requests = join(place, `requests-${at}`);
        writeVersion(requests, versionOf([hosts[at] as string]));
        return { ...world, requests };
      });
      const runs = await Promise.all(worlds.map((world) => carryOut(world)));
      const won = runs.filter((run) => run.fulfilled.length === 1);
      expect(won.length).toBeGreaterThan(0);
      expect(runs.flatMap(troubles).filter((text) => !/ failed: .*in use by 'djp.host-/.test(text))).toEqual([]);
      for (const [at, world] of worlds.entries())
        if (runs[at]?.fulfilled.length !== 1) expect(troubles(await carryOut(world))).toEqual([]);
      const records = await recordsOf({ ...all, store: (worlds[0] as World).store });
      expect(new Set(records.map((record) => JSON.stringify(record.data ?? record.value ?? record))).size).toBe(
        ALLOCATIONS,
      );
      expect(records).toHaveLength(ALLOCATIONS);
      for (const world of worlds) expect((await carryOut(world)).points).toBe(0);
    },
    LIMIT_MS,
  );
});
