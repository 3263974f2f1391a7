import type { DnsRecord, RecordType } from '../record.ts';
import type { ZoneStore } from './store.ts';

/** The name whose records answer: itself where it exists, else the wildcard of its closest encloser (RFC 4592). */
function sourceOf(store: ZoneStore, zone: string, name: string): string {
  const exists = (one: string) => store.at(zone, one).length > 0 || store.below(zone, one);
  if (!store.wildcards(zone) || exists(name)) return name;
  let encloser = name;
  while (encloser !== zone && !exists(encloser)) encloser = encloser.slice(encloser.indexOf('.') + 1);
  return `*.${encloser}`;
}

/** Answers a query from a zone: the RRset, or the alias that stands in its place. */
export function answer(store: ZoneStore, zone: string, name: string, type: RecordType): DnsRecord[] {
  const source = sourceOf(store, zone, name);
  const found = store.at(zone, source, type);
  const records = found.length > 0 ? found : store.at(zone, source, 'CNAME');
  return records.map((record) => ({ ...record, name }));
}
