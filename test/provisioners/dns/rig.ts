import { TargetError } from '../../../core/errors.ts';
import type { Resource } from '../../../core/resource.ts';
import { targetOf } from '../../../provisioners/dns/names.ts';
import type { DnsClient, UpdateMessage } from '../../../provisioners/dns/protocol.ts';
import { createDns } from '../../../provisioners/dns/provisioner.ts';
import { recordsOf } from '../../../provisioners/dns/values.ts';
import type { Disturbance, Rig } from '../contract.ts';
import { ADMIN, type DnsServer, ZONES } from './server.ts';

const failure = (operation: string, code: string, effect: TargetError['effect']) =>
  new TargetError({ system: 'dns', operation, code, effect, message: 'Disturbed by the test' });

/** A client that fails as told, once per disturbance. */
export function disturbable(client: DnsClient): { client: DnsClient; disturb(disturbance: Disturbance): void } {
  const waiting: Disturbance[] = [];
  let writes = 0;
  const take = (on: Disturbance['on']) => {
    const index = waiting.findIndex((one) => one.on === on && !(one.on === 'write' && writes < (one.after ?? 0)));
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  };
  const reading = async <T>(operation: string, read: () => Promise<T>): Promise<T> => {
    const due = take('read');
    if (due?.effect === 'unreadable') throw failure(operation, 'REFUSED', 'refused');
    const value = await read();
    if (due?.effect === 'short') throw failure(operation, 'CLOSED', 'lost');
    return value;
  };
  return {
    disturb: (disturbance) => {
      writes = 0;
      waiting.push(disturbance);
    },
    client: {
      atomic: client.atomic,
      async update(message: UpdateMessage) {
        const due = take('write');
        writes++;
        const operation = `UPDATE ${message.zone}`;
        if (due?.effect === 'refused') throw failure(operation, 'SERVFAIL', 'refused');
        await client.update(message);
        if (due?.effect === 'lost') throw failure(operation, 'CLOSED', 'lost');
      },
      transfer: (zone, receive) => reading(`AXFR ${zone}`, () => client.transfer(zone, receive)),
      query: (name, type) => client.query(name, type),
    },
  };
}

const recordsFor = ({ key, fields }: Resource, ttl = Number(fields.ttl)) => {
  const target = targetOf(key, ZONES);
  if ('fault' in target) throw new Error(target.fault);
  const values = Array.isArray(fields.values) ? fields.values : [];
  return { target, records: recordsOf(target, { zone: target.zone, ttl, values }) };
};

/** A provisioner on a server, with an administrator's hands beside it. */
export async function makeRig(makeServer: () => Promise<DnsServer>): Promise<Rig> {
  const server = await makeServer();
  const admin = server.connect(ADMIN);
  const { client, disturb } = disturbable(server.connect());
  return {
    provisioner: createDns({ client, zones: ZONES }),
    disturb,
    async plant(resource) {
      const { target, records } = recordsFor(resource);
      await admin.update({
        zone: target.zone,
        prerequisites: [],
        updates: records.map((record) => ({ kind: 'add', record })),
      });
    },
    async tamper(resource) {
      const { target, records } = recordsFor(resource, 7);
      const updates = records.map((record) => ({ kind: 'add' as const, record }));
      await admin.update({ zone: target.zone, prerequisites: [], updates });
    },
    dispose: () => server.stop(),
  };
}
