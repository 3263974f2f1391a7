import { describe, expect } from 'vitest';
import type { DnsClient } from '../../../../provisioners/dns/protocol.ts';
import { meetingOf } from '../../../builders/meeting.ts';
import { collect, recordingPort } from '../../contract.ts';
import { disturbable } from '../rig.ts';
import { type DnsServer, FORWARD, REVERSE } from '../server.ts';
import { type Impossible, possible } from './possible.ts';
import { a, create, createA, ME, NAME, OTHER, PTR, useDns } from './use-dns.ts';

export function writingCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: writing`, () => {
    const { client, dns, connect, by, apply, one, read, update, remove, put, owners } = useDns(makeServer);
    it('a change of the TTL alone', async () => {
      await apply([createA()]);
      expect(await one(await update(`A ${NAME}`, { ttl: 60 }))).toMatchObject({
        result: 'done',
        values: { ttl: 60, values: ['10.30.8.11'] },
      });
      expect(await client.query(NAME, 'A')).toEqual([{ ...a(NAME, '10.30.8.11'), ttl: 60 }]);
    });
    it('a change of some values', async () => {
      await one(create(`A ${NAME}`, ['10.0.0.1', '10.0.0.2']));
      const outcome = await one(await update(`A ${NAME}`, { values: ['10.0.0.2', '10.0.0.3'] }));
      expect(outcome).toMatchObject({ result: 'done', values: { values: ['10.0.0.2', '10.0.0.3'] } });
    });
    it('a CNAME change, and its deletion', async () => {
      await one(create(`CNAME ${NAME}`, ['satu.lain.test']));
      expect(await one(await update(`CNAME ${NAME}`, { values: ['dua.lain.test'] }))).toMatchObject({
        result: 'done',
      });
      expect(await one(await remove(`CNAME ${NAME}`))).toMatchObject({ result: 'done' });
      expect(await read(`CNAME ${NAME}`)).toBeUndefined();
    });
    it.each([
      ['CNAME', 'A'],
      ['A', 'CNAME'],
    ])('%s beside %s of the same request is refused, not silently ignored', async (added, there) => {
      const value = (type: string) => [type === 'A' ? '10.0.0.1' : 'satu.lain.test'];
      await one(create(`${there} ${NAME}`, value(there)));
      expect(await one(create(`${added} ${NAME}`, value(added)))).toMatchObject({
        result: 'failed',
        error: { code: 'conflict' },
      });
    });
    it('a write that the server takes and does not do is a failure (F23)', async () => {
      const deaf: DnsClient = { ...client, update: async () => {} };
      expect(await one(createA(), by(deaf))).toMatchObject({ result: 'failed', error: { code: 'not-applied' } });
    });
    it('a write that the server does half is a failure', async () => {
      const half: DnsClient = {
        ...client,
        update: (message) => client.update({ ...message, updates: message.updates.slice(0, 1) }),
      };
      expect(await one(createA(), by(half))).toMatchObject({ result: 'failed', error: { code: 'not-applied' } });
    });
    it('a wildcard does not make a deleted name look alive, nor an absent one', async () => {
      await put(a(`*.${FORWARD}`));
      expect(await read(`A ${NAME}`)).toBeUndefined();
      expect(await one(createA())).toMatchObject({ result: 'done' });
      expect(await one(await remove(`A ${NAME}`))).toMatchObject({ result: 'done' });
    });
    it('a second create finds that it is there', async () => {
      await apply([createA()]);
      const port = recordingPort();
      expect(await collect(dns.apply([createA()], port))).toMatchObject([
        { result: 'failed', error: { code: 'stale' } },
      ]);
      expect(port.writes).toEqual([]);
    });
    it('50 runs of the same change at once: one writes', async () => {
      // All have looked, and found nothing, before the first one writes.
      const met = meetingOf(50);
      const waiting = (at: DnsClient): DnsClient => ({
        ...at,
        update: (message) => met().then(() => at.update(message)),
      });
      const runs = await Promise.all(Array.from({ length: 50 }, () => one(createA(), by(waiting(connect())))));
      expect(runs.filter((outcome) => outcome?.result === 'done')).toHaveLength(1);
      expect(runs.filter((outcome) => outcome?.error?.code === 'stale')).toHaveLength(49);
      expect(await client.query(NAME, 'A')).toHaveLength(1);
      expect(await owners()).toEqual([`layanan:${ME}`]);
    });
    it('two requests for one name at once: one gets it, the other learns that it is taken', async () => {
      const requests = Array.from({ length: 8 }, (_, index) => `djp/nomor-${index}`);
      const runs = await Promise.all(requests.map((request) => one(createA(request), by(connect()))));
      expect(runs.filter((outcome) => outcome?.result === 'done')).toHaveLength(1);
      expect(runs.filter((outcome) => outcome?.error?.code === 'taken')).toHaveLength(7);
      expect(await owners()).toHaveLength(1);
    });
    it('two updates upon one reading at once: one is done, the other is stale', async () => {
      await apply([createA()]);
      const updates = await Promise.all(
        ['10.0.0.1', '10.0.0.2'].map((value) => update(`A ${NAME}`, { values: [value] })),
      );
      const runs = await Promise.all(updates.map((change) => one(change, by(connect()))));
      expect(runs.map((outcome) => outcome?.error?.code ?? outcome?.result).sort()).toEqual(['done', 'stale']);
    });
    it('an RRset that appears at the name during a delete keeps its owner', async () => {
      await apply([createA()]);
      const change = await remove(`A ${NAME}`);
      let raced = false;
      const racing: DnsClient = {
        ...client,
        async update(message) {
          if (!raced) await one(create(`AAAA ${NAME}`, ['2001:db8::1']));
          raced = true;
          await client.update(message);
        },
      };
      expect(await one(change, by(racing))).toMatchObject({ result: 'done' });
      expect(await read(`AAAA ${NAME}`)).toMatchObject({ owner: ME });
    });
    it('gives each change its own outcome; a request that failed gets no further change', async () => {
      await put(a(`ada.${FORWARD}`));
      const outcomes = await apply([
        createA(),
        create(`A ada.${FORWARD}`, ['10.0.0.1']),
        create(`A dua.${FORWARD}`, ['10.0.0.2']),
        create(`A tiga.${FORWARD}`, ['10.0.0.3'], FORWARD, OTHER),
      ]);
      expect(outcomes.map((outcome) => outcome.error?.code ?? outcome.result)).toEqual([
        'done',
        'taken',
        'sibling',
        'done',
      ]);
    });
    it('gives an address back only after no name points to it', async () => {
      await apply([create(PTR, [NAME], REVERSE), createA()]);
      const port = recordingPort();
      const changes = [await remove(PTR), await remove(`A ${NAME}`)];
      await collect(dns.apply(changes, port));
      expect(port.writes.map((write) => write.key)).toEqual([`A ${NAME}`, PTR]);
    });
    it('keeps the address while the name that points to it cannot be deleted', async () => {
      await apply([create(PTR, [NAME], REVERSE), createA()]);
      const changes = [await remove(PTR), await remove(`A ${NAME}`)];
      const { client: refusing, disturb } = disturbable(client);
      disturb({ on: 'write', effect: 'refused' });
      const outcomes = await apply(changes, by(refusing));
      expect(outcomes.map((outcome) => outcome.error?.code)).toEqual(['SERVFAIL', 'sibling']);
      expect(await read(PTR)).toMatchObject({ owner: ME });
    });
  });
}
