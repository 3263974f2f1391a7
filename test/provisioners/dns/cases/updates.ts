import { describe, expect } from 'vitest';
import type { DnsRecord, RecordData } from '../../../../provisioners/dns/record.ts';
import { type DnsServer, FORWARD } from '../server.ts';
import { transferred } from '../transferred.ts';
import { type Impossible, possible } from './possible.ts';
import { a, add, bare, NAME, useServer } from './use-server.ts';

export function updatesCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: updates`, () => {
    const { client, admin, update, change, serial } = useServer(makeServer);
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
      const found = (await transferred(admin, FORWARD)).filter((one) => one.name === NAME);
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
      await update([add(a(NAME, '10.30.8.11', 60))]);
      expect(await client.query(NAME, 'A')).toEqual([a(NAME, '10.30.8.11', 60)]);
    });
    it('a change of the TTL is one for the serial, the same again is none', async () => {
      await update([add(a(NAME))]);
      const before = await serial();
      await update([add(a(NAME))]);
      expect(await serial()).toBe(before);
      await update([add(a(NAME, '10.30.8.11', 60))]);
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
      expect((await transferred(client, FORWARD)).filter((record) => record.name === NAME)).toEqual([]);
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
      expect((await transferred(client, FORWARD)).filter((record) => record.name === NAME)).toEqual([a(NAME)]);
    });
    it('other data over CNAME answers NOERROR and does nothing', async () => {
      const alias: DnsRecord = { name: NAME, ttl: 60, type: 'CNAME', data: 'tujuan.contoh.test' };
      await update([add(alias)]);
      await update([add(a(NAME))]);
      expect((await transferred(client, FORWARD)).filter((record) => record.name === NAME)).toEqual([alias]);
    });
    it('a second CNAME replaces the first', async () => {
      await update([add({ name: NAME, ttl: 60, type: 'CNAME', data: 'satu.contoh.test' })]);
      await update([add({ name: NAME, ttl: 60, type: 'CNAME', data: 'dua.contoh.test' })]);
      expect(bare(await client.query(NAME, 'CNAME'))).toEqual([{ type: 'CNAME', data: 'dua.contoh.test' }]);
    });
    it('keeps the SOA and the last NS of the apex', async () => {
      const [soa, ns] = await transferred(admin, FORWARD);
      if (soa === undefined || ns === undefined) throw new Error('The zone is empty');
      await change([{ kind: 'deleteRrset', name: FORWARD, type: 'NS' }]);
      await change([{ kind: 'deleteRecord', name: FORWARD, record: ns }]);
      await change([{ kind: 'deleteRrset', name: FORWARD, type: 'SOA' }]);
      await change([{ kind: 'deleteName', name: FORWARD }]);
      expect(bare(await transferred(admin, FORWARD)).map(({ type }) => type)).toEqual(
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
      const [soa] = await transferred(admin, FORWARD);
      if (soa?.type !== 'SOA') throw new Error('The zone has no SOA');
      await change([add({ ...soa, data: { ...soa.data, serial: soa.data.serial - 1, refresh: 7 } })]);
      expect((await transferred(admin, FORWARD))[0]).toEqual(soa);
    });
  });
}
