import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TsigKey } from '../../provisioners/dns/wire/tsig.ts';

/** A key with what it may write, as a rule of `update-policy`. */
export interface BindKey extends TsigKey {
  readonly types: readonly string[] | 'ANY';
  /** A name with all below it; the whole of each zone where left out. */
  readonly below?: string;
}

export interface Bind {
  readonly server: '127.0.0.1';
  readonly port: number;
  /** Ends the server at once, without a word to its clients. */
  kill(): Promise<void>;
  /** Starts it again on what it had stored. */
  start(): Promise<void>;
  /** Ends it for good and removes its folder. */
  stop(): Promise<void>;
}

/** Debian's servers are in sbin, which is not on everybody's PATH. */
const ENV = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
/** Ends named even when the test process is killed; only Linux has it. */
const LEASH = process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'KILL'] : [];

/** Whether BIND 9 is on this machine. */
export const hasBind = (): boolean => spawnSync('named', ['-V'], { stdio: 'ignore', env: ENV }).status === 0;

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
  });
  return promise;
}

/** The name server stands outside of the zones: BIND refuses an update that takes the address of one within. */
const ZONE_FILE = `$TTL 300
@ IN SOA ns1.server.test. hostmaster.server.test. 1 3600 600 86400 60
@ IN NS ns1.server.test.
`;

/** Where a secondary server gets its zones: by transfer from a primary one, signed with the first key. */
type Primary = Pick<Bind, 'server' | 'port'>;

function zoneOf(folder: string, zone: string, grants: readonly string[], primary: string | undefined): string {
  const policy = primary === undefined ? `update-policy { ${grants.join(' ')} }` : `primaries { ${primary} }`;
  const type = primary === undefined ? 'primary' : 'secondary';
  return `zone "${zone}" { type ${type}; file "${folder}/${zone}.db"; ${policy}; };`;
}

interface Layout {
  readonly folder: string;
  readonly port: number;
  readonly zones: readonly string[];
  readonly keys: readonly BindKey[];
  readonly primary?: Primary;
}

function configuration({ folder, port, zones, keys, primary }: Layout): string {
  const from = primary && `${primary.server} port ${primary.port} key ${keys[0]?.name};`;
  const grants = keys.map(({ name, types, below }) => {
    const where = below === undefined ? 'zonesub' : `subdomain ${below}`;
    return `grant ${name} ${where} ${types === 'ANY' ? 'ANY' : types.join(' ')};`;
  });
  return `options { directory "${folder}"; pid-file "${folder}/named.pid"; session-keyfile "${folder}/session.key";
  lock-file none; managed-keys-directory "${folder}"; bindkeys-file "/dev/null";
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; notify no; dnssec-validation no;
  empty-zones-enable no; transfers-out 200; allow-query { 127.0.0.0/8; }; allow-transfer { ${keys.map((key) => `key ${key.name};`).join(' ')} }; };
controls { };
${keys.map((key) => `key ${key.name} { algorithm ${key.algorithm}; secret "${key.secret.reveal()}"; };`).join('\n')}
${zones.map((zone) => zoneOf(folder, zone, grants, from)).join('\n')}
`;
}

/** Resolves when named says that it runs; its log is part of the error when it does not. */
function running(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let log = '';
  const take = (chunk: Buffer) => {
    log += chunk.toString();
    if (!/^.*\brunning$/m.test(log)) return;
    // It writes a line for each transfer, which nobody reads.
    child.stderr?.off('data', take).resume();
    resolve();
  };
  child.stderr?.on('data', take);
  child.on('exit', () => reject(new Error(`Cannot start named:\n${log}`)));
  child.on('error', reject);
  return promise;
}

/**
 * Starts a BIND 9 of its own on a free port of the loopback, without root, with empty primary zones, or with those of a
 * primary server. It is ended by `stop`, and with the test process.
 */
export async function startBind(zones: readonly string[], keys: readonly BindKey[], primary?: Primary): Promise<Bind> {
  const folder = mkdtempSync(join(tmpdir(), 'layanan-bind-'));
  const port = await freePort();
  if (primary === undefined) for (const zone of zones) writeFileSync(join(folder, `${zone}.db`), ZONE_FILE);
  const layout = { folder, port, zones, keys, ...(primary ? { primary } : {}) };
  writeFileSync(join(folder, 'named.conf'), configuration(layout));
  const [command = '', ...options] = [...LEASH, 'named', '-g', '-n', '1', '-c', join(folder, 'named.conf')];
  let child: ChildProcess | undefined;
  const start = async () => {
    child = spawn(command, options, { stdio: ['ignore', 'ignore', 'pipe'], env: ENV });
    await running(child);
  };
  const kill = async () => {
    const ending = child;
    if (ending === undefined) return;
    child = undefined;
    const { promise, resolve } = Promise.withResolvers<void>();
    ending.once('exit', () => resolve());
    ending.kill('SIGKILL');
    await promise;
  };
  const remove = () => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  await start();
  return {
    server: '127.0.0.1',
    port,
    kill,
    start,
    async stop() {
      process.off('exit', remove);
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
