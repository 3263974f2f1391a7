import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readIdentity } from '../../scripts/store/keys.ts';
import type { CanaryOrder } from './canary-run.ts';
import { carryOut } from './carry-out.ts';
import { eachOf, spawned } from './child.ts';
import { foundIn, searcherOf } from './encodings.ts';
import { playScenes, type Scene, temporaryFolder } from './scenes.ts';
import { passwordsIn } from './tell.ts';
import { type Strike, wireOf } from './wire.ts';
import { copyOf } from './world.ts';

const SCRIPT = fileURLToPath(new URL('./canary-run.ts', import.meta.url));
const LIMIT_MS = 240_000;

const folder = temporaryFolder();
let scenes: readonly Scene[] = [];
const totals = { secrets: 0, bytes: 0 };

beforeAll(async () => {
  scenes = await playScenes(folder.path);
});
afterAll(() => {
  process.stdout.write(`Canaries: ${totals.secrets} secrets looked for in ${Math.round(totals.bytes / 2 ** 20)} MB\n`);
  folder[Symbol.dispose]();
});

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}

/** Where a secret may be: the recipient's own key, and the servers' own state. */
const isElsewhere = (file: string) => ['keys', 'sandbox'].some((part) => file.includes(`${sep}${part}${sep}`));

/** Runs the canary child in every debug mode, and looks for its secrets in all that it left behind. */
async function leaks(scene: Scene, name: string, order: Pick<CanaryOrder, 'strikes' | 'kill'>): Promise<string[]> {
  const place = join(folder.path, scene.name, name);
  mkdirSync(place, { recursive: true });
  const random = join(folder.path, `${scene.name}-${name}.random`);
  const debug = { NODE_DEBUG: '*', DEBUG: '*', NODE_OPTIONS: '--trace-warnings --trace-uncaught' };
  const argument = JSON.stringify({ world: scene.world, place, random, ...order } satisfies CanaryOrder);
  const { code, signal, stdout, stderr } = await spawned(SCRIPT, argument, debug);
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`The canary run ended with ${code}: ${stderr.slice(-2000)}`);
  const numbers = existsSync(random) ? readFileSync(random, 'utf8').split('\n') : [];
  const keys = join(scene.world.store, 'keys');
  const identities = existsSync(keys) ? readdirSync(keys).map((file) => readIdentity(join(keys, file))) : [];
  const made = filesBelow(place).filter((file) => file.includes(`${sep}keys${sep}`));
  const secrets = [...new Set([...passwordsIn(numbers), ...identities, ...made.map(readIdentity)])];
  const kept = filesBelow(place).filter((file) => !isElsewhere(file));
  const places = new Map<string, Buffer>([
    ['stdout', Buffer.from(stdout)],
    ['stderr', Buffer.from(stderr)],
    ...kept.map((file) => [file.slice(place.length), readFileSync(file)] as const),
  ]);
  totals.secrets += secrets.length;
  for (const bytes of places.values()) totals.bytes += bytes.length;
  if (secrets.length === 0) throw new Error(`No secret was made in '${name}'`);
  const searcher = searcherOf(secrets);
  return [...places].flatMap(([where, bytes]) => foundIn(bytes, searcher).map((encoding) => `${where}: ${encoding}`));
}

async function strikesOf(scene: Scene): Promise<Strike[]> {
  const { faults, seen } = wireOf();
  await carryOut(copyOf(scene.world, join(folder.path, scene.name, 'counted')), { faults });
  const writes = seen.filter((one) => one.write);
  return writes.flatMap((_, at) => [
    { nth: at + 1, write: true, fault: 'drop-reply' },
    { nth: at + 1, write: true, fault: 'fail' },
  ]);
}

describe('secrets', () => {
  it.each(['creation', 'edit'])(
    'leave no trace of a run of the %s, whatever goes wrong, with all debugging on',
    async (name) => {
      const scene = scenes.find((one) => one.name === name) as Scene;
      expect(await leaks(scene, 'struck', { strikes: await strikesOf(scene) })).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'leave no trace of a run that is killed while it hands them over',
    async () => {
      const scene = scenes.find((one) => one.name === 'creation') as Scene;
      const found: string[] = [];
      const kills = [1, 2, 3].flatMap((point) =>
        (['before', 'after', 'recorded'] as const).map((position) => ({ point, position })),
      );
      await eachOf(kills, 2, async (kill) => {
        found.push(...(await leaks(scene, `killed-${kill.point}-${kill.position}`, { strikes: [], kill })));
      });
      expect(found).toEqual([]);
    },
    LIMIT_MS,
  );
});

describe('foundIn()', () => {
  const SECRET = 'kT7=wq+Zr4:Mn_8.xB2e';
  const wide = Buffer.from(`"${SECRET}"`, 'utf16le');
  const planted: readonly (readonly [string, string | Buffer])[] = [
    ['raw', SECRET],
    ['base64', Buffer.from(`x${SECRET}yz`).toString('base64')],
    ['base64url', Buffer.from(`xy${SECRET}z`).toString('base64url')],
    ['hex', Buffer.from(SECRET).toString('hex').toUpperCase()],
    ['URL', encodeURIComponent(SECRET)],
    ['UTF-16LE raw', wide],
    ['UTF-16LE base64', wide.toString('base64')],
    ['JSON', JSON.stringify({ value: SECRET })],
    ['byte array', JSON.stringify(Buffer.from(SECRET))],
    ['UTF-16LE byte array', JSON.stringify(wide)],
    ['UTF-16LE hex as it is inspected', `<Buffer ${wide.toString('hex').replace(/(..)(?=.)/g, '$1 ')}>`],
    ['gzip', gzipSync(`before ${SECRET} after`)],
    ['wrapped', `${SECRET.slice(0, 9)}\n  ${SECRET.slice(9)}`],
    ['reversed', [...SECRET].reverse().join('')],
    ['quoted-printable', SECRET.replaceAll('=', '=3D')],
  ];

  it.each(planted)('finds a secret in %s', (_, text) => {
    const noise = Buffer.from('{"type":"outcome","result":"done"}\n'.repeat(50));
    const searcher = searcherOf(['another secret', SECRET]);
    expect(foundIn(Buffer.concat([noise, Buffer.from(text), noise]), searcher)).not.toEqual([]);
    expect(foundIn(noise, searcher)).toEqual([]);
  });
});
