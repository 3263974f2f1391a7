/** A zone as a ministry has it: names with an address and their owners, two records each. */
import { diff } from '../core/plan/diff.ts';
import type { Order } from '../core/plan/orders.ts';
import { preconditionOf } from '../core/plan/precondition.ts';
import type { Provisioner, WritePort } from '../core/provisioner.ts';
import type { Change, Resource } from '../core/resource.ts';
import { secret } from '../core/secret.ts';
import { connectDns } from '../provisioners/dns/client.ts';
import type { DnsClient } from '../provisioners/dns/protocol.ts';
import { createDns } from '../provisioners/dns/provisioner.ts';
import type { BindKey } from '../test/servers/bind.ts';

export const ZONE = 'contoh.test';
export const TTL = 300;
export const KEY: BindKey = {
  name: 'layanan',
  algorithm: 'hmac-sha256',
  secret: secret(Buffer.alloc(32, 1).toString('base64')),
  types: 'ANY',
};

const nameAt = (at: number): Resource => ({
  kind: 'dns-record',
  key: `A server-${at}.unit-${at % 50}.${ZONE}`,
  request: `unit-${at % 50}/server-${at}`,
  fields: { zone: ZONE, ttl: TTL, values: [`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`] },
});

/** So many names, of as many requests in 50 units, in the order in which request files are read: by unit and name. */
export const names = (count: number): readonly Resource[] =>
  Array.from({ length: count }, (_, at) => nameAt(at)).sort((a, b) => (a.request < b.request ? -1 : 1));

export const clientAt = (port: number): DnsClient =>
  connectDns({ server: '127.0.0.1', port, timeout: 30_000, key: KEY });

const port: WritePort = { write: (_, send) => send() };

/** Creates what is wanted. @throws Error where one is not done: what failed was not measured */
export async function create(dns: Provisioner, resources: readonly Resource[]): Promise<void> {
  const changes = resources.map(
    ({ kind, key, request, fields }): Change => ({
      ...{ kind, key, request, action: 'create', after: fields },
      precondition: preconditionOf(undefined),
    }),
  );
  for await (const { result, change, error } of dns.apply(changes, port))
    if (result !== 'done') throw new Error(`Cannot measure: '${change.key}' is ${result}: ${error?.message}`);
}

export const dnsOf = (client: DnsClient, batch?: number): Provisioner =>
  createDns({ client, zones: [ZONE], ...(batch === undefined ? {} : { batch }) });

const ORDER: Order = { mode: 'ordered', deletes: new Set(), adopt: false };

/** Reads and compares as a run does. @throws Error where it finds something to do */
export async function planNothing(dns: Provisioner, resources: readonly Resource[]): Promise<void> {
  const orders = new Map(resources.map(({ request }): [string, Order] => [request, ORDER]));
  const reading = await dns.read({ keys: [], owners: new Set(orders.keys()), pools: [] });
  const { changes, held } = diff({ resources, orders, reading });
  if (changes.length > 0 || held.length > 0)
    throw new Error(`Cannot measure: ${changes.length} changes, ${held.length} held`);
}
