import { afterEach, describe, expect, it } from 'vitest';
import { connectDns, type DnsSettings } from '../../../provisioners/dns/client.ts';
import type { DnsRecord } from '../../../provisioners/dns/record.ts';
import { type Arrived, reply, signer, startScripted } from '../../servers/scripted-dns.ts';
import { FORWARD, LAYANAN, SHA512 } from './server.ts';
import { transferred } from './transferred.ts';

const NOW = 1_795_000_000;
const settings = (port: number): DnsSettings => ({
  server: '127.0.0.1',
  port,
  timeout: 2000,
  key: LAYANAN,
  now: () => NOW,
});
const message = { zone: FORWARD, prerequisites: [], updates: [] };
const soa = (serial = 7): DnsRecord => ({
  name: FORWARD,
  ttl: 300,
  type: 'SOA',
  data: { mname: 'ns1.server.test', rname: 'h.server.test', serial, refresh: 1, retry: 2, expire: 3, minimum: 4 },
});
const a = (index: number): DnsRecord => ({ name: `n${index}.${FORWARD}`, ttl: 60, type: 'A', data: `10.0.0.${index}` });

describe('connectDns()', () => {
  let stop: (() => void) | undefined;
  afterEach(() => stop?.());

  const against = async (script: (arrived: Arrived) => void, change: Partial<DnsSettings> = {}) => {
    const server = await startScripted(script);
    stop = server.stop;
    return connectDns({ ...settings(server.port), ...change });
  };
  /** Replies that are signed one by one. */
  const signed =
    (build: (id: number) => readonly Buffer[], now = NOW) =>
    ({ id, mac, send }: Arrived) => {
      const sign = signer(LAYANAN, mac, now);
      for (const one of build(id)) send(sign(one));
    };

  describe('update()', () => {
    it('resolves upon a reply that is signed rightly', async () => {
      const client = await against(signed((id) => [reply(id, [])]));
      await expect(client.update(message)).resolves.toBeUndefined();
    });
    it('says unsent when nobody listens', async () => {
      const server = await startScripted(() => {});
      server.stop();
      await expect(connectDns(settings(server.port)).update(message)).rejects.toMatchObject({
        system: 'dns',
        operation: `UPDATE ${FORWARD}`,
        code: 'ECONNREFUSED',
        effect: 'unsent',
      });
    });
    it.each([
      ['closes', 'CLOSED', ({ socket }: Arrived) => void socket.end()],
      ['resets', 'ECONNRESET', ({ socket }: Arrived) => void socket.resetAndDestroy()],
    ])('says lost when the server %s the connection after the request', async (_, code, script) => {
      const client = await against(script);
      await expect(client.update(message)).rejects.toMatchObject({ code, effect: 'lost' });
    });
    it('says lost when no answer comes in time', async () => {
      const client = await against(() => {}, { timeout: 30 });
      await expect(client.update(message)).rejects.toMatchObject({ code: 'TIMEOUT', effect: 'lost' });
    });
    it('says lost when the answer is cut in the middle', async () => {
      const client = await against(
        ({ id, socket }) => void socket.end(Buffer.concat([Buffer.from([0, 200]), reply(id, [])])),
      );
      await expect(client.update(message)).rejects.toMatchObject({ code: 'CLOSED', effect: 'lost' });
    });
    it.each([
      ['NOERROR', 0, 'NOERROR'],
      ['NOTAUTH', 9, 'NOTAUTH'],
      ['REFUSED', 5, 'REFUSED'],
    ])('trusts no unsigned %s', async (_, rcode, code) => {
      const client = await against(({ id, send }) => send(reply(id, [], { rcode })));
      await expect(client.update(message)).rejects.toMatchObject({
        code,
        effect: 'lost',
        message: expect.stringContaining('not signed'),
      });
    });
    it('trusts no reply that another key signed', async () => {
      const client = await against(({ id, mac, send }) => send(signer(SHA512, mac, NOW)(reply(id, []))));
      await expect(client.update(message)).rejects.toMatchObject({ code: 'BADREPLY', effect: 'lost' });
    });
    it('trusts no reply that answers another request', async () => {
      const client = await against(({ id, send }) => send(signer(LAYANAN, Buffer.alloc(32), NOW)(reply(id, []))));
      await expect(client.update(message)).rejects.toMatchObject({ code: 'BADREPLY', effect: 'lost' });
    });
    it('trusts no reply whose content was changed', async () => {
      const client = await against(({ id, mac, send }) => {
        const forged = signer(LAYANAN, mac, NOW)(reply(id, [], { rcode: 6 }));
        forged.writeUInt8(forged.readUInt8(3) & 0xf0, 3);
        send(forged);
      });
      await expect(client.update(message)).rejects.toMatchObject({ code: 'BADREPLY', effect: 'lost' });
    });
    it('trusts no reply with a shortened MAC', async () => {
      const client = await against(({ id, mac, send }) => {
        const whole = signer(LAYANAN, mac, NOW)(reply(id, []));
        const cut = Buffer.concat([whole.subarray(0, whole.length - 22), whole.subarray(whole.length - 6)]);
        cut.writeUInt16BE(16, cut.length - 6 - 16 - 2);
        cut.writeUInt16BE(cut.readUInt16BE(12 + 9 + 8) - 16, 12 + 9 + 8);
        send(cut);
      });
      await expect(client.update(message)).rejects.toMatchObject({ code: 'BADREPLY', effect: 'lost' });
    });
    it.each([-301, 301])('trusts no reply that was signed %i s from now', async (skew) => {
      const client = await against(signed((id) => [reply(id, [])], NOW + skew));
      await expect(client.update(message)).rejects.toMatchObject({ code: 'BADREPLY', effect: 'lost' });
    });
    it('refuses a reply with another id, and a request that came back', async () => {
      const other = await against(signed((id) => [reply(id ^ 1, [])]));
      await expect(other.update(message)).rejects.toMatchObject({ code: 'BADREPLY', effect: 'lost' });
      stop?.();
      const echo = await against(signed((id) => [reply(id, [], { flags: 0x2800 })]));
      await expect(echo.update(message)).rejects.toMatchObject({ code: 'BADREPLY', effect: 'lost' });
    });
    it.each([
      ['noise', Buffer.from('HTTP/1.1 400 Bad Request')],
      ['a message without an end', Buffer.alloc(11)],
      ['counters without records', Buffer.from('00008400ffffffffffffffff', 'hex')],
    ])('calls %s a bad reply', async (_, bytes) => {
      const client = await against(({ send }) => send(bytes));
      await expect(client.update(message)).rejects.toMatchObject({ code: 'BADREPLY', effect: 'lost' });
    });
    it('names the code of a signed refusal', async () => {
      const client = await against(signed((id) => [reply(id, [], { rcode: 2 })]));
      await expect(client.update(message)).rejects.toMatchObject({ code: 'SERVFAIL', effect: 'refused' });
    });
    it('refuses, unsent, what does not fit into a message', async () => {
      const client = connectDns(settings(1));
      const updates = Array.from({ length: 3000 }, (_, index) => ({ kind: 'add' as const, record: a(index % 250) }));
      await expect(client.update({ ...message, updates })).rejects.toMatchObject({ code: 'FORMERR', effect: 'unsent' });
    });
  });

  describe('transfer()', () => {
    const whole = [soa(), a(1), a(2), a(3), soa()];
    it('joins several messages, however the stream is cut', async () => {
      const client = await against(({ id, mac, socket }) => {
        const sign = signer(LAYANAN, mac, NOW);
        const messages = whole.map((record) => sign(reply(id, [record])));
        for (const one of messages) {
          socket.write(Buffer.from([one.length >> 8]));
          socket.write(Buffer.concat([Buffer.from([one.length & 0xff]), one]));
        }
      });
      expect(await transferred(client, FORWARD)).toEqual(whole.slice(0, -1));
    });
    it('tells a fault of what receives the records as that fault, not as one of the server', async () => {
      const client = await against(signed((id) => [reply(id, whole)]));
      const fault = new TypeError('A bug of ours');
      const faulty = client.transfer(FORWARD, () => {
        throw fault;
      });
      await expect(faulty).rejects.toBe(fault);
    });
    it('takes unsigned messages between signed ones', async () => {
      const client = await against(({ id, mac, send }) => {
        const sign = signer(LAYANAN, mac, NOW);
        const [first, second, third, last] = [[soa(), a(1)], [a(2)], [a(3)], [soa()]].map((records) =>
          reply(id, records),
        ) as [Buffer, Buffer, Buffer, Buffer];
        send(sign(first));
        send(second);
        send(third);
        send(sign(last, [second, third]));
      });
      expect(await transferred(client, FORWARD)).toEqual(whole.slice(0, -1));
    });
    it('refuses messages that were put between signed ones', async () => {
      const client = await against(({ id, mac, send }) => {
        const sign = signer(LAYANAN, mac, NOW);
        send(sign(reply(id, [soa(), a(1)])));
        send(reply(id, [a(66)]));
        send(sign(reply(id, [soa()])));
      });
      await expect(transferred(client, FORWARD)).rejects.toMatchObject({ code: 'BADREPLY' });
    });
    it('is an error when the last message is unsigned', async () => {
      const client = await against(({ id, mac, send, socket }) => {
        send(signer(LAYANAN, mac, NOW)(reply(id, [soa(), a(1)])));
        send(reply(id, [soa()]));
        socket.end();
      });
      await expect(transferred(client, FORWARD)).rejects.toMatchObject({ code: 'CLOSED' });
    });
    it.each([1, 2, 3, 4])('is an error when it ends after %i of 5 records (F19)', async (count) => {
      const client = await against((arrived) => {
        signed((id) => whole.slice(0, count).map((record) => reply(id, [record])))(arrived);
        arrived.socket.end();
      });
      await expect(transferred(client, FORWARD)).rejects.toMatchObject({
        operation: `AXFR ${FORWARD}`,
        code: 'CLOSED',
      });
    });
    it.each([
      ['begins without SOA', [a(1), soa()]],
      ['goes on after its end', [soa(), soa(), a(1)]],
      ['ends with another serial', [soa(7), a(1), soa(8)]],
      ['is empty', []],
    ])('is an error when it %s', async (_, records) => {
      const client = await against(signed((id) => [reply(id, records)]));
      await expect(transferred(client, FORWARD)).rejects.toMatchObject({ code: 'BADREPLY' });
    });
  });

  describe('query()', () => {
    it('refuses an answer that is not of the authority, and one that is cut', async () => {
      for (const flags of [0x8000, 0x8600]) {
        const client = await against(signed((id) => [reply(id, [a(1)], { flags })]));
        await expect(client.query(`n1.${FORWARD}`, 'A')).rejects.toMatchObject({ code: 'NOTAUTH' });
        stop?.();
      }
    });
    it('takes a signed NXDOMAIN for absence, and an unsigned one for nothing', async () => {
      const signedly = await against(signed((id) => [reply(id, [], { rcode: 3 })]));
      expect(await signedly.query(`n1.${FORWARD}`, 'A')).toEqual([]);
      stop?.();
      const plainly = await against(({ id, send }) => send(reply(id, [], { rcode: 3 })));
      await expect(plainly.query(`n1.${FORWARD}`, 'A')).rejects.toMatchObject({ code: 'NXDOMAIN', effect: 'lost' });
    });
  });
});
