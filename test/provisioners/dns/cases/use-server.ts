import { afterEach, beforeEach } from 'vitest';
import type { DnsClient, Prerequisite, Update } from '../../../../provisioners/dns/protocol.ts';
import type { DnsRecord } from '../../../../provisioners/dns/record.ts';
import { ADMIN, type DnsServer, FORWARD } from '../server.ts';

export const a = (name: string, data = '10.30.8.11', ttl = 300): DnsRecord => ({ name, ttl, type: 'A', data });
export const add = (record: DnsRecord): Update => ({ kind: 'add', record });
export const NAME = 'web.contoh.test';
export const bare = (records: readonly DnsRecord[]) => records.map(({ type, data }) => ({ type, data }));

/** A server for each case of a suite, and clients of it. */
export function useServer(makeServer: () => Promise<DnsServer>) {
  let server: DnsServer | undefined;
  beforeEach(async () => {
    server = await makeServer();
  });
  afterEach(() => server?.stop());

  const connect = (...peer: Parameters<DnsServer['connect']>): DnsClient => {
    if (server === undefined) throw new Error('No server runs outside of a case');
    return server.connect(...peer);
  };
  const clientOf = (...peer: Parameters<DnsServer['connect']>): DnsClient => ({
    get atomic() {
      return connect(...peer).atomic;
    },
    update: (message) => connect(...peer).update(message),
    transfer: (zone) => connect(...peer).transfer(zone),
    query: (name, type) => connect(...peer).query(name, type),
  });
  const client = clientOf();
  const admin = clientOf(ADMIN);
  const update = (updates: readonly Update[], prerequisites: readonly Prerequisite[] = [], zone = FORWARD) =>
    client.update({ zone, prerequisites, updates });
  const change = (updates: readonly Update[], zone = FORWARD) => admin.update({ zone, prerequisites: [], updates });
  const serial = async (zone = FORWARD) => {
    const [soa] = await client.transfer(zone);
    return soa?.type === 'SOA' ? soa.data.serial : Number.NaN;
  };
  return { client, admin, connect, update, change, serial };
}
