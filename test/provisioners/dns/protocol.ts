/** What a server must do with single messages: RFC 2136 and 8945, row by row. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secret } from '../../../core/secret.ts';
import type { DnsClient, Prerequisite, Update } from '../../../provisioners/dns/client.ts';
import type { DnsRecord, RecordData } from '../../../provisioners/dns/record.ts';
import { ADMIN, type DnsServer, FORWARD, LAYANAN, REVERSE, REVERSE6, SHA384, SHA512 } from './server.ts';

const a = (name: string, data = '10.30.8.11', ttl = 300): DnsRecord => ({ name, ttl, type: 'A', data });
const add = (record: DnsRecord): Update => ({ kind: 'add', record });
const NAME = 'web.contoh.test';
const bare = (records: readonly DnsRecord[]) => records.map(({ type, data }) => ({ type, data }));

export function protocolContract(name: string, makeServer: () => Promise<DnsServer>): void {
  describe(`${name}: protocol`, () => {
    let server: DnsServer;
    let client: DnsClient;
    let admin: DnsClient;
    beforeEach(async () => {
      server = await makeServer();
      client = server.connect();
      admin = server.connect(ADMIN);
    });
    afterEach(() => server.stop());

    const update = (updates: readonly Update[], prerequisites: readonly Prerequisite[] = [], zone = FORWARD) =>
      client.update({ zone, prerequisites, updates });
    const change = (updates: readonly Update[], zone = FORWARD) => admin.update({ zone, prerequisites: [], updates });
    const serial = async (zone = FORWARD) => {
      const [soa] = await client.transfer(zone);
      return soa?.type === 'SOA' ? soa.data.serial : Number.NaN;
    };

    describe('prerequisites', () => {
      const other = add(a('lain.contoh.test'));
      const text: RecordData = { type: 'TXT', data: ['satu'] };
      const rows: readonly [string, Prerequisite, 'there' | 'absent', string][] = [
        ['name not in use', { kind: 'nameNotInUse', name: NAME }, 'there', 'YXDOMAIN'],
        ['name in use', { kind: 'nameInUse', name: NAME }, 'absent', 'NXDOMAIN'],
        ['RRset absent', { kind: 'rrsetAbsent', name: NAME, type: 'A' }, 'there', 'YXRRSET'],
        ['RRset exists', { kind: 'rrsetExists', name: NAME, type: 'A' }, 'absent', 'NXRRSET'],
        ['RRset equals', { kind: 'rrsetEquals', name: NAME, records: [a(NAME)] }, 'absent', 'NXRRSET'],
      ];
      it.each(
        rows,
      )('%s: fails with its code, and nothing of the message is done', async (_, prerequisite, when, code) => {
        if (when === 'there') await update([add(a(NAME))]);
        await expect(update([other], [prerequisite])).rejects.toMatchObject({
          system: 'dns',
          operation: `UPDATE ${FORWARD}`,
          code,
          effect: 'refused',
        });
        expect(await client.query('lain.contoh.test', 'A')).toEqual([]);
      });
      it.each(rows)('%s: passes when it holds', async (_, prerequisite, when) => {
        if (when === 'absent') await update([add(a(NAME))]);
        await update([other], [prerequisite]);
        expect(bare(await client.query('lain.contoh.test', 'A'))).toHaveLength(1);
      });
      it('RRset equals means the whole set, in any order, whatever the TTL', async () => {
        await update([add(a(NAME, '10.0.0.1')), add(a(NAME, '10.0.0.2'))]);
        const equals = (...data: string[]): Prerequisite => ({
          kind: 'rrsetEquals',
          name: NAME,
          records: data.map((one) => ({ type: 'A', data: one })),
        });
        await expect(update([other], [equals('10.0.0.1')])).rejects.toMatchObject({ code: 'NXRRSET' });
        await expect(update([other], [equals('10.0.0.1', '10.0.0.2', '10.0.0.3')])).rejects.toMatchObject({
          code: 'NXRRSET',
        });
        await update([other], [equals('10.0.0.2', '10.0.0.1')]);
      });
      it('RRset equals compares names within data without regard to case', async () => {
        await update([add({ name: NAME, ttl: 60, type: 'CNAME', data: 'Tujuan.Contoh.test' })]);
        await update(
          [other],
          [{ kind: 'rrsetEquals', name: NAME, records: [{ type: 'CNAME', data: 'tujuan.contoh.TEST' }] }],
        );
      });
      it('RRset equals compares text with regard to case, and to the cut into strings', async () => {
        await update([add({ name: NAME, ttl: 60, ...text })]);
        for (const data of [['Satu'], ['sa', 'tu']])
          await expect(
            update([other], [{ kind: 'rrsetEquals', name: NAME, records: [{ type: 'TXT', data }] }]),
          ).rejects.toMatchObject({ code: 'NXRRSET' });
      });
      it('a name that only has names below it is not in use', async () => {
        await update([add(a(`bawah.${NAME}`))]);
        await update([other], [{ kind: 'nameNotInUse', name: NAME }]);
      });
      it('a wildcard does not make a name in use', async () => {
        await change([add(a('*.contoh.test'))]);
        await update([other], [{ kind: 'nameNotInUse', name: NAME }]);
      });
      it('all of several must hold', async () => {
        await update([add(a(NAME))]);
        const prerequisites: Prerequisite[] = [
          { kind: 'nameInUse', name: NAME },
          { kind: 'rrsetAbsent', name: NAME, type: 'AAAA' },
          { kind: 'nameNotInUse', name: NAME },
        ];
        await expect(update([other], prerequisites)).rejects.toMatchObject({ code: 'YXDOMAIN' });
      });
    });

    describe('updates', () => {
      const records: readonly RecordData[] = [
        { type: 'A', data: '10.30.8.11' },
        { type: 'AAAA', data: '2001:db8::8:1' },
        { type: 'CNAME', data: 'tujuan.contoh.test' },
        { type: 'NS', data: 'ns2.server.test' },
        { type: 'PTR', data: 'tujuan.contoh.test' },
        { type: 'TXT', data: ['satu', 'dua "kutip" \\ \u00e9'] },
        { type: 'MX', data: { preference: 10, exchange: 'surat.lain.test' } },
        { type: 'SRV', data: { priority: 1, weight: 2, port: 443, target: 'tujuan.contoh.test' } },
        { type: 'TYPE257', data: '000569737375656578616d706c65' },
      ];
      it.each(
        records.map((record) => [record.type, record] as const),
      )('adds %s and gives it back as it was', async (type, record) => {
        await change([add({ name: NAME, ttl: 120, ...record })]);
        const found = (await admin.transfer(FORWARD)).filter((one) => one.name === NAME);
        expect(found).toEqual([{ name: NAME, ttl: 120, ...record }]);
        if (type !== 'NS') expect(bare(await admin.query(NAME, type))).toEqual([record]);
      });
      it('writes AAAA in canonical form', async () => {
        await update([add({ name: NAME, ttl: 60, type: 'AAAA', data: '2001:0DB8:0:0:8:0:0:1' })]);
        expect(bare(await client.query(NAME, 'AAAA'))).toEqual([{ type: 'AAAA', data: '2001:db8::8:0:0:1' }]);
      });
      it('splits a text over 255 octets', async () => {
        const long = 'x'.repeat(600);
        await update([add({ name: NAME, ttl: 60, type: 'TXT', data: [long] })]);
        const [found] = await client.query(NAME, 'TXT');
        expect(found?.type === 'TXT' && found.data.map((part) => part.length)).toEqual([255, 255, 90]);
        expect(found?.type === 'TXT' && found.data.join('')).toBe(long);
      });
      it('gives one RRset one TTL, the last one', async () => {
        await update([add(a(NAME, '10.0.0.1', 300)), add(a(NAME, '10.0.0.2', 60))]);
        expect((await client.query(NAME, 'A')).map((record) => record.ttl)).toEqual([60, 60]);
      });
      it('adding what is there changes nothing but its TTL', async () => {
        await update([add(a(NAME))]);
        const before = await serial();
        await update([add(a(NAME))]);
        expect(await serial()).toBe(before);
        await update([add(a(NAME, '10.30.8.11', 60))]);
        expect(await client.query(NAME, 'A')).toEqual([a(NAME, '10.30.8.11', 60)]);
        expect(await serial()).toBe(before + 1);
      });
      it('deletes an RRset and leaves the others', async () => {
        await update([add(a(NAME)), add({ name: NAME, ttl: 60, type: 'TXT', data: ['tetap'] })]);
        await update([{ kind: 'deleteRrset', name: NAME, type: 'A' }]);
        expect(await client.query(NAME, 'A')).toEqual([]);
        expect(await client.query(NAME, 'TXT')).toHaveLength(1);
      });
      it('deletes a whole name', async () => {
        await update([add(a(NAME)), add({ name: NAME, ttl: 60, type: 'TXT', data: ['pergi'] })]);
        await update([{ kind: 'deleteName', name: NAME }]);
        expect((await client.transfer(FORWARD)).filter((record) => record.name === NAME)).toEqual([]);
      });
      it('deletes one record of a set', async () => {
        await update([add(a(NAME, '10.0.0.1')), add(a(NAME, '10.0.0.2'))]);
        await update([{ kind: 'deleteRecord', name: NAME, record: { type: 'A', data: '10.0.0.1' } }]);
        expect(bare(await client.query(NAME, 'A'))).toEqual([{ type: 'A', data: '10.0.0.2' }]);
      });
      it('deleting what is absent is no error and no change', async () => {
        const before = await serial();
        await update([
          { kind: 'deleteRrset', name: NAME, type: 'A' },
          { kind: 'deleteName', name: 'tiada.contoh.test' },
          { kind: 'deleteRecord', name: NAME, record: { type: 'A', data: '10.0.0.1' } },
        ]);
        expect(await serial()).toBe(before);
      });
      it('carries out updates in their order', async () => {
        await update([add(a(NAME)), { kind: 'deleteRrset', name: NAME, type: 'A' }, add(a(NAME, '10.0.0.9'))]);
        expect(bare(await client.query(NAME, 'A'))).toEqual([{ type: 'A', data: '10.0.0.9' }]);
      });
      it('each message that changes something counts the serial up by one', async () => {
        const before = await serial();
        await update([add(a(NAME)), add(a('dua.contoh.test'))]);
        await update([{ kind: 'deleteName', name: NAME }]);
        expect(await serial()).toBe(before + 2);
      });
      it('CNAME over other data answers NOERROR and does nothing', async () => {
        await update([add(a(NAME))]);
        await update([add({ name: NAME, ttl: 60, type: 'CNAME', data: 'tujuan.contoh.test' })]);
        expect((await client.transfer(FORWARD)).filter((record) => record.name === NAME)).toEqual([a(NAME)]);
      });
      it('other data over CNAME answers NOERROR and does nothing', async () => {
        const alias: DnsRecord = { name: NAME, ttl: 60, type: 'CNAME', data: 'tujuan.contoh.test' };
        await update([add(alias)]);
        await update([add(a(NAME))]);
        expect((await client.transfer(FORWARD)).filter((record) => record.name === NAME)).toEqual([alias]);
      });
      it('a second CNAME replaces the first', async () => {
        await update([add({ name: NAME, ttl: 60, type: 'CNAME', data: 'satu.contoh.test' })]);
        await update([add({ name: NAME, ttl: 60, type: 'CNAME', data: 'dua.contoh.test' })]);
        expect(bare(await client.query(NAME, 'CNAME'))).toEqual([{ type: 'CNAME', data: 'dua.contoh.test' }]);
      });
      it('keeps the SOA and the last NS of the apex', async () => {
        const [soa, ns] = await admin.transfer(FORWARD);
        if (soa === undefined || ns === undefined) throw new Error('The zone is empty');
        await change([{ kind: 'deleteRrset', name: FORWARD, type: 'NS' }]);
        await change([{ kind: 'deleteRecord', name: FORWARD, record: ns }]);
        await change([{ kind: 'deleteRrset', name: FORWARD, type: 'SOA' }]);
        await change([{ kind: 'deleteName', name: FORWARD }]);
        expect(bare(await admin.transfer(FORWARD)).map(({ type }) => type)).toEqual(
          expect.arrayContaining(['SOA', 'NS']),
        );
      });
      it('takes an NS of the apex that is not the last', async () => {
        const second: DnsRecord = { name: FORWARD, ttl: 300, type: 'NS', data: 'ns2.server.test' };
        await change([add(second)]);
        await change([{ kind: 'deleteRecord', name: FORWARD, record: second }]);
        expect(await admin.query(FORWARD, 'NS')).toHaveLength(1);
      });
      it('ignores a SOA with an older serial', async () => {
        const [soa] = await admin.transfer(FORWARD);
        if (soa?.type !== 'SOA') throw new Error('The zone has no SOA');
        await change([add({ ...soa, data: { ...soa.data, serial: soa.data.serial - 1, refresh: 7 } })]);
        expect((await admin.transfer(FORWARD))[0]).toEqual(soa);
      });
    });

    describe('refusals', () => {
      const refusal = (code: string) => ({ system: 'dns', code, effect: 'refused' });
      it('NOTZONE for a record outside of the zone', async () => {
        await expect(
          update([add({ name: `1.0.0.${REVERSE}`, ttl: 60, type: 'PTR', data: NAME })]),
        ).rejects.toMatchObject(refusal('NOTZONE'));
      });
      it('NOTZONE for a prerequisite outside of the zone', async () => {
        await expect(update([add(a(NAME))], [{ kind: 'nameInUse', name: `1.0.0.${REVERSE}` }])).rejects.toMatchObject(
          refusal('NOTZONE'),
        );
      });
      it('NOTAUTH for a zone of others, when written and when transferred', async () => {
        await expect(update([add(a('web.lain.test'))], [], 'lain.test')).rejects.toMatchObject(refusal('NOTAUTH'));
        await expect(client.transfer('lain.test')).rejects.toMatchObject({
          ...refusal('NOTAUTH'),
          operation: 'AXFR lain.test',
        });
      });
      it('REFUSED for a type that the key may not write, and nothing is done', async () => {
        const mx: DnsRecord = {
          name: NAME,
          ttl: 60,
          type: 'MX',
          data: { preference: 1, exchange: 'surat.contoh.test' },
        };
        await expect(update([add(a(NAME)), add(mx)])).rejects.toMatchObject(refusal('REFUSED'));
        expect(await client.query(NAME, 'A')).toEqual([]);
      });
      it('REFUSED for a query of a zone of others', async () => {
        await expect(client.query('web.lain.test', 'A')).rejects.toMatchObject(refusal('REFUSED'));
      });
      it('BADSIG for a wrong secret; the answer is unsigned, so nothing is concluded from it', async () => {
        const wrong = server.connect({ ...LAYANAN, secret: secret(Buffer.alloc(32, 9).toString('base64')) });
        await expect(wrong.update({ zone: FORWARD, prerequisites: [], updates: [add(a(NAME))] })).rejects.toMatchObject(
          { code: 'BADSIG', effect: 'lost' },
        );
        expect(await client.query(NAME, 'A')).toEqual([]);
      });
      it.each([
        ['an unknown key', { ...LAYANAN, name: 'asing' }],
        ['another algorithm', { ...LAYANAN, algorithm: 'hmac-sha512' as const }],
      ])('BADKEY for %s', async (_, key) => {
        await expect(server.connect(key).transfer(FORWARD)).rejects.toMatchObject({ code: 'BADKEY', effect: 'lost' });
      });
      it.each([-600, 600])('BADTIME for a clock that is %i s off, reported as a clock', async (skew) => {
        const late = server.connect(LAYANAN, skew);
        await expect(late.update({ zone: FORWARD, prerequisites: [], updates: [add(a(NAME))] })).rejects.toMatchObject({
          code: 'BADTIME',
          effect: 'refused',
          message: expect.stringContaining('clocks differ'),
        });
      });
      it.each([SHA384, SHA512])('accepts $algorithm', async (key) => {
        await server.connect(key).update({ zone: FORWARD, prerequisites: [], updates: [add(a(NAME))] });
        expect(await client.query(NAME, 'A')).toHaveLength(1);
      });
      it('never shows a secret in an error', async () => {
        const canary = Buffer.from('kenari-rahasia-kenari-rahasia-01').toString('base64');
        const wrong = server.connect({ ...LAYANAN, secret: secret(canary) });
        const error: unknown = await wrong.transfer(FORWARD).catch((one: unknown) => one);
        expect(JSON.stringify(error) + String(error) + String((error as Error).stack)).not.toContain(canary);
      });
      it.each([
        ['an address that is none', a(NAME, '10.0.0.256')],
        ['a label of 64 octets', a(`${'x'.repeat(64)}.contoh.test`)],
        ['an empty label', a('web..contoh.test')],
        ['a name over 255 octets', a(`${'x.'.repeat(130)}contoh.test`)],
        ['a character beyond ASCII', a('wéb.contoh.test')],
        ['a line break', a('web\n.contoh.test')],
        ['a negative TTL', a(NAME, '10.0.0.1', -1)],
      ])('FORMERR, unsent, for %s', async (_, record) => {
        await expect(update([add(record)])).rejects.toMatchObject({ code: 'FORMERR', effect: 'unsent' });
      });
    });

    describe('reading', () => {
      it('transfers a zone in several messages', async () => {
        const names = Array.from({ length: 3000 }, (_, index) => `n${index}.contoh.test`);
        for (let at = 0; at < names.length; at += 500)
          await update(
            names.slice(at, at + 500).map((one) => add({ name: one, ttl: 60, type: 'TXT', data: ['x'.repeat(100)] })),
          );
        const read = new Set((await client.transfer(FORWARD)).map((record) => record.name));
        expect(names.every((one) => read.has(one))).toBe(true);
      });
      it('transfers each zone by itself, SOA first', async () => {
        await update([add({ name: `1.0.0.${REVERSE}`, ttl: 60, type: 'PTR', data: NAME })], [], REVERSE);
        const [soa, ...rest] = await client.transfer(REVERSE);
        expect(soa).toMatchObject({ type: 'SOA', name: REVERSE });
        expect(rest.map((record) => record.type).sort()).toEqual(['NS', 'PTR']);
        expect((await client.transfer(REVERSE6)).some((record) => record.type === 'PTR')).toBe(false);
      });
      it('answers a query with the alias that stands in its place', async () => {
        await update([add({ name: NAME, ttl: 60, type: 'CNAME', data: 'tiada.contoh.test' })]);
        expect(bare(await client.query(NAME, 'A'))).toEqual([{ type: 'CNAME', data: 'tiada.contoh.test' }]);
      });
      it('answers from a wildcard, at names that do not exist only', async () => {
        await change([add(a('*.contoh.test', '10.9.9.9')), add({ name: NAME, ttl: 60, type: 'TXT', data: ['ada'] })]);
        expect(await client.query('apa.saja.contoh.test', 'A')).toEqual([a('apa.saja.contoh.test', '10.9.9.9')]);
        expect(await client.query(NAME, 'A')).toEqual([]);
      });
      it('keeps labels with dots, backslashes and octets apart from their look-alikes', async () => {
        const odd = ['a\\.b.contoh.test', 'c\\\\d.contoh.test', 'e\\007f.contoh.test', 'g\\255h.contoh.test'];
        await change(odd.map((one) => add({ name: one, ttl: 60, type: 'TXT', data: ['ada'] })));
        const read = (await client.transfer(FORWARD)).map((record) => record.name);
        expect(read).toEqual(expect.arrayContaining(odd));
      });
    });

    it('of many writers that compare and set at once, one wins', async () => {
      const writers = Array.from({ length: 20 }, (_, index) =>
        server.connect().update({
          zone: FORWARD,
          prerequisites: [{ kind: 'nameNotInUse', name: NAME }],
          updates: [add(a(NAME, `10.0.1.${index}`))],
        }),
      );
      const results = await Promise.allSettled(writers);
      expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
      expect(results.filter((one) => one.status === 'rejected').map((one) => one.reason.code)).toEqual(
        Array(19).fill('YXDOMAIN'),
      );
      expect(await client.query(NAME, 'A')).toHaveLength(1);
    });
  });
}
