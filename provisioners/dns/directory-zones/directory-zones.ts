import { TargetError } from '../../../core/errors.ts';
import { codesOf, LDAP } from '../../directory/directory-error.ts';
import { type Dn, formatDn } from '../../directory/dn.ts';
import { entryAt } from '../../directory/entry-at.ts';
import { equals } from '../../directory/filter.ts';
import type { DirectoryClient } from '../../directory/protocol.ts';
import { zoneOf } from '../names.ts';
import { type DnsClient, dnsError, type UpdateMessage } from '../protocol.ts';
import type { DnsRecord } from '../record.ts';
import { carryOut, checkPrerequisites, nameOf, Refusal } from '../rules.ts';
import { encodeQuery, encodeUpdateMessage } from '../wire/message.ts';
import { canonicalName, isWithin, WireError } from '../wire/name.ts';
import { absentNode, NODE_ATTRIBUTES, nameOfEntry, nodeDn, nodeOf, type ZoneNode } from './node.ts';
import { recordsOfNodes } from './node-records.ts';
import { carryOutStep, type Stamp, type Step, stepsOf, undoOf } from './steps.ts';
import { placeOfZone } from './zone-place.ts';

export interface DirectoryZonesOptions {
  readonly directory: DirectoryClient;
  /** Base DN of the domain; `forest` that of the forest's first domain, where it is another one. */
  readonly base: string;
  readonly forest?: string;
  /** Zones that may be read and written. */
  readonly zones: readonly string[];
  readonly now: () => Date;
}

const PAGE = 500;
/** What the directory answers when a node is no longer as it was read. */
const STALE = new Map<number, string>([
  [LDAP.noSuchAttribute, 'NXRRSET'],
  [LDAP.attributeOrValueExists, 'YXRRSET'],
  [LDAP.noSuchObject, 'NXDOMAIN'],
  [LDAP.entryAlreadyExists, 'YXDOMAIN'],
  [LDAP.insufficientAccessRights, 'REFUSED'],
]);

/** Win32 codes that say something else than the result code beside them: an attribute is not in the schema. */
const OTHER: ReadonlySet<string> = new Set(['0000200A']);

function staleCode(error: TargetError): string | undefined {
  const { win32 = '', ldap = -1 } = codesOf(error);
  return error.effect !== 'refused' || OTHER.has(win32) ? undefined : STALE.get(ldap);
}

/** The errors of the directory and of our own rules as those of a DNS server. */
async function translated<T>(operation: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) throw dnsError(operation, error.rcode, 'refused', 'Refused by the rules', error);
    if (error instanceof WireError) throw dnsError(operation, 'FORMERR', 'unsent', error.message, error);
    if (!(error instanceof TargetError) || error.system === 'dns') throw error;
    throw dnsError(operation, staleCode(error) ?? error.code, error.effect, error.message, error);
  }
}

/** Reads nodes by name. @throws TargetError; WireError for what is no name here */
async function readNodes(
  directory: DirectoryClient,
  place: Dn,
  zone: string,
  names: readonly string[],
): Promise<readonly ZoneNode[]> {
  const one = async (name: string): Promise<ZoneNode> => {
    const dn = nodeDn(place, zone, name);
    const entry = await entryAt(directory, dn, NODE_ATTRIBUTES);
    return entry === undefined ? absentNode(name, dn) : understood(() => nodeOf(entry, name, dn));
  };
  return Promise.all(names.map(one));
}

/** Values of the directory that are not understood are a bad reply, not a bad request. */
function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw dnsError('search', 'BADREPLY', 'refused', error.message, error);
  }
}

async function readAll(directory: DirectoryClient, place: Dn, zone: string): Promise<readonly DnsRecord[]> {
  const request = { base: formatDn(place), scope: 'one', filter: equals('objectClass', 'dnsNode') } as const;
  const entries = await directory.search({ ...request, attributes: NODE_ATTRIBUTES, pageSize: PAGE });
  const records = entries.flatMap((entry) => {
    const name = nameOfEntry(entry, zone);
    if (name === undefined) return [];
    return understood(() => nodeOf(entry, name, request.base)).records.map(({ record }) => record);
  });
  const soa = records.filter((record) => record.type === 'SOA');
  if (soa.length !== 1)
    throw dnsError(`AXFR ${zone}`, 'BADREPLY', 'refused', `The zone has ${soa.length} SOA records, wanted one`);
  return [...soa, ...records.filter((record) => record.type !== 'SOA')];
}

/** Carries out steps; what was done before a refusal is taken back, and where that fails the message is lost. */
async function carryOutAll(
  directory: DirectoryClient,
  operation: string,
  steps: readonly Step[],
  stamp: Stamp,
): Promise<void> {
  const undone: Step[] = [];
  for (const step of steps) {
    try {
      await carryOutStep(directory, step);
    } catch (error) {
      if (!(error instanceof TargetError) || undone.length === 0) throw error;
      if (error.effect === 'lost') throw error;
      for (const one of undone.toReversed())
        await carryOutStep(directory, undoOf(one, stamp)).catch((cause: unknown) => {
          throw dnsError(operation, 'HALFDONE', 'lost', `Half of it was done: ${error.message}`, cause);
        });
      throw error;
    }
    if (!step.touch) undone.push(step);
  }
}

async function update(directory: DirectoryClient, place: Dn, message: UpdateMessage, now: Date): Promise<void> {
  const { zone, prerequisites, updates } = message;
  const named = [...prerequisites.map((one) => canonicalName(one.name)), ...updates.map(nameOf)];
  if (named.some((name) => !isWithin(name, zone))) throw new Refusal('NOTZONE');
  const nodes = await readNodes(directory, place, zone, [...new Set([zone, ...named])]);
  const records = recordsOfNodes(nodes);
  checkPrerequisites(records, message, true);
  const [soa] = records.at(zone, 'SOA');
  if (soa?.type !== 'SOA') throw dnsError(`UPDATE ${zone}`, 'BADREPLY', 'refused', 'The zone has no SOA');
  carryOut(records, message);
  const stamp: Stamp = { serial: soa.data.serial, now };
  await carryOutAll(directory, `UPDATE ${zone}`, stepsOf(message, nodes, records, stamp), stamp);
}

/**
 * The zones that Active Directory keeps, behind the shape of a DNS server: `dnsNode` objects, read complete, written by
 * compare-and-set. The rules of RFC 2136 are ours, since the directory takes anything.
 *
 * A message over several names is not atomic: its nodes are written one after the other, the owner first, and taken
 * back where one is refused. A crash between leaves an owner without its records, or records that are complete but for
 * one that was not written yet; the next run repairs both. The zone's serial is the servers' affair and stays. A
 * record that others add to an existing name between our reading and our write (milliseconds) is found by reading back.
 */
export function createDirectoryZones({ directory, base, forest, zones, now }: DirectoryZonesOptions): DnsClient {
  const places = new Map<string, Dn>();
  const placeOf = async (zone: string): Promise<Dn> => {
    if (!zones.includes(zone)) throw new Refusal('NOTAUTH');
    const place = places.get(zone) ?? (await placeOfZone(directory, { base, ...(forest ? { forest } : {}) }, zone));
    places.set(zone, place);
    return place;
  };
  return {
    atomic: 'name',
    update: (message) =>
      translated(`UPDATE ${message.zone}`, async () => {
        encodeUpdateMessage(0, message);
        await update(directory, await placeOf(message.zone), message, now());
      }),
    transfer: (zone, receive) =>
      translated(`AXFR ${zone}`, async () => {
        for (const record of await readAll(directory, await placeOf(zone), zone)) receive(record);
      }),
    query: (asked, type) =>
      translated(`QUERY ${asked} ${type}`, async () => {
        encodeQuery(0, asked, type);
        const name = canonicalName(asked);
        const zone = zoneOf(name, zones);
        if (zone === undefined) throw new Refusal('REFUSED');
        const [node] = await readNodes(directory, await placeOf(zone), zone, [name]);
        const records = node?.records.map(({ record }) => record) ?? [];
        const found = records.filter((record) => record.type === type);
        return found.length > 0 ? found : records.filter((record) => record.type === 'CNAME');
      }),
  };
}
