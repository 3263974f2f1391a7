import { describe, expect } from 'vitest';
import { type DnsServer, FORWARD, REVERSE, REVERSE6 } from '../server.ts';
import { transferred } from '../transferred.ts';
import { type Impossible, possible } from './possible.ts';
import { a, add, bare, NAME, useServer } from './use-server.ts';

export function answersCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: answers`, () => {
    const { client, update, change } = useServer(makeServer);
    it('transfers a zone in several messages', async () => {
      const names = Array.from({ length: 1200 }, (_, index) => `n${index}.contoh.test`);
      for (let at = 0; at < names.length; at += 500)
        await update(
          names.slice(at, at + 500).map((one) => add({ name: one, ttl: 60, type: 'TXT', data: ['x'.repeat(100)] })),
        );
      const read = new Set((await transferred(client, FORWARD)).map((record) => record.name));
      expect(names.every((one) => read.has(one))).toBe(true);
    });
    it('transfers each zone by itself, SOA first', async () => {
      await update([add({ name: `1.0.0.${REVERSE}`, ttl: 60, type: 'PTR', data: NAME })], [], REVERSE);
      const [soa, ...rest] = await transferred(client, REVERSE);
      expect(soa).toMatchObject({ type: 'SOA', name: REVERSE });
      expect(rest.map((record) => record.type).sort()).toEqual(['NS', 'PTR']);
      expect((await transferred(client, REVERSE6)).some((record) => record.type === 'PTR')).toBe(false);
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
      const read = (await transferred(client, FORWARD)).map((record) => record.name);
      expect(read).toEqual(expect.arrayContaining(odd));
    });
  });
}
