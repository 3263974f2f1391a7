/** The command line at work on a domain controller and a name server of its own. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOf, type Plan } from '../../../core/resource.ts';
import { secret } from '../../../core/secret.ts';
import { connectDirectory } from '../../../provisioners/directory/client.ts';
import { equals, present } from '../../../provisioners/directory/filter.ts';
import { type Attributes, type Entry, textOf } from '../../../provisioners/directory/protocol.ts';
import { connectDns } from '../../../provisioners/dns/client.ts';
import { newIdentity, readIdentity } from '../../../scripts/store/keys.ts';
import { ROOT } from '../../builders/command-line.ts';
import { writeVersion } from '../../faults/world.ts';
import { dn } from '../../provisioners/directory/server.ts';
import { hasBind } from '../../servers/bind.ts';
import { ADMINISTRATOR, BASE } from '../../servers/samba/recipe.ts';
import { sambaRequirement } from '../../servers/samba.ts';
import { openWorkplace, type Workplace } from '../../servers/workplace.ts';
import { type Canaries, type Found, openCanaries } from './canaries.ts';

export const REQUESTER = 'djp-pic-aplikasi';
export const OFFICIAL = 'djp-kasi-aplikasi';
const MAIN = join(ROOT, 'scripts/main.ts');

/** For `realServer`. */
export function bothServers(): [name: string, available: boolean, command: string] {
  const [, samba, command] = sambaRequirement();
  return ['Samba AD DC and BIND 9', samba && hasBind(), samba ? 'scripts/test-servers install' : command];
}

export interface Ended {
  readonly exit: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** How a command is run besides its arguments. */
export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  /** Starts it with the launcher in place of Node. */
  readonly launcher?: true;
  /** Kills the process. */
  readonly killed?: AbortSignal;
}

function run(args: readonly string[], variables: Readonly<Record<string, string>>, at: Circumstances): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  const [program, ...before] = at.launcher
    ? [join(ROOT, 'scripts/layanan')]
    : [process.execPath, '--disable-warning=ExperimentalWarning', MAIN];
  const child = spawn(program ?? '', [...before, ...args], {
    cwd: ROOT,
    env: { PATH, HOME, LAYANAN_LANG: 'en', ...variables, ...at.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    texts.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    texts.err += chunk.toString();
  });
  at.killed?.addEventListener('abort', () => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit, signal) => resolve({ exit, signal, ...texts }));
  });
}

/** Requests and a store of their own, at the servers that all share: names must differ between them. */
export interface Office {
  readonly folder: string;
  readonly store: string;
  readonly requests: string;
  write(requests: Readonly<Record<string, string>>): void;
  layanan(args: readonly string[], at?: Circumstances): Promise<Ended>;
  /** Approves, one after the other; every one must be taken. */
  approve(...requests: readonly string[]): Promise<void>;
  /** Approves a request with each object that its plan deletes, by name. */
  approveDeletes(request: string): Promise<void>;
  /** Plans, and returns the digest of what would be done. */
  plan(): Promise<string>;
  /** Plans and applies it. */
  apply(at?: Circumstances): Promise<Ended>;
  /** Lines of the journal that tell of a write to a target. */
  intents(): readonly string[];
}

export interface Rig {
  readonly workplace: Workplace;
  /** The recipient of the requester's passwords. */
  readonly identity: string;
  readonly administrator: Awaited<ReturnType<typeof connectDirectory>>;
  /** @param at how its commands are run, unless they say otherwise */
  office(name: string, at?: Circumstances): Office;
  /** Looks for every secret in all that the commands of its offices printed, and in all that they keep. */
  leaks(): Found;
  readonly canaries: Canaries;
  /** An account or a group by its login. */
  entry(login: string, ...attributes: readonly string[]): Promise<Entry | undefined>;
  /** Adds an object as people do, without Layanan. */
  plant(path: string, attributes: Attributes): Promise<void>;
  dns: ReturnType<typeof connectDns>;
  /** Grows with every write to either server, whoever made it. */
  counters(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

const UNIT = `OU=DJP,${BASE}`;
const ZONES = ['djp.contoh.test', '10.in-addr.arpa'] as const;

type Hear = (command: string, ended: Ended) => void;

function officeIn(folder: string, variables: Circumstances['env'], usual: Circumstances, hear: Hear): Office {
  const [requests, store] = [join(folder, 'requests'), join(folder, 'store')];
  mkdirSync(requests, { recursive: true });
  const own = { ...variables, LAYANAN_REQUESTS: requests, LAYANAN_STORE: store, ...usual.env };
  const layanan: Office['layanan'] = async (args, at = {}) => {
    const ended = await run(args, own, { ...usual, ...at, env: at.env ?? {} });
    hear(args[0] ?? '', ended);
    return ended;
  };
  const sure = async (args: readonly string[]): Promise<Ended> => {
    const ended = await layanan(args);
    if (ended.exit !== 0) throw new Error(`'${args.join(' ')}' ended with ${ended.exit}: ${ended.err}${ended.out}`);
    return ended;
  };
  const plan: Office['plan'] = async () => {
    const { out } = await sure(['plan', '--format', 'json']);
    return (JSON.parse(out) as { plan: { digest: string } }).plan.digest;
  };
  return {
    folder,
    store,
    requests,
    write: (version) => writeVersion(requests, version),
    layanan,
    approve: async (...ids) => {
      for (const id of ids) await sure(['approve', id, '--as', OFFICIAL]);
    },
    approveDeletes: async (id) => {
      const { out } = await layanan(['plan', id, '--format', 'json']);
      const { changes } = (JSON.parse(out) as { plan: Plan }).plan;
      const names = changes.filter((one) => one.action === 'delete').flatMap((one) => ['--delete', idOf(one)]);
      await sure(['approve', id, '--as', OFFICIAL, ...names]);
    },
    plan,
    apply: async (at) => layanan(['apply', '--confirm', (await plan()).slice(0, 12)], at),
    intents: () => {
      const chains = join(store, 'journal');
      const lines = existsSync(chains)
        ? readdirSync(chains).flatMap((file) => readFileSync(join(chains, file), 'utf8').split('\n'))
        : [];
      return lines.filter((line) => line.includes('"type":"intent"') && !line.includes('"system":"handover"'));
    },
  };
}

/** Starts both servers, and registers a key of the requester. */
export async function openRig(): Promise<Rig> {
  const workplace = await openWorkplace();
  const { folder, samba, bind, variables } = workplace;
  const identity = join(folder, 'identity.txt');
  const recipient = await newIdentity(identity);
  const canaries = openCanaries(join(folder, 'random'));
  const { LAYANAN_DIRECTORY_PASSWORD = '', LAYANAN_DNS_KEY = '' } = variables;
  canaries.know(LAYANAN_DIRECTORY_PASSWORD, LAYANAN_DNS_KEY, readIdentity(identity));
  const offices: Office[] = [];
  const office: Rig['office'] = (name, at = {}) => {
    const made = officeIn(join(folder, name), { ...variables, ...canaries.env }, at, (command, { out, err }) => {
      // It prints a secret, as it is asked to.
      if (command !== 'open') canaries.hear(`${name}: ${command}`, out, err);
    });
    offices.push(made);
    return made;
  };
  const people = join(folder, 'policies/organisation/people.yaml');
  writeFileSync(
    people,
    readFileSync(people, 'utf8').replace(`${REQUESTER}:\n`, `${REQUESTER}:\n  ageKey: ${recipient}\n`),
  );
  const administrator = await connectDirectory(samba.settings(ADMINISTRATOR));
  const key = { name: 'layanan', algorithm: 'hmac-sha256', secret: secret(LAYANAN_DNS_KEY) } as const;
  const dns = connectDns({ server: bind.server, port: bind.port, timeout: 10_000, key });
  const list = (attributes: readonly string[], filter = present('objectClass')) =>
    administrator.search({ base: dn(UNIT), scope: 'sub', filter, attributes, pageSize: 500 });
  return {
    workplace,
    identity,
    administrator,
    dns,
    office,
    leaks: () => canaries.search(offices.map((one) => one.folder)),
    canaries,
    entry: async (login, ...attributes) =>
      (await list(['adminDescription', ...attributes], equals('sAMAccountName', login)))[0],
    plant: (path, attributes) => administrator.add(dn(`${path},${BASE}`), attributes),
    counters: async () => [
      ...(await list(['uSNChanged'])).map((entry) => `${entry.dn} ${textOf(entry, 'uSNChanged')}`).sort(),
      ...(await Promise.all(
        ZONES.map(async (zone) => {
          const [soa] = await dns.query(zone, 'SOA');
          return `${zone} ${soa?.type === 'SOA' ? soa.data.serial : ''}`;
        }),
      )),
    ],
    stop: async () => {
      await administrator[Symbol.asyncDispose]();
      await workplace.stop();
    },
  };
}
