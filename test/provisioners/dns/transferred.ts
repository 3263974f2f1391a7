import type { DnsClient } from '../../../provisioners/dns/protocol.ts';
import type { DnsRecord } from '../../../provisioners/dns/record.ts';

/** All records of a zone, once it was transferred whole. */
export async function transferred(client: DnsClient, zone: string): Promise<readonly DnsRecord[]> {
  const records: DnsRecord[] = [];
  await client.transfer(zone, (record) => void records.push(record));
  return records;
}
