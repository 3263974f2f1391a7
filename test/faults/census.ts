import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyOf } from '../../core/journal/history.ts';
import { verifyChain } from '../../core/journal/verify.ts';
import { requestIdOf } from '../../core/load/path.ts';
import { readAll } from '../../core/plan/read.ts';
import { createCloudSandbox } from '../../provisioners/cloud/sandbox.ts';
import { formatDn, parseDn } from '../../provisioners/directory/dn.ts';
import { textOf, textsOf } from '../../provisioners/directory/protocol.ts';
import { createDirectorySandbox } from '../../provisioners/directory/sandbox.ts';
import { createDnsSandbox } from '../../provisioners/dns/sandbox.ts';
import { createVCenterSandbox } from '../../provisioners/machines/sandbox.ts';
import { list } from '../../provisioners/namespaces/call.ts';
import { createKubernetesSandbox } from '../../provisioners/namespaces/sandbox.ts';
import { requestPaths } from '../../scripts/requests/folder.ts';
import { targetsOf } from '../../scripts/run/targets.ts';
import { openSealed } from '../../scripts/store/handover.ts';
import { readIdentity } from '../../scripts/store/keys.ts';
import { transferred } from '../provisioners/dns/transferred.ts';
import { openWorld } from './carry-out.ts';
import type { World } from './world.ts';

/** Everything that a world holds once nobody writes, without what differs from run to run: identities, serials, secrets. */
export interface Census {
  /** What the provisioners read of all requests. */
  readonly read: readonly string[];
  /** What stands at the servers, marked or not: nothing else may be there, and nothing twice. */
  readonly servers: readonly string[];
  /** Requests that the journal calls fulfilled, with how often. */
  readonly fulfilled: readonly string[];
  /** Sealed files: of which account, and what a sign-in with the password inside says. */
  readonly passwords: readonly string[];
}

const idsOf = (world: World) => requestPaths(world.requests).map(requestIdOf);
const sandbox = (world: World, server: string) => join(world.store, 'sandbox', `${server}.sqlite`);

async function readOf(world: World): Promise<string[]> {
  const workspace = openWorld(world);
  const targets = await targetsOf(workspace, [], { pause: workspace.pause });
  try {
    const reading = await readAll(targets.provisioners)({ keys: [], owners: new Set(idsOf(world)), pools: [] });
    if (reading.unread.length > 0) throw new Error(`Cannot count: ${JSON.stringify(reading.unread)}`);
    return reading.objects.map(({ identity: _, handover: __, ...object }) => JSON.stringify(object)).sort();
  } finally {
    await targets.close();
  }
}

const DOMAIN = 'DC=contoh,DC=test';
const BASE = formatDn(parseDn(DOMAIN));
const openDirectory = (world: World) =>
  createDirectorySandbox({ file: sandbox(world, 'directory'), base: DOMAIN, now: () => new Date(world.at) });

const plainMarker = (text = '') => text.replace(/;handover=[^;]*/, '');

async function directoryOf(world: World): Promise<string[]> {
  const server = openDirectory(world);
  try {
    const attributes = [
      'sAMAccountName',
      'adminDescription',
      'userAccountControl',
      'proxyAddresses',
      'member',
      'pwdLastSet',
    ];
    const filter = '(sAMAccountName=*)' as Parameters<typeof server.administrator.search>[0]['filter'];
    const entries = await server.administrator.search({ base: BASE, scope: 'sub', filter, attributes, pageSize: 500 });
    return entries.map((entry) => {
      const values = attributes.map((name) =>
        name === 'adminDescription' ? plainMarker(textOf(entry, name)) : [...textsOf(entry, name)].sort().join(' '),
      );
      return `directory ${entry.dn} ${values.join('|')}`;
    });
  } finally {
    server[Symbol.dispose]();
  }
}

function cloudOf(world: World): string[] {
  const server = createCloudSandbox({ file: sandbox(world, 'cloud'), now: () => new Date(world.at) });
  const { store } = server;
  try {
    const names = new Map([...store.users(), ...store.deletedUsers()].map((user) => [user.id, user]));
    const mailboxes = store.mailboxes().map(({ user, quotas, addresses, readyAt }) => {
      const owner = names.get(user)?.properties.userPrincipalName;
      return `mailbox ${String(owner)} ${JSON.stringify([quotas, [...addresses].sort(), new Date(readyAt)])}`;
    });
    const users = store.users().map(({ properties, methods }) => {
      const { id: _, signInSessionsValidFromDateTime: __, ...shown } = properties;
      return `user ${JSON.stringify([shown, methods.length])}`;
    });
    const consumed = store.skus().map((sku) => `sku ${sku.skuPartNumber} ${sku.consumedUnits}`);
    return [...users, ...mailboxes, ...consumed, `deleted ${store.deletedUsers().length}`];
  } finally {
    server.close();
  }
}

async function dnsOf(world: World): Promise<string[]> {
  const { organisation, environment } = openWorld(world).policies;
  const zones = [...new Set([...organisation.units.values()].flatMap((unit) => unit.zones))];
  const all = [...zones, ...environment.dns.reverseZones];
  const server = createDnsSandbox({ path: sandbox(world, 'dns'), zones: all });
  try {
    const records = await Promise.all(all.map((zone) => transferred(server.connect(), zone)));
    return records
      .flat()
      .filter((record) => record.type !== 'SOA')
      .map((record) => `dns ${JSON.stringify(record)}`);
  } finally {
    server.close();
  }
}

async function machinesOf(world: World): Promise<string[]> {
  const place = openWorld(world).policies.environment.machines;
  using server = createVCenterSandbox({ file: sandbox(world, 'vcenter'), place, units: [] });
  const machines = await server.administrator.machines();
  return machines.map(({ uuid: _, instanceUuid: __, ...machine }) => `vsphere ${JSON.stringify(machine)}`);
}

const openKubernetes = (world: World) =>
  createKubernetesSandbox({ file: sandbox(world, 'kubernetes'), now: () => new Date(world.at) });

/** Everything that is in a cluster; secrets of access files by their number, for their names are chance. */
async function clusterOf(world: World): Promise<string[]> {
  using server = openKubernetes(world);
  const { administrator } = server;
  const namespaces = await list(administrator, '/api/v1/namespaces');
  const collections = namespaces.flatMap(({ metadata: { name } }) =>
    ['api/v1/*/resourcequotas', 'api/v1/*/limitranges', 'api/v1/*/serviceaccounts', 'api/v1/*/secrets']
      .concat(['apis/networking.k8s.io/v1/*/networkpolicies', 'apis/rbac.authorization.k8s.io/v1/*/rolebindings'])
      .map((path) => `/${path.replace('*', `namespaces/${name}`)}`),
  );
  const inside = (await Promise.all(collections.map((path) => list(administrator, path)))).flat();
  return [...namespaces, ...inside].map(({ metadata, ...object }) => {
    const {
      uid: _,
      resourceVersion: __,
      creationTimestamp: ___,
      annotations,
      ...rest
    } = metadata as typeof metadata & Record<'resourceVersion' | 'creationTimestamp', unknown>;
    const { 'layanan/handover': ____, ...kept } = annotations ?? {};
    const name = object.kind === 'Secret' ? rest.name.replace(/-[a-z0-9]{12}$/, '-*') : rest.name;
    return `kubernetes ${JSON.stringify([{ ...rest, name }, kept, object])}`;
  });
}

function fulfilledOf(world: World): string[] {
  const folder = join(world.store, 'journal');
  return readdirSync(folder).flatMap((name) => {
    const unit = name.replace('.jsonl', '');
    const chain = verifyChain(readFileSync(join(folder, name), 'utf8'), unit);
    if ('broken' in chain) throw new Error(`Chain '${unit}' is broken: ${JSON.stringify(chain.broken)}`);
    if (chain.torn > 0) throw new Error(`Chain '${unit}' is torn by ${chain.torn} bytes`);
    return [...historyOf(chain.entries).fulfilled].map(([id, { serial, objects }]) =>
      JSON.stringify([id, serial, objects]),
    );
  });
}

/** What the cluster says to the token of an access file. */
function accessOf(world: World, file: string): string {
  const { users } = JSON.parse(file) as { users: readonly { user: { token: string } }[] };
  using server = openKubernetes(world);
  return server.verifyToken(users[0]?.user.token ?? '');
}

/** Opens every sealed file with its recipient's key, and tries the password at the directory, or the token at the cluster. */
async function passwordsOf(world: World): Promise<string[]> {
  const folder = join(world.store, 'handover');
  if (!existsSync(folder)) return [];
  const server = openDirectory(world);
  try {
    const filter = '(objectClass=user)' as Parameters<typeof server.administrator.search>[0]['filter'];
    const request = { base: BASE, scope: 'sub', filter, attributes: ['sAMAccountName'], pageSize: 500 } as const;
    const entries = await server.administrator.search(request);
    const dns = new Map(entries.map((entry) => [textOf(entry, 'sAMAccountName'), entry.dn]));
    const lines: string[] = [];
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      const { recipient } = JSON.parse(readFileSync(file, 'utf8')) as { recipient: string };
      const identity = readIdentity(join(world.store, 'keys', `${recipient}.txt`));
      const { key, secret } = await openSealed(file, identity, new Date(world.at));
      lines.push(
        `${key} ${dns.has(key) ? server.verifyPassword(dns.get(key) ?? '', secret) : accessOf(world, secret)}`,
      );
    }
    return lines;
  } finally {
    server[Symbol.dispose]();
  }
}

/** Instants to ten minutes: a run that is told to wait, or that comes a minute later, leads to the same. */
const coarse = (line: string): string => line.replace(/(T\d\d:\d)\d:\d\d(?:\.\d+)?Z/g, '$1');

export async function censusOf(world: World): Promise<Census> {
  const stacks = [...(await machinesOf(world)), ...(await clusterOf(world))];
  const servers = [...(await directoryOf(world)), ...cloudOf(world), ...(await dnsOf(world)), ...stacks];
  return {
    read: (await readOf(world)).map(coarse),
    servers: servers.map(coarse).sort(),
    fulfilled: fulfilledOf(world).sort(),
    passwords: (await passwordsOf(world)).sort(),
  };
}
