import { describe, expect } from 'vitest';
import type { Change } from '../../../../core/resource.ts';
import { type DnsServer, FORWARD, REVERSE } from '../server.ts';
import { type Impossible, possible } from './possible.ts';
import { create, createA, NAME, useDns } from './use-dns.ts';

export function normalFormCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: normal form`, () => {
    const { client, one, read, update, adopt, put, owners } = useDns(makeServer);
    it('reads names in lower case', async () => {
      await put({ name: `WWW.djp.${FORWARD}`, ttl: 60, type: 'CNAME', data: `Spt.DJP.${FORWARD}` });
      expect(await read(`CNAME www.djp.${FORWARD}`)).toMatchObject({ fields: { values: [NAME] } });
    });
    it('joins the strings of a text, and adopts and changes it although they are cut oddly', async () => {
      const text = 'é'.repeat(200);
      const octets = Buffer.from(text).toString('latin1');
      await put({
        name: NAME,
        ttl: 60,
        type: 'TXT',
        data: [octets.slice(0, 3), octets.slice(3, 200), octets.slice(200)],
      });
      expect(await read(`TXT ${NAME}`)).toMatchObject({ fields: { values: [text] } });
      expect(await one(await adopt(`TXT ${NAME}`))).toMatchObject({ result: 'done' });
      expect(await one(await update(`TXT ${NAME}`, { ttl: 90 }))).toMatchObject({
        result: 'done',
        values: { ttl: 90, values: [text] },
      });
      const [kept] = await client.query(NAME, 'TXT');
      expect(kept?.type === 'TXT' && kept.data.map((part) => part.length)).toEqual([3, 197, 200]);
    });
    it('sorts values', async () => {
      await one(create(`A ${NAME}`, ['10.0.0.3', '10.0.0.1', '10.0.0.2']));
      expect(await read(`A ${NAME}`)).toMatchObject({ fields: { values: ['10.0.0.1', '10.0.0.2', '10.0.0.3'] } });
    });
    it.each([
      ['AAAA', ['2001:DB8::1']],
      ['AAAA', ['2001:db8:0:0:0:0:0:1']],
      ['AAAA', ['fe80::1%eth0']],
      ['A', ['10.0.0.01']],
      ['A', ['10.0.0']],
      ['A', []],
      ['A', ['10.0.0.1', '10.0.0.1']],
      ['CNAME', ['Tujuan.contoh.test']],
      ['CNAME', ['tujuan.contoh.test.']],
      ['CNAME', ['a.contoh.test', 'b.contoh.test']],
      ['CNAME', ['tujuan contoh.test']],
      ['MX', ['surat.lain.test']],
      ['MX', ['010 surat.lain.test']],
      ['MX', ['65536 surat.lain.test']],
      ['MX', ['-1 surat.lain.test']],
      ['MX', ['10  surat.lain.test']],
      ['MX', ['10 Surat.lain.test']],
      ['MX', ['10 surat.lain.test.']],
      ['MX', ['0 .']],
      ['SRV', ['1 2 surat.lain.test']],
      ['SRV', ['1 2 3 4 surat.lain.test']],
      ['SRV', ['1 2 0x50 surat.lain.test']],
      ['TXT', ['']],
      ['TXT', ['a\nb']],
      ['TXT', ['\ud800']],
      ['TXT', ['x'.repeat(5000)]],
    ])('refuses %s %j, which would not be read as it is written', async (type, values) => {
      expect(await one(create(`${type} ${type === 'SRV' ? '_sip._tcp.' : ''}${NAME}`, values))).toMatchObject({
        result: 'failed',
        error: { code: 'invalid' },
      });
      expect(await owners()).toEqual([]);
    });
    it.each([-1, 1.5, 2 ** 31, '300', null])('refuses TTL %j', async (ttl) => {
      const change = { ...createA(), after: { zone: FORWARD, ttl, values: ['10.0.0.1'] } } as Change;
      expect(await one(change)).toMatchObject({ result: 'failed', error: { code: 'invalid' } });
    });
    it('refuses a zone that is not the one of the name', async () => {
      expect(await one(create(`A ${NAME}`, ['10.0.0.1'], REVERSE))).toMatchObject({
        result: 'failed',
        error: { code: 'invalid' },
      });
    });
  });
}
