/** octoDNS on the same zone: installed into a folder of its own, wanting what stands there. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resource } from '../core/resource.ts';
import { KEY, TTL, ZONE } from './dns-zone.ts';

const PACKAGES = ['octodns==1.22.0', 'octodns-bind==1.1.0', 'PyYAML==6.0.3', 'dnspython==2.9.2'];
const VENV = join(tmpdir(), 'layanan-bench-octodns-1.22.0');

/** Installs it once per machine; false where that fails, for example without network. */
export function hasOctodns(): boolean {
  if (existsSync(join(VENV, 'complete'))) return true;
  rmSync(VENV, { recursive: true, force: true });
  const commands = [
    ['python3', '-m', 'venv', VENV],
    [join(VENV, 'bin/pip'), 'install', '--quiet', ...PACKAGES],
  ];
  for (const [command = '', ...args] of commands)
    if (spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) return false;
  writeFileSync(join(VENV, 'complete'), '');
  return true;
}

const config = (folder: string, port: number) => `
manager: { max_workers: 1 }
providers:
  wanted: { class: octodns.provider.yaml.YamlProvider, directory: ${folder}, default_ttl: ${TTL}, enforce_order: false }
  server:
    class: octodns_bind.Rfc2136Provider
    host: 127.0.0.1
    port: ${port}
    timeout: 30
    key_name: ${KEY.name}
    key_algorithm: ${KEY.algorithm}
    key_secret: ${KEY.secret.reveal()}
zones:
  ${ZONE}.: { sources: [wanted], targets: [server] }
`;

/** Prepares its plan of the zone, which is run by the function that comes back; that one gives milliseconds. */
export function octodnsPlan(port: number, resources: readonly Resource[]): () => number {
  const folder = mkdtempSync(join(tmpdir(), 'layanan-bench-octodns-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'zones'));
  const records = resources.flatMap(({ key, request, fields }) => {
    const name = key.slice('A '.length, -ZONE.length - 1);
    const values = Array.isArray(fields.values) ? fields.values : [];
    return [
      [name, { type: 'A', ttl: TTL, values }],
      [`_layanan.${name}`, { type: 'TXT', ttl: TTL, values: [`layanan:${request}`] }],
    ];
  });
  // The apex's NS is not its affair unless it is asked for.
  writeFileSync(join(folder, 'zones', `${ZONE}.yaml`), JSON.stringify(Object.fromEntries(records)));
  writeFileSync(join(folder, 'config.yaml'), config(join(folder, 'zones'), port));
  const args = ['--config-file', join(folder, 'config.yaml')];
  return () => {
    const began = performance.now();
    const { status, stdout, stderr } = spawnSync(join(VENV, 'bin/octodns-sync'), args, { encoding: 'utf8' });
    const time = performance.now() - began;
    if (status !== 0 || !`${stdout}${stderr}`.includes('No changes were planned'))
      throw new Error(`Cannot measure octoDNS: it ended with ${status}\n${`${stdout}${stderr}`.slice(-2000)}`);
    return time;
  };
}
