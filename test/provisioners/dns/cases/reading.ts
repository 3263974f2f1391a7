import { describe, expect } from 'vitest';
import type { DnsClient } from '../../../../provisioners/dns/protocol.ts';
import { createDns } from '../../../../provisioners/dns/provisioner.ts';
import { disturbable } from '../rig.ts';
import { type DnsServer, FORWARD, REVERSE, ZONES } from '../server.ts';
import { type Impossible, possible } from './possible.ts';
import { create, createA, ME, NAME, OTHER, PTR, useDns } from './use-dns.ts';

export function readingCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: reading`, () => {
    const { client, dns, by, apply, read, put } = useDns(makeServer);
    it('one zone that cannot be read leaves the other readable by key', async () => {
      await apply([createA()]);
      const { client: blind, disturb } = disturbable(client);
      disturb({ on: 'read', effect: 'unreadable' });
      const reading = await by(blind).read({
        keys: [{ kind: 'dns-record', key: PTR }],
        owners: new Set(),
        pools: [],
      });
      expect(reading).toMatchObject({ objects: [], unread: [{ kind: 'dns-record', key: PTR }] });
      expect(await read(`A ${NAME}`, [ME], by(blind))).toMatchObject({ owner: ME });
    });
    it('finds the records of an owner in all zones, and only those', async () => {
      await apply([create(PTR, [NAME], REVERSE), createA(), create(`A lain.${FORWARD}`, ['10.0.0.9'], FORWARD, OTHER)]);
      const reading = await dns.read({ keys: [], owners: new Set([ME]), pools: [] });
      expect(reading.objects.map((object) => object.key)).toEqual([`A ${NAME}`, PTR]);
    });
    it('tells of a name by its own zone, whatever the one above still holds below', async () => {
      const inner = `djp.${FORWARD}`;
      await apply([createA()]);
      const both: DnsClient = {
        ...client,
        transfer: (zone, receive) =>
          zone === inner
            ? client.transfer(FORWARD, (record) =>
                receive(record.type === 'A' ? { ...record, data: '10.0.0.8' } : record),
              )
            : client.transfer(zone, receive),
      };
      const provisioner = createDns({ client: both, zones: [inner, ...ZONES] });
      const reading = await provisioner.read({ keys: [], owners: new Set([ME]), pools: [] });
      expect(reading.objects).toMatchObject([{ key: `A ${NAME}`, fields: { zone: inner, values: ['10.0.0.8'] } }]);
    });
    it('leaves out types that it does not manage', async () => {
      await apply([createA()]);
      await put({ name: NAME, ttl: 60, type: 'TYPE257', data: '000569737375656578616d706c65' });
      const reading = await dns.read({ keys: [], owners: new Set([ME]), pools: [] });
      expect(reading.objects.map((object) => object.key)).toEqual([`A ${NAME}`]);
    });
    it('asks nothing of the server when nothing is wanted', async () => {
      const silent: DnsClient = { ...client, transfer: () => Promise.reject(new Error('Asked')) };
      expect(await by(silent).read({ keys: [], owners: new Set(), pools: [] })).toEqual({
        objects: [],
        unread: [],
        pools: [],
      });
    });
    it('transfers each zone once per reading', async () => {
      const asked: string[] = [];
      const spy: DnsClient = {
        ...client,
        transfer: (zone, receive) => {
          asked.push(zone);
          return client.transfer(zone, receive);
        },
      };
      await by(spy).read({
        keys: [`A ${NAME}`, `AAAA ${NAME}`, PTR].map((key) => ({ kind: 'dns-record', key })),
        owners: new Set([ME]),
        pools: [],
      });
      expect(asked.sort()).toEqual([...ZONES].sort());
    });
  });
}
