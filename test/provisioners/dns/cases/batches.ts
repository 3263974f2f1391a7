/** Many changes in one message, each with its own outcome. */
import { describe, expect } from 'vitest';
import type { Change } from '../../../../core/resource.ts';
import { type DnsClient, dnsError, type UpdateMessage } from '../../../../provisioners/dns/protocol.ts';
import { collect, recordingPort } from '../../contract.ts';
import { disturbable } from '../rig.ts';
import { type DnsServer, FORWARD, REVERSE } from '../server.ts';
import { type Impossible, possible } from './possible.ts';
import { a, create, ME, NAME, useDns } from './use-dns.ts';

export function batchesCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: batches`, () => {
    const { client, by, apply, one, read, update, remove, put, owners } = useDns(makeServer);
    const nameOf = (index: number) => `n${index}.djp.${FORWARD}`;
    const keyOf = (index: number) => `A ${nameOf(index)}`;
    const many = (count: number, request: (index: number) => string = () => ME): Change[] =>
      Array.from({ length: count }, (_, index) =>
        create(keyOf(index), [`10.0.${index >> 8}.${index & 255}`], FORWARD, request(index)),
      );
    const results = async (changes: readonly Change[], at?: DnsClient) =>
      (await apply(changes, ...(at ? [by(at)] : []))).map((outcome) => outcome.error?.code ?? outcome.result);
    /** Counts the messages that arrive. */
    const counted = (): { at: DnsClient; messages: UpdateMessage[] } => {
      const messages: UpdateMessage[] = [];
      const update: DnsClient['update'] = (message) => {
        messages.push(message);
        return client.update(message);
      };
      return { messages, at: { ...client, update } };
    };
    /** Every message with this name is refused. */
    const allergic = (to: string, code: string): DnsClient => ({
      ...client,
      async update(message) {
        const hit = message.updates.some((one) => (one.kind === 'add' ? one.record.name : one.name) === to);
        if (hit) throw dnsError(`UPDATE ${message.zone}`, code, 'refused', 'The server refused');
        await client.update(message);
      },
    });

    it('changes of one zone and one unit are one message, one write that names them all', async () => {
      const { at, messages } = counted();
      const port = recordingPort();
      const changes = many(6, (index) => (index < 4 ? `djp/r-${index % 2}` : 'djbc/lain'));
      const outcomes = await collect(by(at).apply(changes, port));
      expect(outcomes.map((outcome) => [outcome.change.key, outcome.result])).toEqual(
        changes.map((change) => [change.key, 'done']),
      );
      expect(messages).toHaveLength(2);
      const id = ({ kind, key, request }: Change) => ({ kind, key, request });
      expect(port.writes).toEqual([
        {
          ...{ system: 'dns', operation: `UPDATE ${FORWARD}`, ...changes.map(id)[0] },
          also: changes.slice(1, 4).map(id),
        },
        { ...{ system: 'dns', operation: `UPDATE ${FORWARD}`, ...changes.map(id)[4] }, also: changes.slice(5).map(id) },
      ]);
    });
    it('zones are written by messages of their own, a change that is alone is not listed twice', async () => {
      const port = recordingPort();
      const { at } = counted();
      await collect(by(at).apply([create(`PTR 1.0.0.${REVERSE}`, [NAME], REVERSE), ...many(1)], port));
      expect(port.writes.map((write) => [write.operation, write.also])).toEqual([
        [`UPDATE ${REVERSE}`, undefined],
        [`UPDATE ${FORWARD}`, undefined],
      ]);
    });
    it('more changes than a message may hold are several messages', async () => {
      const { at, messages } = counted();
      expect(await results(many(450), at)).toEqual(Array(450).fill('done'));
      expect(messages).toHaveLength(3);
    });
    it('changes too long for one message are several messages', async () => {
      const text = 'x'.repeat(4000);
      const changes = Array.from({ length: 40 }, (_, index) => create(`TXT ${nameOf(index)}`, [text]));
      expect(await results(changes)).toEqual(Array(40).fill('done'));
      expect(await read(`TXT ${nameOf(39)}`)).toMatchObject({ fields: { values: [text] } });
    });
    it('a name that is taken is refused by itself, its request gets nothing after it, the others are done', async () => {
      await put(a(nameOf(2)));
      expect(await results(many(6, (index) => `djp/r-${index % 2}`))).toEqual([
        'done',
        'done',
        'taken',
        'done',
        'sibling',
        'done',
      ]);
    });
    it('names that are taken just before the message are refused by themselves', async () => {
      let raced = false;
      const racing: DnsClient = {
        ...client,
        async update(message) {
          if (!raced) await put(a(nameOf(1)), a(nameOf(4)));
          raced = true;
          await client.update(message);
        },
      };
      expect(
        await results(
          many(6, (index) => `djp/r-${index}`),
          racing,
        ),
      ).toEqual(['done', 'taken', 'done', 'done', 'taken', 'done']);
      expect(await owners(nameOf(1))).toEqual([]);
    });
    it.each([
      'REFUSED',
      'SERVFAIL',
    ])('the change for which the server answers %s is found, the others are done', async (code) => {
      const changes = many(9, (index) => `djp/r-${index}`);
      expect(await results(changes, allergic(nameOf(5), code))).toEqual(
        changes.map((_, index) => (index === 5 ? code : 'done')),
      );
      expect(await read(keyOf(5), [])).toBeUndefined();
      expect(await read(keyOf(8), [])).toMatchObject({ owner: 'djp/r-8' });
    });
    it('a lost reply is settled for each change, and nothing is sent again', async () => {
      const { client: lossy, disturb } = disturbable(client);
      disturb({ on: 'write', effect: 'lost' });
      const port = recordingPort();
      const outcomes = await collect(by(lossy).apply(many(5), port));
      expect(outcomes.map((outcome) => outcome.result)).toEqual(Array(5).fill('done'));
      expect(port.writes.flatMap((write) => [write.key, ...(write.also ?? []).map((one) => one.key)]).sort()).toEqual(
        many(5)
          .map((change) => change.key)
          .sort(),
      );
    });
    it('a message that got lost on its way leaves all its changes unknown', async () => {
      const deaf: DnsClient = {
        ...client,
        update: (message) => Promise.reject(dnsError(`UPDATE ${message.zone}`, 'CLOSED', 'lost', 'Lost')),
      };
      expect(
        (
          await apply(
            many(3, (index) => `djp/r-${index}`),
            by(deaf),
          )
        ).map((one) => one.result),
      ).toEqual(Array(3).fill('unknown'));
    });
    it('a change that the server takes and does not do is found among those that it did', async () => {
      const half: DnsClient = {
        ...client,
        update: (message) =>
          client.update({
            ...message,
            updates: message.updates.filter((one) => one.kind !== 'add' || !one.record.name.endsWith(nameOf(1))),
          }),
      };
      expect(
        await results(
          many(3, (index) => `djp/r-${index}`),
          half,
        ),
      ).toEqual(['done', 'not-applied', 'done']);
    });
    it('updates and deletes share messages too, and the name that lost its last record its owner', async () => {
      await apply(many(4));
      const changes = [
        await update(keyOf(0), { ttl: 60 }),
        await update(keyOf(1), { values: ['10.0.1.1'] }),
        await remove(keyOf(2)),
        await remove(keyOf(3)),
      ];
      expect(await results(changes)).toEqual(['done', 'done', 'done', 'done']);
      expect([await owners(nameOf(0)), await owners(nameOf(2))]).toEqual([[`layanan:${ME}`], []]);
    });

    /** The TTL is no part of any prerequisite, yet part of what was planned. */
    it.each([
      'update',
      'delete',
    ] as const)('a TTL that others change just before the message makes the %s stale', async (action) => {
      await apply(many(2));
      let raced = false;
      const racing: DnsClient = {
        ...client,
        async update(message) {
          if (!raced) await put({ ...a(nameOf(1), '10.0.0.1'), ttl: 7 });
          raced = true;
          await client.update(message);
        },
      };
      const changes = [
        await update(keyOf(0), { ttl: 60 }),
        await (action === 'update' ? update(keyOf(1), { ttl: 60 }) : remove(keyOf(1))),
      ];
      expect(await results(changes, racing)).toEqual(['done', 'stale']);
      expect(await read(keyOf(1))).toMatchObject({ fields: { ttl: 7 } });
    });
    it('a zone in which others write all the time does not keep an update from being done', async () => {
      await apply(many(1));
      let count = 0;
      const busy: DnsClient = {
        ...client,
        async update(message) {
          await put(a(`sibuk-${count++}.${FORWARD}`));
          await client.update(message);
        },
      };
      const change = await update(keyOf(0), { ttl: 60 });
      expect(await one(change, by(busy))).toMatchObject({ result: 'done' });
    });
  });
}
