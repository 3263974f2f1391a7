import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secret } from '../../core/secret.ts';
import { loadPolicies } from '../../policies/load.ts';
import { MANAGED_TYPES } from '../../provisioners/dns/names.ts';
import { type Bind, startBind } from './bind.ts';
import { HOST, SERVICE } from './samba/recipe.ts';
import { type Samba, startSamba } from './samba.ts';

const POLICIES = join(import.meta.dirname, '../../policies');
const KEY = 'layanan';

/** The sample ministry with a domain controller and a name server of its own; the cloud stays on the sandbox. */
export interface Workplace {
  /** Holds requests, policies and store; removed by `stop`. */
  readonly folder: string;
  readonly samba: Samba;
  readonly bind: Bind;
  /** What the command line needs to work here: options, and the credentials of both servers. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Where the servers are reached; a test may put a proxy between. */
export interface Reached {
  readonly directory?: { readonly host: string; readonly port: number };
  readonly dns?: { readonly host: string; readonly port: number };
}

/** The sandbox's environment with the real servers in it. */
function environment(samba: Samba, bind: Bind, { directory, dns }: Reached): string {
  const url = directory === undefined ? samba.address : `${directory.host}:${directory.port}`;
  const ldaps = `{ type: ldaps, url: 'ldaps://${url}', ca: ca.pem, servername: ${HOST}, user: ${SERVICE.user} }`;
  const { host, port } = dns ?? { host: bind.server, port: bind.port };
  const update = `{ type: update, host: ${host}, port: ${port}, key: ${KEY}, algorithm: hmac-sha256 }`;
  return readFileSync(join(POLICIES, 'environments/sandbox.yaml'), 'utf8')
    .replace(/^(#.*\n)+/, '# Made for this run: a Samba domain controller and a BIND name server of its own.\n')
    .replace(/^name: .*$/m, 'name: servers')
    .replace(/^directory:\n {2}at: .*$/m, `directory:\n  at: ${ldaps}`)
    .replace(/^dns:\n {2}at: .*$/m, `dns:\n  at: ${update}`);
}

/** Writes the file of an environment beside the authority's certificate. */
export function writeEnvironment({ folder, samba, bind }: Workplace, name: string, reached: Reached = {}): string {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, environment(samba, bind, reached));
  return file;
}

/** Starts both servers and lays out a folder to work in: no requests yet, and policies that may be edited. */
export async function openWorkplace(): Promise<Workplace> {
  const { organisation, environment: sandbox } = loadPolicies(POLICIES, 'sandbox');
  const zones = [...[...organisation.units.values()].flatMap((unit) => unit.zones), ...sandbox.dns.reverseZones];
  const key = randomBytes(32).toString('base64');
  const [samba, bind] = await Promise.all([
    startSamba(),
    startBind(zones, [{ name: KEY, algorithm: 'hmac-sha256', secret: secret(key), types: MANAGED_TYPES }]),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'layanan-'));
  const at = (name: string) => join(folder, name);
  mkdirSync(at('requests'));
  cpSync(POLICIES, at('policies'), { recursive: true });
  writeFileSync(at('ca.pem'), samba.ca);
  const workplace: Workplace = {
    folder,
    samba,
    bind,
    variables: {
      LAYANAN_REQUESTS: at('requests'),
      LAYANAN_POLICIES: at('policies'),
      LAYANAN_STORE: at('store'),
      LAYANAN_ENVIRONMENT: at('environment.yaml'),
      LAYANAN_DIRECTORY_PASSWORD: SERVICE.password,
      LAYANAN_DNS_KEY: key,
    },
    async stop() {
      await Promise.all([samba.stop(), bind.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  writeEnvironment(workplace, 'environment');
  return workplace;
}
