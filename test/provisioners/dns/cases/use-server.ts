import { afterEach, beforeEach } from 'vitest';
import type { DnsClient, Prerequisite, Update } from '../../../../provisioners/dns/protocol.ts';
import type { DnsRecord } from '../../../../provisioners/dns/record.ts';
import { ADMIN, type DnsServer, FORWARD } from '../server.ts';
import { transferred } from '../transferred.ts';

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
  /** One client per case: it keeps its questions together. */
  const clientOf = (...peer: Parameters<DnsServer['connect']>): DnsClient => {
    let made: { readonly of: DnsServer | undefined; readonly client: DnsClient } | undefined;
    const here = () => {
      if (made === undefined || made.of !== server) made = { of: server, client: connect(...peer) };
      return made.client;
    };
    return {
      get atomic() {
        return here().atomic;
      },
      update: (message) => here().update(message),
      transfer: (zone, receive) => here().transfer(zone, receive),
      query: (name, type) => here().query(name, type),
    };
  };
  const client = clientOf();
  const admin = clientOf(ADMIN);
  const update = (updates: readonly Update[], prerequisites: readonly Prerequisite[] = [], zone = FORWARD) =>
    client.update({ zone, prerequisites, updates });
  const change = (updates: readonly Update[], zone = FORWARD) => admin.update({ zone, prerequisites: [], updates });
  const serial = async (zone = FORWARD) => {
    const [soa] = await transferred(client, zone);
    return soa?.type === 'SOA' ? soa.data.serial : Number.NaN;
  };
  return { client, admin, connect, update, change, serial };
}
