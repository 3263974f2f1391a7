import { describe, expect } from 'vitest';
import type { DnsClient } from '../../../../provisioners/dns/protocol.ts';
import { collect, recordingPort } from '../../contract.ts';
import { disturbable } from '../rig.ts';
import { type DnsServer, FORWARD } from '../server.ts';
import { type Impossible, possible } from './possible.ts';
import { createA, NAME, OTHER, useDns } from './use-dns.ts';

export function lostRepliesCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: lost replies`, () => {
    const { client, by, apply, one, read, remove } = useDns(makeServer);
    const losing = (done: boolean): DnsClient => ({
      ...client,
      async update(message) {
        const { client: lost, disturb } = disturbable({ ...client, update: done ? client.update : async () => {} });
        disturb({ on: 'write', effect: 'lost' });
        await lost.update(message);
      },
    });
    it('what was done is found done', async () => {
      expect(await one(createA(), by(losing(true)))).toMatchObject({ result: 'done' });
    });
    it('what is not there stays unknown, and is not sent again', async () => {
      const port = recordingPort();
      const outcomes = await collect(by(losing(false)).apply([createA()], port));
      expect(outcomes).toMatchObject([
        { result: 'unknown', error: { system: 'dns', operation: `UPDATE ${FORWARD}`, code: 'CLOSED' } },
      ]);
      expect(port.writes).toHaveLength(1);
      expect(await read(`A ${NAME}`)).toBeUndefined();
    });
    it('what cannot be read afterwards stays unknown', async () => {
      let lost = false;
      const { client: blind, disturb } = disturbable(client);
      const gone: DnsClient = {
        ...client,
        update(message) {
          lost = true;
          return losing(true).update(message);
        },
        transfer(zone, receive) {
          if (lost) disturb({ on: 'read', effect: 'unreadable' });
          return blind.transfer(zone, receive);
        },
      };
      expect(await one(createA(), by(gone))).toMatchObject({ result: 'unknown' });
    });
    it('what another took meanwhile is taken', async () => {
      const robbed: DnsClient = {
        ...client,
        async update(message) {
          await one(createA(OTHER));
          await losing(false).update(message);
        },
      };
      expect(await one(createA(), by(robbed))).toMatchObject({ result: 'failed', error: { code: 'taken' } });
    });
    it('a deletion that was done is found done', async () => {
      await apply([createA()]);
      expect(await one(await remove(`A ${NAME}`), by(losing(true)))).toMatchObject({ result: 'done', values: {} });
    });
  });
}
