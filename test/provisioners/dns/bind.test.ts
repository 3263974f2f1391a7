import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provisioner, WritePort } from '../../../core/provisioner.ts';
import { connectDns } from '../../../provisioners/dns/client.ts';
import { createDns } from '../../../provisioners/dns/provisioner.ts';
import { exchange } from '../../../provisioners/dns/wire/exchange.ts';
import { decodeMessage, encodeRecord, encodeUpdateMessage, rcodeName } from '../../../provisioners/dns/wire/message.ts';
import { attach, replyVerifier, sign } from '../../../provisioners/dns/wire/tsig.ts';
import { type Bind, type BindKey, hasBind, startBind } from '../../servers/bind.ts';
import { realServer } from '../../servers/required.ts';
import { collect, planFor, recordingPort } from '../contract.ts';
import { dnsContract } from './contract.ts';
import { addressWithName } from './resources.ts';
import { ADMIN, type DnsServer, FORWARD, KEYS, LAYANAN, REVERSE, wipe, ZONES } from './server.ts';
import { transferred } from './transferred.ts';

/** A key of its own for one unit's names, as BIND can give it; the sandbox has one for all. */
const NARROW: BindKey = { ...LAYANAN, name: 'sempit', below: `djp.${FORWARD}` };

const systemClock = () => Math.floor(Date.now() / 1000);

realServer(
  'BIND 9',
  hasBind(),
  'scripts/test-servers install',
)(() => {
  let bind: Bind;
  beforeAll(async () => {
    bind = await startBind(ZONES, [...KEYS, NARROW]);
  });
  afterAll(() => bind.stop());

  async function makeServer(): Promise<DnsServer> {
    const connect: DnsServer['connect'] = (key = LAYANAN, skew = 0) =>
      connectDns({ server: bind.server, port: bind.port, timeout: 10_000, key, now: () => systemClock() + skew });
    await wipe(connect(ADMIN));
    return { connect, stop: async () => {} };
  }

  dnsContract('BIND 9', makeServer);

  it('REFUSED for a name that the policy of the key does not give, and nothing of the message is done', async () => {
    const server = await makeServer();
    const narrow = server.connect(NARROW);
    const add = (name: string) => ({ kind: 'add', record: { name, ttl: 60, type: 'A', data: '10.0.0.1' } }) as const;
    const update = (...names: string[]) => narrow.update({ zone: FORWARD, prerequisites: [], updates: names.map(add) });
    await expect(update(`web.djp.${FORWARD}`, `web.djl.${FORWARD}`)).rejects.toMatchObject({
      code: 'REFUSED',
      effect: 'refused',
    });
    expect(await server.connect().query(`web.djp.${FORWARD}`, 'A')).toEqual([]);
    await update(`web.djp.${FORWARD}`);
    expect(await server.connect().query(`web.djp.${FORWARD}`, 'A')).toHaveLength(1);
  });

  it('what is written is what a secondary server gets', async () => {
    const server = await makeServer();
    const dns = createDns({ client: server.connect(), zones: ZONES });
    await collect(dns.apply((await planFor(dns, addressWithName('djp/spt'))).changes, recordingPort()));
    const secondary = await startBind(ZONES, KEYS, bind);
    const client = connectDns({
      server: secondary.server,
      port: secondary.port,
      timeout: 10_000,
      key: LAYANAN,
      now: systemClock,
    });
    for (const zone of [FORWARD, REVERSE]) {
      const wanted = await transferred(server.connect(), zone);
      // It answers SERVFAIL until its own transfer is through.
      let got = await transferred(client, zone).catch(() => undefined);
      for (let tries = 0; got === undefined && tries < 200; tries++) {
        await delay(50);
        got = await transferred(client, zone).catch(() => undefined);
      }
      expect(got).toEqual(wanted);
      expect(got?.some((record) => record.type === 'TXT')).toBe(true);
    }
    await secondary.stop();
  });

  describe('the server dies in mid-run', () => {
    const restart = async () => {
      await bind.kill();
      await bind.start();
    };
    const resources = addressWithName('djp/spt');
    /** Applies an address with its name; something happens around its n-th write. */
    const disturbed = async (dns: Provisioner, nth: number, when: 'before' | 'after', act: () => Promise<void>) => {
      let writes = 0;
      const port: WritePort = {
        async write(_, send) {
          const here = ++writes === nth;
          if (here && when === 'before') await act();
          const value = await send();
          if (here && when === 'after') await act();
          return value;
        },
      };
      return collect(dns.apply((await planFor(dns, resources)).changes, port));
    };
    const converges = async (dns: Provisioner) => {
      const outcomes = await collect(dns.apply((await planFor(dns, resources)).changes, recordingPort()));
      expect(outcomes.filter((outcome) => outcome.result !== 'done')).toEqual([]);
      expect(await planFor(dns, resources)).toMatchObject({ changes: [], held: [] });
    };

    it.each([
      [1, 'before'],
      [1, 'after'],
      [2, 'before'],
      [2, 'after'],
    ] as const)('and is there again, at write %i, %s it: the run goes on, and nothing is there twice', async (nth, when) => {
      const server = await makeServer();
      const dns = createDns({ client: server.connect(), zones: ZONES });
      const outcomes = await disturbed(dns, nth, when, restart);
      expect(outcomes.map((outcome) => outcome.result)).toEqual(['done', 'done']);
      await converges(dns);
      for (const [zone, type] of [
        [FORWARD, 'A'],
        [REVERSE, 'PTR'],
      ] as const)
        expect((await transferred(server.connect(), zone)).filter((record) => record.type === type)).toHaveLength(1);
    });

    it.each([
      1, 2,
    ])('and stays away from write %i on: told as not reached, and one rerun does the rest', async (nth) => {
      const server = await makeServer();
      const dns = createDns({ client: server.connect(), zones: ZONES });
      const outcomes = await disturbed(dns, nth, 'before', () => bind.kill());
      await bind.start();
      expect(outcomes.filter((outcome) => outcome.result === 'done')).toHaveLength(nth - 1);
      expect(outcomes[nth - 1]).toMatchObject({ result: 'failed', error: { system: 'dns', code: 'ECONNREFUSED' } });
      await converges(dns);
    });
  });

  /** Messages that the client never sends, and what the server thinks of them. */
  describe('raw messages', () => {
    const NAME = `web.${FORWARD}`;
    const bare = (prerequisite?: Buffer) => {
      const add = { kind: 'add', record: { name: NAME, ttl: 60, type: 'A', data: '10.0.0.1' } } as const;
      if (prerequisite === undefined)
        return encodeUpdateMessage(7, { zone: FORWARD, prerequisites: [], updates: [add] });
      const empty = encodeUpdateMessage(7, { zone: FORWARD, prerequisites: [], updates: [] });
      empty.writeUInt16BE(1, 6);
      return Buffer.concat([empty, prerequisite]);
    };
    const ask = async (bytes: Buffer) => {
      let answer = Buffer.alloc(0);
      await exchange({ server: bind.server, port: bind.port, timeout: 10_000 }, [bytes], (message) => {
        answer = Buffer.from(message);
        return true;
      });
      return decodeMessage(answer);
    };

    it('REFUSED, unsigned, for an unsigned update', async () => {
      const answer = await ask(bare());
      expect([rcodeName(answer.rcode), answer.additional]).toEqual(['REFUSED', []]);
    });
    it('FORMERR for a compare-and-set with a TTL', async () => {
      const prerequisite = encodeRecord(NAME, 1, 1, 300, Buffer.from([10, 0, 0, 1]));
      const { signed } = sign(bare(prerequisite), LAYANAN, systemClock());
      expect(rcodeName((await ask(signed)).rcode)).toBe('FORMERR');
    });
    it('NOTAUTH with BADTRUNC for a shortened MAC', async () => {
      const message = bare();
      const now = systemClock();
      const { mac } = sign(message, LAYANAN, now);
      const answer = await ask(attach(message, LAYANAN, mac.subarray(0, 16), now));
      expect(rcodeName(answer.rcode)).toBe('NOTAUTH');
      expect(replyVerifier(LAYANAN, mac.subarray(0, 16), systemClock)(answer)).toMatchObject({ error: 'BADTRUNC' });
    });
    it('takes a replayed message again: safety comes from prerequisites alone', async () => {
      const server = await makeServer();
      const { signed } = sign(bare(), LAYANAN, systemClock());
      await ask(signed);
      await server
        .connect(ADMIN)
        .update({ zone: FORWARD, prerequisites: [], updates: [{ kind: 'deleteName', name: NAME }] });
      expect(rcodeName((await ask(signed)).rcode)).toBe('NOERROR');
      expect(await server.connect().query(NAME, 'A')).toHaveLength(1);
    });
  });
});
