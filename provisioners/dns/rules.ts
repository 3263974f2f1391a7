import type { Prerequisite, Update, UpdateMessage } from './protocol.ts';
import type { DnsRecord, RecordData, RecordType } from './record.ts';
import { canonicalName, isWithin } from './wire/name.ts';
import { encodeRdata } from './wire/rdata.ts';

/** The records of one zone, as the rules of an update need them; names in lower case. */
export interface ZoneRecords {
  at(name: string, type?: RecordType): readonly DnsRecord[];
  put(record: DnsRecord): void;
  retime(name: string, type: RecordType, ttl: number): void;
  remove(name: string, type: RecordType, record?: RecordData): void;
}

/** A message is refused with an RCODE; nothing of it is done. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly rcode: string;
  constructor(rcode: string) {
    super(rcode);
    this.rcode = rcode;
  }
}

/** Names within data compare without regard to case. */
function lowerNames(record: RecordData): RecordData {
  switch (record.type) {
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return { type: record.type, data: record.data.toLowerCase() };
    case 'MX':
      return { type: 'MX', data: { ...record.data, exchange: record.data.exchange.toLowerCase() } };
    case 'SRV':
      return { type: 'SRV', data: { ...record.data, target: record.data.target.toLowerCase() } };
    default:
      return record;
  }
}

/** What makes two records of a type the same; names in it in lower case. */
export const rdataOf = (record: RecordData): Buffer => encodeRdata(lowerNames(record));

export const nameOf = (update: Update): string =>
  canonicalName(update.kind === 'add' ? update.record.name : update.name);

/** Whether an RRset holds these records and no others, with this TTL where one is asked for. */
function equal(held: readonly DnsRecord[], wanted: readonly RecordData[], ttl: number | undefined): boolean {
  const keys = (records: readonly RecordData[]) => new Set(records.map((record) => rdataOf(record).toString('hex')));
  const [there, asked] = [keys(held), keys(wanted)];
  if (there.size !== asked.size || ![...asked].every((key) => there.has(key))) return false;
  return ttl === undefined || held.every((record) => record.ttl === ttl);
}

/** What rules out that a prerequisite holds, RFC 2136 section 3.2. */
function failureOf(
  records: ZoneRecords,
  zone: string,
  prerequisite: Prerequisite,
  seesTtl: boolean,
): string | undefined {
  const name = canonicalName(prerequisite.name);
  if (!isWithin(name, zone)) return 'NOTZONE';
  switch (prerequisite.kind) {
    case 'nameNotInUse':
      return records.at(name).length > 0 ? 'YXDOMAIN' : undefined;
    case 'nameInUse':
      return records.at(name).length === 0 ? 'NXDOMAIN' : undefined;
    case 'rrsetAbsent':
      return records.at(name, prerequisite.type).length > 0 ? 'YXRRSET' : undefined;
    case 'rrsetExists':
      return records.at(name, prerequisite.type).length === 0 ? 'NXRRSET' : undefined;
    case 'rrsetEquals': {
      const { records: wanted, ttl } = prerequisite;
      const [first] = wanted;
      if (first === undefined) return 'NXRRSET';
      return equal(records.at(name, first.type), wanted, seesTtl ? ttl : undefined) ? undefined : 'NXRRSET';
    }
  }
}

/**
 * Value-dependent prerequisites are held against the zone after all others (RFC 2136 section 3.2.5).
 * @param seesTtl whether a TTL that a prerequisite names counts; messages of DNS cannot carry it
 * @throws Refusal
 */
export function checkPrerequisites(
  records: ZoneRecords,
  { zone, prerequisites }: UpdateMessage,
  seesTtl: boolean,
): void {
  const byValue = (one: Prerequisite) => (one.kind === 'rrsetEquals' ? 1 : 0);
  for (const prerequisite of prerequisites.toSorted((a, b) => byValue(a) - byValue(b))) {
    const failure = failureOf(records, zone, prerequisite, seesTtl);
    if (failure !== undefined) throw new Refusal(failure);
  }
}

/** @throws Refusal for an update outside of the zone */
export function checkNames({ zone, updates }: UpdateMessage): void {
  if (!updates.every((one) => isWithin(nameOf(one), zone))) throw new Refusal('NOTZONE');
}

/** Types that an update writes. */
export function typesOf(records: ZoneRecords, update: Update): readonly RecordType[] {
  if (update.kind === 'add' || update.kind === 'deleteRecord') return [update.record.type];
  return update.kind === 'deleteRrset' ? [update.type] : records.at(nameOf(update)).map((record) => record.type);
}

/** RFC 2136 section 3.4.2.2: what an addition does beside data that is there. */
function add(records: ZoneRecords, record: DnsRecord): void {
  const name = canonicalName(record.name);
  const there = records.at(name);
  const isAlias = record.type === 'CNAME';
  if (there.some((one) => (one.type === 'CNAME') !== isAlias)) return;
  if (record.type === 'SOA') {
    const held = there.find((one) => one.type === 'SOA');
    if (held?.type !== 'SOA' || ((record.data.serial - held.data.serial) | 0) <= 0) return;
  }
  if (isAlias || record.type === 'SOA') records.remove(name, record.type);
  records.put({ ...record, name });
  records.retime(name, record.type, record.ttl);
}

/** RFC 2136 sections 3.4.2.3 and 3.4.2.4: a zone keeps its SOA and its last NS. */
function remove(records: ZoneRecords, zone: string, update: Exclude<Update, { kind: 'add' }>): void {
  const name = canonicalName(update.name);
  const apex = name === zone;
  if (update.kind === 'deleteRecord') {
    const { type } = update.record;
    const lastNs = apex && type === 'NS' && records.at(name, 'NS').length === 1;
    if (type !== 'SOA' && !lastNs) records.remove(name, type, update.record);
    return;
  }
  for (const type of typesOf(records, update))
    if (!apex || (type !== 'SOA' && type !== 'NS')) records.remove(name, type);
}

/** Carries out the updates of a message, in their order. */
export function carryOut(records: ZoneRecords, { zone, updates }: UpdateMessage): void {
  for (const one of updates) {
    if (one.kind === 'add') add(records, one.record);
    else remove(records, zone, one);
  }
}
