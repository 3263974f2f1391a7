import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../../core/resource.ts';
import type { Fault } from '../../provisioners/faults.ts';
import { type Carried, carryOut } from './carry-out.ts';
import { journalWrites, type Written } from './journal-writes.ts';
import { playScenes, type Scene, temporaryFolder } from './scenes.ts';
import { faultsAfterRerun, troubles } from './verdict.ts';
import { type Blackout, type Seen, type Strike, wireOf, writesOf } from './wire.ts';
import { copyOf } from './world.ts';

const LIMIT_MS = 240_000;
const NAMES = ['creation', 'mailboxes', 'edit', 'return'] as const;

/** Writes that make something: a second one is a second object, were it not refused. */
const CREATES = new Set(['directory add', 'graph POST /users']);
/** Lists whose end can be proved: by paging's end, count or the closing SOA. Graph's methods of a user have no such proof. */
const LISTS = new Set(['directory search', 'dns AXFR', 'graph GET /users']);

const folder = temporaryFolder();
let scenes: readonly Scene[] = [];
const undisturbed = new Map<string, { readonly run: Carried; readonly seen: readonly Seen[] }>();
let strikes = 0;

beforeAll(async () => {
  scenes = await playScenes(folder.path);
  for (const scene of scenes) {
    const { faults, seen } = wireOf();
    const run = await carryOut(copyOf(scene.world, join(folder.path, scene.name, 'counted')), { faults });
    undisturbed.set(scene.name, { run, seen });
  }
});

afterAll(() => {
  process.stdout.write(`Reply faults: ${strikes} operations struck over ${scenes.length} scenes\n`);
  folder[Symbol.dispose]();
});

function sceneOf(name: string) {
  const scene = scenes.find((one) => one.name === name);
  const calm = undisturbed.get(name);
  if (scene === undefined || calm === undefined) throw new Error(`No scene is called '${name}'`);
  return { scene, calm };
}

interface Struck {
  readonly run: Carried;
  /** Operations of the disturbed run, and of the rerun. */
  readonly seen: readonly Seen[];
  readonly again: readonly Seen[];
  /** Writes of the disturbed run as the journal tells them. */
  readonly told: readonly Written[];
  /** What was wrong after one rerun. */
  readonly after: readonly string[];
}

/** One run with one fault, then one rerun without. */
async function struck(scene: Scene, strike: Strike | Blackout): Promise<Struck> {
  const place = join(folder.path, scene.name, 'struck');
  const world = copyOf(scene.world, place);
  const before = journalWrites(world);
  const { faults, seen } = wireOf(strike);
  const run = await carryOut(world, { faults });
  const told = [...journalWrites(world)].flatMap(([id, writes]) => (before.has(id) ? [] : writes));
  const rerun = wireOf();
  const after = await faultsAfterRerun(world, scene, { faults: rerun.faults });
  rmSync(place, { recursive: true });
  strikes++;
  return { run, seen, again: rerun.seen, told, after };
}

const isMade = (one: Seen) => CREATES.has(one.name) && one.fault !== 'fail';

const deletesOf = ({ outcomes }: Carried) =>
  outcomes.filter(({ change }) => change.action === 'delete').map(({ change }) => idOf(change));

/** What must hold of every struck run. */
function broken({ run, seen, again, told, after }: Struck, calm: { run: Carried; seen: readonly Seen[] }): string[] {
  const asked = new Set(deletesOf(calm.run));
  const made = [...seen, ...again].filter(isMade).length;
  const wanted = calm.seen.filter(isMade).length;
  const wire = writesOf(seen.filter((one) => one.fault !== 'fail'));
  const journal = told.filter((one) => seen.every(({ fault }) => fault !== 'fail') || one.result === 'done');
  return [
    ...after,
    ...deletesOf(run)
      .filter((id) => !asked.has(id))
      .map((id) => `deleted ${id} unasked`),
    ...(made === wanted ? [] : [`made ${made} objects on the wire, wanted ${wanted}`]),
    ...(journal.map((one) => one.name).join() === wire.join()
      ? []
      : [`the journal tells ${journal.map((one) => one.name).join()}, the wire saw ${wire.join()}`]),
    ...told.filter((one) => one.result === undefined).map((one) => `no result of ${one.name} in the journal`),
  ];
}

/** Strikes each operation of a scene that is wanted, in turn. */
async function faultsOf(name: string, write: boolean, fault: Fault, wanted: (one: Seen) => boolean = () => true) {
  const { scene, calm } = sceneOf(name);
  const faults: string[] = [];
  const operations = calm.seen.filter((one) => one.write === write);
  for (const [at, operation] of operations.entries()) {
    if (!wanted(operation)) continue;
    const result = await struck(scene, { nth: at + 1, write, fault });
    faults.push(...broken(result, calm).map((text) => `${operation.name} (${at + 1}): ${text}`));
  }
  return faults;
}

describe('a run whose servers answer badly', () => {
  it.each(NAMES)(
    'sends nothing blindly again where a reply is lost, at every write of the %s',
    async (name) => {
      expect(await faultsOf(name, true, 'drop-reply')).toEqual([]);
    },
    LIMIT_MS,
  );

  it.each(NAMES)(
    'does the rest and is repaired by one rerun where a write is refused, at every write of the %s',
    async (name) => {
      expect(await faultsOf(name, true, 'fail')).toEqual([]);
    },
    LIMIT_MS,
  );

  it.each(NAMES)(
    'never takes unreadable for absent, at every read of the %s',
    async (name) => {
      expect(await faultsOf(name, false, 'unreadable')).toEqual([]);
    },
    LIMIT_MS,
  );

  it.each(NAMES)(
    'never takes a short list for a whole one, at every list of the %s',
    async (name) => {
      expect(await faultsOf(name, false, 'short', (one) => LISTS.has(one.name))).toEqual([]);
    },
    LIMIT_MS,
  );
});

const SYSTEMS = ['directory', 'graph', 'exchange', 'dns'] as const;

describe.each(SYSTEMS)('a run that cannot read anything of %s', (unreadable) => {
  it.each(
    NAMES,
  )('holds what it does not see, writes nothing there, and goes on with the rest of the %s', async (name) => {
    const { scene, calm } = sceneOf(name);
    const result = await struck(scene, { unreadable });
    expect(broken(result, calm)).toEqual([]);
    expect(writesOf(result.seen).filter((write) => write.startsWith(unreadable))).toEqual([]);
    expect(result.run.plan.held.some((one) => one.reason === 'unread')).toBe(result.seen.some((one) => one.fault));
    // A mailbox is looked for once its user has a licence, so a new one is found unreadable only then.
    if (unreadable !== 'exchange') expect(troubles(result.run)).toEqual([]);
  });
});

describe('a run with nothing to do', () => {
  it.each(NAMES)('writes nothing on the wire in ten runs after the %s', async (name) => {
    const { scene } = sceneOf(name);
    const world = copyOf(scene.world, join(folder.path, name, 'ten'));
    await carryOut(world);
    const { faults, seen } = wireOf();
    for (let run = 0; run < 10; run++) expect(troubles(await carryOut(world, { faults }))).toEqual([]);
    expect(writesOf(seen)).toEqual([]);
    expect(seen.length).toBeGreaterThan(0);
  });
});
