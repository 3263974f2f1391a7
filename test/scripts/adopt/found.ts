/** Worlds in which things stand that no request owns: made by requests, then their markers and all memory taken away. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createCloudSandbox } from '../../../provisioners/cloud/sandbox.ts';
import { ACCOUNT_ATTRIBUTES } from '../../../provisioners/directory/account.ts';
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { present } from '../../../provisioners/directory/filter.ts';
import { textOf, textsOf } from '../../../provisioners/directory/protocol.ts';
import { type Adopted, type AdoptOptions, adopt } from '../../../scripts/commands/adopt.ts';
import { applyAll, signAll } from '../../../scripts/demo/carry-out.ts';
import { openWorkspace } from '../../../scripts/workspace/workspace.ts';
import { directoryOf, dnsOf } from '../../builders/by-other-means.ts';
import { type CommandLine, commandLine, TODAY } from '../../builders/command-line.ts';
import { transferred } from '../../provisioners/dns/transferred.ts';

/** A day on which mailboxes have appeared. */
export const LATER = '2026-11-21';
const BASE = formatDn(parseDn('DC=contoh,DC=test'));
const ZONES = ['djp.contoh.test', '10.in-addr.arpa'];
const MARKER = 'adminDescription';

const cloudOf = ({ options }: CommandLine) =>
  createCloudSandbox({ file: join(options.store, 'sandbox/cloud.sqlite'), now: () => new Date(`${LATER}T05:00:00Z`) });

/** Approves and carries out all requests; a mailbox that appears later needs the second day. */
export async function carryOut(line: CommandLine, days: readonly string[] = [TODAY, LATER]): Promise<void> {
  for (const today of days) {
    const workspace = openWorkspace({ ...line.options, today });
    await signAll(workspace);
    const { outcomes, faults } = await applyAll(workspace);
    const failed = outcomes.filter((one) => one.result !== 'done');
    if (failed.length + faults.length > 0) throw new Error(`Cannot carry out: ${JSON.stringify([failed, faults])}`);
  }
}

/** All entries with a login, as the directory's administrators see them. */
async function entriesOf(server: ReturnType<typeof directoryOf>) {
  const attributes = [...ACCOUNT_ATTRIBUTES, 'member', 'pwdLastSet'];
  return server.administrator.search({
    base: BASE,
    scope: 'sub',
    filter: present('sAMAccountName'),
    attributes,
    pageSize: 500,
  });
}

/** Takes every marker away, but not those that open a group. */
export async function unmark(line: CommandLine): Promise<void> {
  using directory = directoryOf(line);
  for (const entry of await entriesOf(directory))
    if (textOf(entry, MARKER)?.startsWith('layanan:'))
      await directory.administrator.modify(formatDn(parseDn(entry.dn)), [
        { operation: 'replace', attribute: MARKER, values: [] },
      ]);
  const cloud = cloudOf(line);
  for (const user of cloud.store.users())
    cloud.store.putUser({ ...user, properties: { ...user.properties, onPremisesExtensionAttributes: {} } });
  cloud.close();
  const dns = dnsOf(line);
  const client = dns.connect();
  for (const zone of ZONES) {
    const markers = (await transferred(client, zone)).filter((record) => record.name.startsWith('_layanan.'));
    const updates = markers.map(({ name }) => ({ kind: 'deleteName', name }) as const);
    if (updates.length > 0) await client.update({ zone, prerequisites: [], updates });
  }
  dns.close();
}

/** Everything that stands, without markers and without what every write moves. */
export async function standing(line: CommandLine): Promise<readonly string[]> {
  using directory = directoryOf(line);
  const entries = (await entriesOf(directory)).map((entry) => {
    const names = Object.keys(entry.attributes).filter(
      (name) => name !== MARKER && name !== 'objectGUID' && name !== 'objectSid',
    );
    return JSON.stringify([entry.dn, ...names.map((name) => [name, [...textsOf(entry, name)].sort()])]);
  });
  const cloud = cloudOf(line);
  const users = cloud.store.users().map(({ properties, methods }) => {
    const { onPremisesExtensionAttributes: _, ...shown } = properties;
    return JSON.stringify([shown, methods]);
  });
  const mailboxes = cloud.store.mailboxes().map((one) => JSON.stringify(one));
  cloud.close();
  const dns = dnsOf(line);
  const records = await Promise.all(ZONES.map((zone) => transferred(dns.connect(), zone)));
  dns.close();
  const shown = records.flat().filter(({ type, name }) => type !== 'SOA' && !name.startsWith('_layanan.'));
  return [...entries, ...users, ...mailboxes, ...shown.map((one) => JSON.stringify(one))].sort();
}

/** A command line at whose targets stands what these requests ask for, owned by nobody and known to nobody. */
export async function foundWorld(requests: Readonly<Record<string, string>>): Promise<CommandLine> {
  const line = commandLine(requests);
  await carryOut(line);
  await unmark(line);
  for (const id of Object.keys(requests)) line.remove(id);
  for (const folder of ['journal', 'handover', 'plans'])
    rmSync(join(line.options.store, folder), { recursive: true, force: true });
  return line;
}

const DEFAULTS = { catalogue: 'sc-11-2023', requester: 'djp-pic-aplikasi', limit: '5000', today: LATER };

/** `layanan adopt`, for unit djp where nothing else is said. */
export const adoptIn = (line: CommandLine, what: Adopted, over: Partial<AdoptOptions> = {}) => {
  const place = what === 'dns' ? { zone: 'djp.contoh.test' } : { unit: 'djp' };
  return line.run<AdoptOptions>((options, io) => adopt(what, options, io), { ...DEFAULTS, ...place, ...over });
};

/** What tests look at of one row of the JSON form. */
export interface RowForm {
  readonly key: string;
  readonly file?: string;
  readonly request?: string;
  readonly refused?: { readonly code: string; readonly message: { readonly id: string; readonly en: string } };
  readonly differences?: readonly { readonly before: object; readonly after: object }[];
}

type Ran = Awaited<ReturnType<typeof adoptIn>>;
export const rowsOf = (ran: Ran): readonly RowForm[] => (ran.report().items ?? []) as unknown as readonly RowForm[];
/** Codes of refusals by key. */
export const refusals = (ran: Ran): Readonly<Record<string, string>> =>
  Object.fromEntries(rowsOf(ran).flatMap(({ key, refused }) => (refused ? [[key, refused.code]] : [])));
