import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Text } from '../../core/finding.ts';
import { closest } from '../../core/load/closest.ts';
import type { Unit } from '../../core/organisation/organisation.ts';
import { isWithin, NameError, parseDn } from '../../provisioners/directory/dn.ts';
import type { Targets } from '../../provisioners/index.ts';
import { type Found, findAccounts } from '../adopt/accounts.ts';
import { findAddresses } from '../adopt/addresses.ts';
import { type Collected, collect } from '../adopt/collect.ts';
import type { Envelope } from '../adopt/compose.ts';
import { adoptListing, type Row, severityOf } from '../adopt/listing.ts';
import { isRefusal } from '../adopt/proposal.ts';
import { readNames, type WantedNames } from '../adopt/wanted-names.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import { progress } from '../report/progress.ts';
import { check } from '../requests/check.ts';
import { everyRequest } from '../requests/selection.ts';
import { targetsOf } from '../run/targets.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';

export interface AdoptOptions extends Options {
  readonly catalogue: string;
  readonly requester: string;
  readonly unit?: string;
  /** Accounts: relative DN of an organisational unit within the unit's. */
  readonly ou?: string;
  /** Accounts without a NIP: `individual` or `special`. */
  readonly kind?: string;
  /** Names: a zone of the unit. */
  readonly zone?: string;
  readonly filter?: string;
  /** A file of names. */
  readonly names?: string;
  readonly limit: string;
  readonly batch?: string;
}

/** What can be adopted, and the service that its requests ask for. */
export type Adopted = 'account' | 'dns';
const SERVICES = { account: 'account', dns: 'static-ip' } as const satisfies Record<Adopted, string>;

const DONE = {
  id: '{files} berkas ditulis, {refused} objek ditolak, {known} sudah menjadi milik permintaan',
  en: '{files} files written, {refused} objects refused, {known} in the hands of requests already',
};
const CUT = {
  id: 'Batas --limit tercapai: ajukan berkas-berkas ini, lalu jalankan lagi untuk sisanya',
  en: 'The limit of --limit was reached: order these files, then run again for the rest',
};
const NEXT = {
  id: 'Langkah berikut: periksa berkasnya, lalu ./scripts/layanan validate dan ./scripts/layanan plan',
  en: 'Next step: look at the files, then ./scripts/layanan validate and ./scripts/layanan plan',
};

/** `layanan adopt account|dns`: writes request files for what stands already. Reads targets only; never overwrites. */
export async function adopt(what: Adopted, options: AdoptOptions, io: Io): Promise<Exit> {
  const workspace = openWorkspace(options);
  const unit = unitOf(what, options, workspace);
  const envelope = envelopeOf(what, unit, options, workspace);
  const limit = limitOf(options);
  const find = finder(what, envelope, options, workspace);
  const history = workspace.store.history(workspace.store.units());
  const checked = check(everyRequest(options.requests), workspace, history, { keep: false, ordering: false });
  const targets = await targetsOf(workspace, []);
  try {
    const tell = progress({ lang: io.lang, terminal: io.terminal, now: () => performance.now(), write: io.err });
    const collecting = { envelope, others: checked.lookup, targets, limit, tell };
    const collected = await collect(await find(targets), collecting, workspace);
    for (const row of collected.rows) if (!isRefusal(row)) write(row.file, row.text);
    return await tellAll(collected, workspace, io);
  } finally {
    await targets.close();
  }
}

function unitOf(what: Adopted, { unit, zone, requester }: AdoptOptions, { policies }: Workspace): Unit {
  const { units, people } = policies.organisation;
  const having = [...units.values()].filter((one) => one.zones.includes(zone ?? ''));
  const id = unit ?? (what === 'dns' && having.length === 1 ? having[0]?.id : undefined);
  if (id === undefined) throw new UserError('Cannot adopt: give --unit <unit>, the folder of the request files');
  const known = units.get(id);
  if (known === undefined)
    throw new UserError(
      `Cannot adopt for '${id}': there is no such unit; did you mean '${closest(id, units.keys()) ?? [...units.keys()].join(', ')}'?`,
    );
  if (people.get(requester)?.units.includes(id) !== true)
    throw new UserError(`Cannot adopt for '${id}': '${requester}' is no person of that unit in people.yaml`);
  return known;
}

function envelopeOf(what: Adopted, unit: Unit, options: AdoptOptions, { policies, today }: Workspace): Envelope {
  const { catalogue, requester } = options;
  const service = policies.services.get(SERVICES[what]);
  const offer = policies.catalogues.get(catalogue)?.offers.get(SERVICES[what]);
  if (!service || !offer)
    throw new UserError(`Cannot adopt by catalogue '${catalogue}': it does not offer '${SERVICES[what]}'`);
  return { unit, offer, service, requester, batch: options.batch ?? `adopsi-${what}-${today}` };
}

function limitOf({ limit }: AdoptOptions): number {
  if (!/^[1-9]\d{0,6}$/.test(limit)) throw new UserError(`Cannot use --limit '${limit}': it takes a number from 1`);
  return Number(limit);
}

/** Checks what is to be looked for, before any target is opened. */
function finder(
  what: Adopted,
  { unit, offer }: Envelope,
  options: AdoptOptions,
  workspace: Workspace,
): (targets: Targets) => Promise<Found> {
  const { filter, kind = 'individual', zone } = options;
  const names: WantedNames = {
    ...(filter === undefined ? {} : { filter }),
    ...(options.names === undefined ? {} : { list: readNames(options.names) }),
  };
  if (what === 'dns') {
    if (zone === undefined || !unit.zones.includes(zone))
      throw new UserError(
        `Cannot adopt zone '${zone ?? ''}': unit '${unit.id}' has the zones ${unit.zones.join(', ')}`,
      );
    return (targets) => findAddresses({ zone, names }, targets, workspace);
  }
  if (kind !== 'individual' && kind !== 'special')
    throw new UserError(`Cannot use --kind '${kind}': it takes individual or special`);
  const ou = ouWithin(unit, options.ou ?? unit.ou);
  return (targets) => findAccounts({ unit, offer, ou, names, withoutNip: kind }, targets, workspace);
}

function ouWithin(unit: Unit, ou: string): string {
  try {
    if (isWithin(parseDn(ou), parseDn(unit.ou))) return ou;
  } catch (error) {
    if (!(error instanceof NameError)) throw error;
  }
  throw new UserError(
    `Cannot use --ou '${ou}': wanted one within '${unit.ou}' of unit '${unit.id}', without the domain`,
  );
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: 'wx' });
}

async function tellAll({ rows, isCut }: Collected, workspace: Workspace, io: Io): Promise<Exit> {
  const { messages } = workspace.policies;
  const isWrong = (row: Row) => isRefusal(row) && severityOf(row, messages) === 'error';
  const refused = rows.filter(isWrong);
  const files = rows.filter((row) => !isRefusal(row)).length;
  const counts = { files, refused: refused.length, known: rows.length - files - refused.length };
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: keyof typeof counts) => String(counts[name]));
  const done: Text = { id: fill(DONE.id), en: fill(DONE.en) };
  await print({ kind: 'list', command: 'adopt', listing: adoptListing(rows, messages), notes: [done] }, workspace, io);
  if (isCut) io.err(CUT[io.lang]);
  if (files > 0) io.err(NEXT[io.lang]);
  if (refused.some((row) => isRefusal(row) && row.code === 'adopt/unread')) return EXIT.target;
  return refused.length > 0 ? EXIT.findings : EXIT.ok;
}
