import type { Prerequisite, Update, UpdateMessage } from '../protocol.ts';
import type { DnsRecord, RecordData, RecordType } from '../record.ts';
import { rdataOf, type ZoneStore } from './store.ts';

/** A message is refused with an RCODE; nothing of it is done. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly rcode: string;
  constructor(rcode: string) {
    super(rcode);
    this.rcode = rcode;
  }
}

const within = (zone: string, name: string): boolean => name === zone || name.endsWith(`.${zone}`);
const nameOf = (update: Update): string => (update.kind === 'add' ? update.record.name : update.name).toLowerCase();

/** What rules out that a prerequisite holds, RFC 2136 section 3.2. */
function failureOf(store: ZoneStore, zone: string, prerequisite: Prerequisite): string | undefined {
  const name = prerequisite.name.toLowerCase();
  if (!within(zone, name)) return 'NOTZONE';
  switch (prerequisite.kind) {
    case 'nameNotInUse':
      return store.at(zone, name).length > 0 ? 'YXDOMAIN' : undefined;
    case 'nameInUse':
      return store.at(zone, name).length === 0 ? 'NXDOMAIN' : undefined;
    case 'rrsetAbsent':
      return store.at(zone, name, prerequisite.type).length > 0 ? 'YXRRSET' : undefined;
    case 'rrsetExists':
      return store.at(zone, name, prerequisite.type).length === 0 ? 'NXRRSET' : undefined;
    case 'rrsetEquals':
      return equal(store, zone, name, prerequisite.records) ? undefined : 'NXRRSET';
  }
}

function equal(store: ZoneStore, zone: string, name: string, wanted: readonly RecordData[]): boolean {
  const [first] = wanted;
  if (first === undefined) return false;
  const keys = (records: readonly RecordData[]) => new Set(records.map((record) => rdataOf(record).toString('hex')));
  const held = keys(store.at(zone, name, first.type));
  const asked = keys(wanted);
  return held.size === asked.size && [...asked].every((key) => held.has(key));
}

/** Value-dependent prerequisites are held against the zone after all others (RFC 2136 section 3.2.5). */
function checkPrerequisites(store: ZoneStore, { zone, prerequisites }: UpdateMessage): void {
  const byValue = (one: Prerequisite) => (one.kind === 'rrsetEquals' ? 1 : 0);
  for (const prerequisite of prerequisites.toSorted((a, b) => byValue(a) - byValue(b))) {
    const failure = failureOf(store, zone, prerequisite);
    if (failure !== undefined) throw new Refusal(failure);
  }
}

/** Types that an update writes. */
function typesOf(store: ZoneStore, zone: string, update: Update): RecordType[] {
  if (update.kind === 'add' || update.kind === 'deleteRecord') return [update.record.type];
  return update.kind === 'deleteRrset' ? [update.type] : store.at(zone, nameOf(update)).map((record) => record.type);
}

/** RFC 2136 section 3.4.2.2: what an addition does beside data that is there. */
function add(store: ZoneStore, zone: string, record: DnsRecord): void {
  const name = record.name.toLowerCase();
  const there = store.at(zone, name);
  const isAlias = record.type === 'CNAME';
  if (there.some((one) => (one.type === 'CNAME') !== isAlias)) return;
  if (record.type === 'SOA') {
    const held = there.find((one) => one.type === 'SOA');
    if (held?.type !== 'SOA' || ((record.data.serial - held.data.serial) | 0) <= 0) return;
  }
  if (isAlias || record.type === 'SOA') store.remove(zone, name, record.type);
  store.put(zone, { ...record, name });
  store.retime(zone, name, record.type, record.ttl);
}

/** RFC 2136 sections 3.4.2.3 and 3.4.2.4: a zone keeps its SOA and its last NS. */
function remove(store: ZoneStore, zone: string, update: Exclude<Update, { kind: 'add' }>): void {
  const name = update.name.toLowerCase();
  const apex = name === zone;
  if (update.kind === 'deleteRecord') {
    const { type } = update.record;
    const lastNs = apex && type === 'NS' && store.at(zone, name, 'NS').length === 1;
    if (type !== 'SOA' && !lastNs) store.remove(zone, name, type, update.record);
    return;
  }
  const types = update.kind === 'deleteRrset' ? [update.type] : typesOf(store, zone, update);
  for (const type of types) if (!apex || (type !== 'SOA' && type !== 'NS')) store.remove(zone, name, type);
}

function soaOf(store: ZoneStore, zone: string): Extract<DnsRecord, { type: 'SOA' }> {
  const soa = store.at(zone, zone, 'SOA')[0];
  if (soa?.type !== 'SOA') throw new Error(`Cannot update zone '${zone}': the store lost its SOA`);
  return soa;
}

/** What the names of a message hold, so that a message which changes nothing keeps the serial. */
const stateOf = (store: ZoneStore, { zone, updates }: UpdateMessage): string =>
  JSON.stringify([...new Set(updates.map(nameOf))].map((name) => store.at(zone, name)));

/**
 * Carries out one message in the order of RFC 2136 section 3: zone, prerequisites, permission, update; with a new
 * serial when anything changed.
 * @throws Refusal with the RCODE of the first rule that it breaks
 */
export function update(store: ZoneStore, message: UpdateMessage, mayWrite: (type: RecordType) => boolean): void {
  const { zone, updates } = message;
  if (!store.has(zone)) throw new Refusal('NOTAUTH');
  checkPrerequisites(store, message);
  if (!updates.every((one) => within(zone, nameOf(one)))) throw new Refusal('NOTZONE');
  if (!updates.every((one) => typesOf(store, zone, one).every(mayWrite))) throw new Refusal('REFUSED');
  const before = { state: stateOf(store, message), serial: soaOf(store, zone).data.serial };
  for (const one of updates) {
    if (one.kind === 'add') add(store, zone, one.record);
    else remove(store, zone, one);
  }
  const soa = soaOf(store, zone);
  if (stateOf(store, message) === before.state || soa.data.serial !== before.serial) return;
  store.remove(zone, zone, 'SOA');
  store.put(zone, { ...soa, data: { ...soa.data, serial: (soa.data.serial + 1) % 2 ** 32 || 1 } });
}
