import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'node:tls';
import { secret } from '../../core/secret.ts';
import type { DirectorySettings } from '../../provisioners/directory/client.ts';
import { BASE, HOST, RECIPE } from './samba/recipe.ts';
import { ENV, PYTHON, sambaTemplate } from './samba/template.ts';

/** A domain controller of its own, started from the template. */
export interface Samba {
  /** On the loopback; LDAP's ports cannot be chosen, so each server has an address of its own. */
  readonly address: string;
  readonly base: string;
  readonly folder: string;
  readonly ca: string;
  /** How to connect as somebody. */
  settings(as: { readonly user: string; readonly password: string }): DirectorySettings;
  /** Ends the server at once, without a word to its clients. */
  kill(): Promise<void>;
  /** Starts it again on what it had stored. */
  start(): Promise<void>;
  /** Ends it for good and removes its folder. */
  stop(): Promise<void>;
}

const succeeds = (command: string, args: readonly string[]) =>
  spawnSync(command, args, { stdio: 'ignore', env: ENV }).status === 0;

/** Whether ports below 1024 can be taken: as root, in a user namespace, or where the machine allows it to all. */
function lowPorts(): boolean {
  if (process.getuid?.() === 0) return true;
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8')) <= 389;
  } catch {
    return false;
  }
}

/** What is missing to run the suite, as the command that brings it; undefined where all is there. */
function lacking(): string | undefined {
  const programs = [
    ['samba', '-V'],
    ['samba-tool', '-V'],
    ['ldbsearch', '--version'],
    ['openssl', 'version'],
    ['flock', '-V'],
    [PYTHON, '-c', 'import samba.provision'],
  ] as const;
  if (!programs.every(([program, ...args]) => succeeds(program, args))) return 'scripts/test-servers install';
  return lowPorts() ? undefined : 'unshare -rnpf --mount-proc --kill-child sh -c "ip link set lo up && npm test"';
}

/** For `realServer`: name, whether it can run here, and what to type where it cannot. */
export function sambaRequirement(): [name: string, available: boolean, command: string] {
  const command = lacking();
  return ['Samba AD DC', command === undefined, command ?? ''];
}

const configuration = (folder: string, address: string) => `[global]
netbios name = DC1
realm = ${RECIPE.realm}
workgroup = ${RECIPE.domain}
server role = active directory domain controller
server services = ldap
interfaces = ${address}/8
bind interfaces only = yes
private dir = ${folder}/private
lock directory = ${folder}
state directory = ${folder}/state
cache directory = ${folder}
pid directory = ${folder}
ncalrpc dir = ${folder}/ncalrpc
log file = ${folder}/samba.log
dns forwarder =
ldb:nosync = true
`;

/** One try at a TLS handshake. */
function handshake(address: string, ca: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: address, port: 636, ca, servername: HOST }, () => resolve(true));
  socket.on('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}

const TRIES = 600;
const PAUSE_MS = 50;

/** Resolves when the server answers; rejects, with what it said, when it ends before. */
async function answering(child: ChildProcess, address: string, ca: string): Promise<void> {
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  for (let i = 0; i < TRIES && child.exitCode === null && child.signalCode === null; i++) {
    if (await handshake(address, ca)) return;
    await delay(PAUSE_MS);
  }
  throw new Error(`Cannot start samba on ${address}:\n${log.slice(-2000)}`);
}

/** Whether somebody else's server has the address. */
const taken = (address: string) => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: address, port: 636 }, () => resolve(true));
  socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'));
  return promise.finally(() => socket.destroy());
};

/** 127.0.0.0/8 is all loopback on Linux; the first nets stay free for people. */
async function freeAddress(): Promise<string> {
  for (;;) {
    const address = `127.${randomInt(16, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;
    if (!(await taken(address))) return address;
  }
}

/**
 * Starts a domain controller on an address of its own. It is ended by `stop`, and with the test process: Samba ends when
 * its standard input closes.
 */
export async function startSamba(): Promise<Samba> {
  const version = spawnSync('samba', ['-V'], { env: ENV, encoding: 'utf8' }).stdout;
  const template = sambaTemplate(version);
  const folder = mkdtempSync(join(tmpdir(), 'layanan-dc-'));
  spawnSync('cp', ['-a', '--reflink=auto', `${template}/.`, folder]);
  const address = await freeAddress();
  const config = join(folder, 'smb.conf');
  writeFileSync(config, configuration(folder, address));
  const ca = readFileSync(join(folder, 'private/tls/ca.pem'), 'utf8');
  let child: ChildProcess | undefined;
  const remove = () => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  const kill = async () => {
    const running = child;
    if (running === undefined) return;
    child = undefined;
    const { promise, resolve } = Promise.withResolvers<void>();
    running.once('exit', () => resolve());
    running.kill('SIGKILL');
    await promise;
  };
  const samba: Samba = {
    address,
    base: BASE,
    folder,
    ca,
    settings: ({ user, password }) => ({
      url: `ldaps://${address}`,
      ca,
      servername: HOST,
      user,
      password: secret(password),
    }),
    kill,
    async start() {
      child = spawn('samba', ['-i', '-M', 'single', '-s', config], { stdio: ['pipe', 'ignore', 'pipe'], env: ENV });
      await answering(child, address, ca);
    },
    async stop() {
      process.off('exit', remove);
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await samba.start();
  return samba;
}
