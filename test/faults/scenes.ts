import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCloudSandbox } from '../../provisioners/cloud/sandbox.ts';
import { signAll } from '../../scripts/demo/carry-out.ts';
import { carryOut, openWorld } from './carry-out.ts';
import { type Census, censusOf } from './census.ts';
import { copyOf, FIFTH, FIRST, FOURTH, SECOND, SIXTH, THIRD, type Version, type World, writeVersion } from './world.ts';

/** A world that is about to be carried out, and what carrying it out undisturbed leads to. */
export interface Scene {
  readonly name: string;
  readonly world: World;
  /** How many writes go through the port. */
  readonly points: number;
  readonly census: Census;
}

/** A folder that is gone when the tests are done. */
export function temporaryFolder(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'faults-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** What a user registers by themselves; a reset removes it. */
function registerMethods({ store, at }: World, principal: string): void {
  const server = createCloudSandbox({ file: join(store, 'sandbox', 'cloud.sqlite'), now: () => new Date(at) });
  try {
    const user = server.store.user(principal);
    if (user === undefined) throw new Error(`Cannot register methods: '${principal}' does not exist`);
    server.store.putUser({
      ...user,
      methods: [
        ...user.methods,
        {
          '@odata.type': '#microsoft.graph.phoneAuthenticationMethod',
          id: 'phone',
          phoneType: 'mobile',
          isDefault: true,
        },
        { '@odata.type': '#microsoft.graph.fido2AuthenticationMethod', id: 'stick' },
      ],
    });
  } finally {
    server.close();
  }
}

interface Act {
  readonly name: string;
  readonly version: Version;
  readonly at: string;
  readonly before?: (world: World) => void;
}

const ACTS: readonly Act[] = [
  { name: 'creation', version: FIRST, at: '2026-11-20T03:00:00.000Z' },
  { name: 'mailboxes', version: FIRST, at: '2026-11-20T03:30:00.000Z' },
  {
    name: 'edit',
    version: SECOND,
    at: '2026-11-20T04:00:00.000Z',
    before: (world) => registerMethods(world, 'andi@contoh.test'),
  },
  { name: 'return', version: THIRD, at: '2026-11-20T04:30:00.000Z' },
  { name: 'stacks', version: FOURTH, at: '2026-11-20T05:00:00.000Z' },
  { name: 'stacks edited', version: FIFTH, at: '2026-11-21T05:00:00.000Z' },
  { name: 'stacks deleted', version: SIXTH, at: '2026-11-21T05:30:00.000Z' },
];

/** Plays the life of the requests undisturbed, and keeps the world before each act. */
export async function playScenes(folder: string): Promise<readonly Scene[]> {
  const scenes: Scene[] = [];
  let store = join(folder, 'start');
  mkdirSync(store, { recursive: true });
  for (const { name, version, at, before } of ACTS) {
    const requests = join(folder, name, 'requests');
    writeVersion(requests, version);
    const world: World = copyOf({ requests, store, at }, join(folder, name));
    before?.(world);
    await signAll(openWorld(world));
    const played = copyOf(world, join(folder, name, 'played'));
    const result = await carryOut(played);
    const bad = result.outcomes.filter((outcome) => outcome.result !== 'done');
    if (bad.length + result.findings.length + result.scope.findings.length > 0)
      throw new Error(`Cannot play '${name}': ${JSON.stringify([bad, result.findings, result.scope.findings])}`);
    scenes.push({ name, world, points: result.points, census: await censusOf(played) });
    store = played.store;
  }
  return scenes;
}
