/**
 * The life of some requests at both real servers, with the reply to one of the writes lost on the wire, in a process of
 * its own that tells everything it can: `node struck-run.ts '{...}'`. What became of it goes to a file.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signAll } from '../../../scripts/demo/carry-out.ts';
import { carryOut, openWorld } from '../../faults/carry-out.ts';
import { tell, tellError, tellRun } from '../../faults/tell.ts';
import { type Version, type World, writeVersion } from '../../faults/world.ts';
import { type LossyProxy, startProxy } from '../../servers/proxy.ts';

export interface Order {
  readonly world: World & { readonly environment: string };
  /** Text of the environment's file, with `DIRECTORY` and `DNS` for the ports of the proxies. */
  readonly environmentText: string;
  readonly servers: Readonly<Record<'directory' | 'dns', { readonly host: string; readonly port: number }>>;
  /** Versions of the requests, each ordered and carried out. */
  readonly versions: readonly Version[];
  /** The write whose reply is lost, counted from 1 over all versions; 0: none. */
  readonly strike: number;
  /** File for the result. */
  readonly result: string;
}

export interface Result {
  /** What the journal tells of writes to targets, in order: `directory add directory-account:andi`. */
  readonly writes: readonly string[];
  /** Writes whose answer the journal calls lost. */
  readonly lost: number;
  /** Reruns that a version took after its first run, by version. */
  readonly reruns: readonly number[];
  /** What the last run of each version left undone. */
  readonly undone: readonly string[];
}

interface Line {
  readonly type: string;
  readonly result?: string;
  readonly write: { readonly system: string; readonly operation: string; readonly kind: string; readonly key: string };
}

const order = JSON.parse(process.argv[2] ?? '') as Order;
const { world, servers, strike } = order;

function journal(): readonly Line[] {
  const folder = join(world.store, 'journal');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as Line);
}
const writes = () =>
  journal().flatMap((line) => (line.type === 'intent' && line.write.system !== 'handover' ? [line.write] : []));

const proxies: Readonly<Record<string, LossyProxy>> = {
  directory: await startProxy(servers.directory),
  dns: await startProxy(servers.dns),
};
writeFileSync(
  world.environment,
  order.environmentText.replace('DIRECTORY', String(proxies.directory?.port)).replace('DNS', String(proxies.dns?.port)),
);

let struck = false;
const circumstances = {
  reached: (_: number, position: string) => {
    const now = position === 'before' ? writes() : [];
    const last = now.at(-1);
    if (struck || now.length !== strike || last === undefined) return;
    struck = true;
    proxies[last.system]?.lose('reply');
  },
  onOutcome: tell,
};

const MOST_RUNS = 4;

/** Runs until all is done; how often it ran again. */
async function carriedOut(): Promise<{ reruns: number; undone: readonly string[] }> {
  for (let reruns = 0; ; reruns++) {
    const run = await carryOut(world, circumstances);
    await tellRun(world, run);
    const undone = [
      ...run.outcomes
        .filter((one) => one.result !== 'done')
        .map(({ change, error }) => `${change.key}: ${error?.code}`),
      ...run.plan.held.map((one) => `${one.key}: ${one.reason}`),
      ...run.findings.map((one) => one.code),
    ];
    if (undone.length === 0 || reruns === MOST_RUNS) return { reruns, undone };
  }
}

const reruns: number[] = [];
const undone: string[] = [];
try {
  for (const version of order.versions) {
    writeVersion(world.requests, version);
    await signAll(openWorld(world));
    const done = await carriedOut();
    reruns.push(done.reruns);
    undone.push(...done.undone);
  }
} catch (error) {
  tellError(error);
  undone.push(String(error), ...(error instanceof AggregateError ? error.errors.map(String) : []));
} finally {
  for (const proxy of Object.values(proxies)) proxy.stop();
}
const told = writes().map(({ system, operation, kind, key }) => `${system} ${operation} ${kind}:${key}`);
const lost = journal().filter((line) => line.type === 'result' && line.result === 'lost').length;
writeFileSync(order.result, JSON.stringify({ writes: told, lost, reruns, undone } satisfies Result));
