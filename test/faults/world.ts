import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One request file of the fault world, by its id. */
export type Version = Readonly<Record<string, string>>;

const request = (service: string, title: string, requester: string, rest: readonly string[]): string =>
  ['catalogue: sc-11-2023', `service: ${service}`, `title: ${title}`, `requester: ${requester}`, ...rest, ''].join(
    '\n',
  );

/** A request for an account; `lines` are lines of its spec. */
export const accountRequest = (login: string, lines: readonly string[], head: readonly string[] = []): string =>
  request('account', `Akun ${login}`, 'djp-pic-aplikasi', [
    ...head,
    'spec:',
    `  login: ${login}`,
    ...lines.map((line) => `  ${line}`),
  ]);

/** A request for an address in the unit's zone; `lines` are lines of its spec. */
export const addressRequest = (host: string, lines: readonly string[], head: readonly string[] = []): string =>
  request('static-ip', `Alamat ${host}`, 'djp-pic-aplikasi', [
    ...head,
    'spec:',
    `  host: ${host}`,
    '  zone: djp.contoh.test',
    '  purpose: Server uji',
    ...lines.map((line) => `  ${line}`),
  ]);

/** A visit, which people fulfil. */
const visitRequest = (site: string, head: readonly string[] = []): string =>
  request('dc-visit', 'Kunjungan', 'djp-pic-aplikasi', [
    ...head,
    'spec:',
    `  site: ${site}`,
    '  pic: Contoh Budi',
    '  picAttends: true',
    '  plan: Penggantian modul',
    '  time: { date: 2026-11-20, from: "15:00", to: "16:00" }',
    '  visitors: [{ name: Contoh Budi, from: staff, card: nip, cardEnding: "5001" }]',
  ]);

const EVIDENCE = [
  'state: disabled',
  'documents:',
  '  - type: deactivation-evidence',
  '    url: https://naskah.contoh.test/SK-88-2026',
  '    sha256: f493fdad7a70a8100a580a500c79bd272147b81157cde8d719379050306e1cdf',
];

const person = (name: string, nip: string): string[] => [
  'kind: individual',
  `displayName: Contoh ${name}`,
  `nip: "${nip}"`,
];
const andi = person('Andi', '199001012015011001');
const siti = person('Siti', '199205142018012002');
const joko = person('Joko', '198004042004031010');

/** Each service, each kind of account, each mailbox class: all of it to be created. */
export const FIRST: Version = {
  'djp/andi': accountRequest('andi', [
    ...andi,
    'address: andi',
    'aliases: [a.contoh]',
    'mailbox: licensed',
    'internet: true',
  ]),
  'djp/tim': accountRequest('tim', [
    'kind: group',
    'displayName: Grup Uji',
    'address: tim',
    'mailbox: none',
    'members: [andi, siti]',
  ]),
  'djp/loket': accountRequest('loket', ['kind: special', 'displayName: Loket', 'address: loket', 'mailbox: standard']),
  'djp/siti': accountRequest('siti', [...siti, 'address: siti', 'mailbox: standard', 'internet: true']),
  'djp/spt': addressRequest('spt', ['aliases: [pajak]']),
  'djp-timur/joko': accountRequest('joko', [...joko, 'address: joko', 'mailbox: licensed', 'internet: true']),
  'djp/kelas': addressRequest('kelas', ['aliases: [belajar]']),
  'djp/kunjungan': visitRequest('dc'),
};

/** Each edit that an item allows: rename, alias, class, resets, members, a name that goes, an end, a deletion. */
export const SECOND: Version = {
  'djp/andi': accountRequest('andi', [
    ...person('Andi Pratama', '199001012015011001'),
    'address: andi',
    'aliases: [a.contoh, andi.p]',
    'mailbox: licensed',
    'internet: false',
    'mfaResetAt: 2026-11-20T10:50:00+07:00',
  ]),
  'djp/tim': accountRequest('tim', [
    'kind: group',
    'displayName: Grup Uji Baru',
    'address: tim',
    'mailbox: none',
    'members: [loket, siti]',
  ]),
  'djp/loket': accountRequest('loket', [
    'kind: special',
    'displayName: Loket',
    'address: loket',
    'mailbox: standard',
    'passwordResetAt: 2026-11-20T10:50:00+07:00',
  ]),
  'djp/siti': accountRequest('siti', [
    ...siti,
    'address: siti',
    'mailbox: licensed',
    'internet: true',
    'passwordResetAt: 2026-11-20T10:50:00+07:00',
  ]),
  'djp/spt': addressRequest('spt-baru', ['aliases: [pajak, setoran]']),
  'djp-timur/joko': accountRequest('joko', [...joko, 'address: joko', 'mailbox: licensed', 'internet: true'], EVIDENCE),
  'djp/kelas': addressRequest('kelas', ['aliases: [belajar]'], ['state: deleted']),
  'djp/kunjungan': visitRequest('drc'),
};

/** What was disabled comes back, with a new password; work that nobody began is called off. */
export const THIRD: Version = {
  ...SECOND,
  'djp/kunjungan': visitRequest('drc', ['state: deleted']),
  'djp-timur/joko': accountRequest('joko', [
    ...joko,
    'address: joko.contoh',
    'mailbox: licensed',
    'internet: true',
    'passwordResetAt: 2026-11-20T11:20:00+07:00',
    'unblockedAt: 2026-11-20T11:20:00+07:00',
  ]),
};

/** A request for a development machine; `head` are lines beside its spec. */
const machineRequest = (name: string, until: string, head: readonly string[] = []): string =>
  request('development-vm', `Server ${name}`, 'djp-pic-aplikasi', [
    ...head,
    'spec:',
    `  name: ${name}`,
    '  zone: djp.contoh.test',
    '  os: ubuntu-24.04',
    '  cores: 2',
    '  memoryGb: 4',
    '  diskGb: 50',
    `  until: ${until}`,
    '  purpose: Uji aplikasi',
  ]);

/** A request for a namespace; `lines` are lines of its spec. */
const namespaceRequest = (
  name: string,
  cores: number,
  lines: readonly string[],
  head: readonly string[] = [],
): string =>
  request('development-container', `Namespace ${name}`, 'djp-pic-aplikasi', [
    ...head,
    'spec:',
    `  name: ${name}`,
    `  cores: ${cores}`,
    '  memoryGb: 8',
    '  storageGb: 50',
    '  pods: 20',
    '  podSecurity: restricted',
    '  members: [andi, siti]',
    '  until: 2027-05-31',
    '  purpose: Uji aplikasi',
    ...lines.map((line) => `  ${line}`),
  ]);

/** What stacks make: two machines of one unit, and a namespace with its access file. */
export const FOURTH: Version = {
  ...THIRD,
  'djp/mesin': machineRequest('mesin', '2027-05-31'),
  'djp/mesin-lain': machineRequest('mesin-lain', '2026-11-20'),
  'djp/ruang': namespaceRequest('ruang', 2, ['accessIssuedAt: 2026-11-20T11:50:00+07:00']),
};

/** Its edits: an extension, other limits with a new access file; the day after, the term of a machine has ended. */
export const FIFTH: Version = {
  ...FOURTH,
  'djp/mesin': machineRequest('mesin', '2027-10-31'),
  'djp/ruang': namespaceRequest('ruang', 4, ['accessIssuedAt: 2026-11-21T11:50:00+07:00']),
};

const CONFIRMATION = [
  'state: deleted',
  'documents:',
  '  - type: deletion-confirmation',
  '    url: https://naskah.contoh.test/ND-12-2026',
  '    sha256: f493fdad7a70a8100a580a500c79bd272147b81157cde8d719379050306e1cdf',
];

/** And its end: a machine and the namespace are deleted. */
export const SIXTH: Version = {
  ...FIFTH,
  'djp/mesin-lain': machineRequest('mesin-lain', '2026-11-20', CONFIRMATION),
  'djp/ruang': namespaceRequest('ruang', 4, ['accessIssuedAt: 2026-11-21T11:50:00+07:00'], ['state: deleted']),
};

/** Writes a version into a folder of requests. */
export function writeVersion(folder: string, version: Version): void {
  for (const [id, text] of Object.entries(version)) {
    const file = join(folder, `${id}.yaml`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** A world on disk: requests and a store, at one instant. */
export interface World {
  readonly requests: string;
  readonly store: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The project's own, on the sandbox, where left out. */
  readonly policies?: string;
  readonly environment?: string;
}

/** The same world elsewhere: its store is copied, its requests are shared. */
export function copyOf(world: World, folder: string): World {
  const store = join(folder, 'store');
  cpSync(world.store, store, { recursive: true });
  return { ...world, store };
}
