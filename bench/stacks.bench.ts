/**
 * Machines through the embedded engine on the sandbox, with states and servers in files: the whole provisioner (read,
 * preconditions, preview, update, read back), against the same clones sent to the same server one by one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diff } from '../core/plan/diff.ts';
import type { Order } from '../core/plan/orders.ts';
import type { Change, Resource } from '../core/resource.ts';
import { createVSphereProvider } from '../provisioners/machines/provider.ts';
import { createMachines } from '../provisioners/machines/provisioner.ts';
import { createVCenterSandbox } from '../provisioners/machines/sandbox.ts';
import { embeddedEngine } from '../provisioners/stack/embedded.ts';
import { machine, PLACE } from '../test/provisioners/machines/rig.ts';
import { alternate, median } from './alternate.ts';
import { printFigure, printTimes } from './table.ts';

const UNITS = Array.from({ length: 20 }, (_, at) => `unit-${at}`);
const ORDER: Order = { mode: 'ordered', deletes: new Set(), adopt: false };
const now = () => new Date('2026-11-20T03:00:00Z');

/** `count` machines of one unit, each of its own request. */
const machinesOf = (unit: string, count: number, more = {}): readonly Resource[] =>
  Array.from({ length: count }, (_, at) =>
    machine(`${unit}-m${at}`, `${unit}/m${at}`, { unit, address: `10.30.8.${at}`, ...more }),
  );

function openWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-stacks-'));
  const file = (name: string) => join(folder, `${name}.sqlite`);
  const hosts = { cores: 10_000, memoryGb: 20_000, storageGb: 200_000 };
  const server = createVCenterSandbox({ file: file('vcenter'), place: PLACE, units: UNITS, hosts });
  const engine = embeddedEngine({ file: file('stacks'), providers: [createVSphereProvider(server.client)], now });
  const provisioner = createMachines({ client: server.client, place: PLACE, openEngine: engine.open });
  const plan = async (resources: readonly Resource[]) => {
    const owners = new Set(resources.map((one) => one.request));
    const reading = await provisioner.read({ keys: resources, owners, pools: [] });
    return diff({ resources, reading, orders: new Map([...owners].map((owner) => [owner, ORDER])) }).changes;
  };
  const apply = async (changes: readonly Change[]) => {
    for await (const { result, error } of provisioner.apply(changes, { write: (_, send) => send() }))
      if (result !== 'done') throw new Error(`Cannot measure: ${error?.message}`);
  };
  const close = () => {
    engine.close();
    server[Symbol.dispose]();
    rmSync(folder, { recursive: true });
  };
  return { server, engine, plan, apply, close };
}

type World = ReturnType<typeof openWorld>;

/** Milliseconds of work in a world of its own; loading Pulumi and what `prepare` does are not counted. */
const timed = (work: (world: World) => Promise<void>, prepare?: (world: World) => Promise<void>) => async () => {
  const world = openWorld();
  try {
    await world.engine.open();
    await prepare?.(world);
    const began = performance.now();
    await work(world);
    return performance.now() - began;
  } finally {
    world.close();
  }
};

const made = (resources: readonly Resource[]) => async (world: World) => world.apply(await world.plan(resources));
const full = machinesOf('unit-0', 200);

const series = await alternate([
  {
    name: '200 clones, bare',
    run: timed(async ({ server }) => {
      for (const { key } of full)
        await server.client.clone({
          ...{ name: key, folder: 'Layanan/unit-0', template: 'tpl-ubuntu', network: 'vlan-a' },
          ...{ numCPU: 2, memoryMB: 4096, diskGb: 50, customValues: { 'layanan.request': key } },
        });
    }),
  },
  { name: '200 machines created in one unit', run: timed(made(full)) },
  {
    name: '1 of 200 changed',
    run: timed(
      made([machine('unit-0-m7', 'unit-0/m7', { unit: 'unit-0', address: '10.30.8.7', cores: 4 })]),
      made(full),
    ),
  },
  { name: '200 unchanged, planned again', run: timed(made(full), made(full)) },
  {
    name: '20 units at once, 10 machines each',
    run: timed(async (world) => {
      await Promise.all(UNITS.map((unit) => made(machinesOf(unit, 10))(world)));
    }),
  },
]);
printTimes(series);
const [, created, changed] = series.map(({ times }) => median(times));
printFigure('200 machines in one unit', created ?? 0, 1000, 'ms');
printFigure('one change among 200 machines', changed ?? 0, 1000, 'ms');
