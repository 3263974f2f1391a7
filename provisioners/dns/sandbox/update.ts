import type { UpdateMessage } from '../protocol.ts';
import type { DnsRecord, RecordType } from '../record.ts';
import { carryOut, checkNames, checkPrerequisites, nameOf, Refusal, typesOf, type ZoneRecords } from '../rules.ts';
import type { ZoneStore } from './store.ts';

const recordsIn = (store: ZoneStore, zone: string): ZoneRecords => ({
  at: (name, type) => store.at(zone, name, type),
  put: (record) => store.put(zone, record),
  retime: (name, type, ttl) => store.retime(zone, name, type, ttl),
  remove: (name, type, record) => store.remove(zone, name, type, record),
});

function soaOf(records: ZoneRecords, zone: string): Extract<DnsRecord, { type: 'SOA' }> {
  const [soa] = records.at(zone, 'SOA');
  if (soa?.type !== 'SOA') throw new Error(`Cannot update zone '${zone}': the store lost its SOA`);
  return soa;
}

/** What the names of a message hold, so that a message which changes nothing keeps the serial. */
const stateOf = (records: ZoneRecords, { updates }: UpdateMessage): string =>
  JSON.stringify([...new Set(updates.map(nameOf))].map((name) => records.at(name)));

/**
 * Carries out one message in the order of RFC 2136 section 3: zone, prerequisites, permission, update; with a new
 * serial when anything changed.
 * @throws Refusal with the RCODE of the first rule that it breaks
 */
export function update(store: ZoneStore, message: UpdateMessage, mayWrite: (type: RecordType) => boolean): void {
  const { zone, updates } = message;
  if (!store.has(zone)) throw new Refusal('NOTAUTH');
  const records = recordsIn(store, zone);
  checkPrerequisites(records, message, false);
  checkNames(message);
  if (!updates.every((one) => typesOf(records, one).every(mayWrite))) throw new Refusal('REFUSED');
  const before = { state: stateOf(records, message), serial: soaOf(records, zone).data.serial };
  carryOut(records, message);
  const soa = soaOf(records, zone);
  if (stateOf(records, message) === before.state || soa.data.serial !== before.serial) return;
  records.remove(zone, 'SOA');
  records.put({ ...soa, data: { ...soa.data, serial: (soa.data.serial + 1) % 2 ** 32 || 1 } });
}
