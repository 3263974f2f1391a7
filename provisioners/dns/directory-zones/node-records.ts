import type { DnsRecord, RecordData, RecordType } from '../record.ts';
import { rdataOf, type ZoneRecords } from '../rules.ts';
import type { ZoneNode } from './node.ts';

/** Records of the nodes that a message names; what was not read is not there to be asked for. */
export interface NodeRecords extends ZoneRecords {
  /** Whether a node holds something else than when it was read. */
  changed(node: ZoneNode): boolean;
}

const same = (a: RecordData, b: RecordData): boolean => a.type === b.type && rdataOf(a).equals(rdataOf(b));

/** Records in memory, which keep their identity as long as they are as they were read. */
export function recordsOfNodes(nodes: readonly ZoneNode[]): NodeRecords {
  const held = new Map<string, readonly DnsRecord[]>(
    nodes.map((node) => [node.name, node.records.map(({ record }) => record)]),
  );
  const all = (name: string): readonly DnsRecord[] => {
    const records = held.get(name);
    if (records === undefined) throw new Error(`Cannot tell what '${name}' holds: it was not read`);
    return records;
  };
  return {
    at: (name: string, type?: RecordType) =>
      type === undefined ? all(name) : all(name).filter((record) => record.type === type),
    put(record) {
      const there = all(record.name);
      if (!there.some((one) => same(one, record))) held.set(record.name, [...there, record]);
    },
    retime(name, type, ttl) {
      const timed = (record: DnsRecord) => (record.type === type && record.ttl !== ttl ? { ...record, ttl } : record);
      held.set(name, all(name).map(timed));
    },
    remove(name, type, record) {
      const goes = (one: DnsRecord) => one.type === type && (record === undefined || same(one, record));
      held.set(
        name,
        all(name).filter((one) => !goes(one)),
      );
    },
    changed({ name, records }) {
      const now = all(name);
      return now.length !== records.length || records.some(({ record }) => !now.includes(record));
    },
  };
}
