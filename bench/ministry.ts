import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POLICIES } from './child.ts';
import { accountText, type Home, staticIpText } from './request-text.ts';

/** Units of the sample ministry; it has room for 65,000 addresses in each of them. */
const HOMES: readonly Home[] = [
  { id: 'djp', zone: 'djp.contoh.test', requester: 'djp-pic-aplikasi', signer: 'djp-kasubdit-aplikasi' },
  { id: 'setjen', zone: 'setjen.contoh.test', requester: 'setjen-pic', signer: 'setjen-kasubbag-arsip' },
  { id: 'pustek', zone: 'pustek.contoh.test', requester: 'pustek-pic', signer: 'pustek-kasubbid-akun' },
  { id: 'biro-umum', zone: 'biro-umum.contoh.test', requester: 'umum-pic', signer: 'umum-kabag-rumah-tangga' },
];

/** One generated request: where it stands below the folder of requests, and its text. */
export interface Generated {
  readonly path: string;
  readonly text: string;
}

/** Three accounts to one address, over the units in turn; the same for the same number. */
export function* generated(count: number): Generator<Generated> {
  for (let number = 1; number <= count; number++) {
    const home = HOMES[number % HOMES.length] as Home;
    const isAddress = number % 5 === 0;
    yield isAddress
      ? { path: `${home.id}/alamat-${number}.yaml`, text: staticIpText(number, home) }
      : { path: `${home.id}/akun-${number}.yaml`, text: accountText(number, home) };
  }
}

/** The sample policies with quotas and address ranges that are never the limit. */
function copyPolicies(folder: string): void {
  cpSync(POLICIES, folder, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  const units = join(folder, 'organisation/units.yaml');
  const roomy = readFileSync(units, 'utf8')
    .replace(/quotas:\s*\{[^}]*\}/g, 'quotas: { accounts: 1000000, licences: 1000000, addresses: 1000000 }')
    .replace(/first: (\d+\.\d+)\.\S+, last: \S+ \}/g, 'first: $1.0.1, last: $1.255.254 }');
  writeFileSync(units, roomy);
}

/** An empty folder with policies that is gone at the end of the process. */
export function newMinistry(): string {
  const folder = mkdtempSync(join(tmpdir(), 'layanan-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  copyPolicies(join(folder, 'policies'));
  return folder;
}

/** Writes generated requests below `requests/`. */
export function writeRequests(folder: string, count: number): void {
  const requests = join(folder, 'requests');
  for (const { id } of HOMES) mkdirSync(join(requests, id), { recursive: true });
  for (const { path, text } of generated(count)) writeFileSync(join(requests, path), text);
}
