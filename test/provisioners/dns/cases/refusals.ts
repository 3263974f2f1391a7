import { describe, expect } from 'vitest';
import { secret } from '../../../../core/secret.ts';
import type { DnsRecord } from '../../../../provisioners/dns/record.ts';
import { type DnsServer, FORWARD, LAYANAN, REVERSE, SHA384, SHA512 } from '../server.ts';
import { transferred } from '../transferred.ts';
import { type Impossible, possible } from './possible.ts';
import { a, add, NAME, useServer } from './use-server.ts';

export function refusalsCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: refusals`, () => {
    const { client, connect, update } = useServer(makeServer);
    const refusal = (code: string) => ({ system: 'dns', code, effect: 'refused' });
    it('NOTZONE for a record outside of the zone', async () => {
      await expect(update([add({ name: `1.0.0.${REVERSE}`, ttl: 60, type: 'PTR', data: NAME })])).rejects.toMatchObject(
        refusal('NOTZONE'),
      );
    });
    it.each([
      'a\\.contoh.test',
      'xcontoh.test',
      'b\\\\\\.contoh.test',
    ])('NOTZONE or FORMERR for %s, which only looks like a name of the zone', async (outside) => {
      await expect(update([add(a(outside))])).rejects.toMatchObject({
        code: expect.stringMatching(/^(NOTZONE|FORMERR)$/),
      });
    });
    it('NOTZONE for a prerequisite outside of the zone', async () => {
      await expect(update([add(a(NAME))], [{ kind: 'nameInUse', name: `1.0.0.${REVERSE}` }])).rejects.toMatchObject(
        refusal('NOTZONE'),
      );
    });
    it('NOTAUTH for a zone of others, when written and when transferred', async () => {
      await expect(update([add(a('web.lain.test'))], [], 'lain.test')).rejects.toMatchObject(refusal('NOTAUTH'));
      await expect(transferred(client, 'lain.test')).rejects.toMatchObject({
        ...refusal('NOTAUTH'),
        operation: 'AXFR lain.test',
      });
    });
    it('REFUSED for a type that the key may not write, and nothing is done', async () => {
      const caa: DnsRecord = { name: NAME, ttl: 60, type: 'TYPE257', data: '000569737375656578616d706c65' };
      await expect(update([add(a(NAME)), add(caa)])).rejects.toMatchObject(refusal('REFUSED'));
      expect(await client.query(NAME, 'A')).toEqual([]);
    });
    it('REFUSED for a query of a zone of others', async () => {
      await expect(client.query('web.lain.test', 'A')).rejects.toMatchObject(refusal('REFUSED'));
    });
    it('BADSIG for a wrong secret; the answer is unsigned, so nothing is concluded from it', async () => {
      const wrong = connect({ ...LAYANAN, secret: secret(Buffer.alloc(32, 9).toString('base64')) });
      await expect(wrong.update({ zone: FORWARD, prerequisites: [], updates: [add(a(NAME))] })).rejects.toMatchObject({
        code: 'BADSIG',
        effect: 'lost',
      });
      expect(await client.query(NAME, 'A')).toEqual([]);
    });
    it.each([
      ['an unknown key', { ...LAYANAN, name: 'asing' }],
      ['another algorithm', { ...LAYANAN, algorithm: 'hmac-sha512' as const }],
    ])('BADKEY for %s', async (_, key) => {
      await expect(transferred(connect(key), FORWARD)).rejects.toMatchObject({ code: 'BADKEY', effect: 'lost' });
    });
    it.each([-600, 600])('BADTIME for a clock that is %i s off, reported as a clock', async (skew) => {
      const late = connect(LAYANAN, skew);
      await expect(late.update({ zone: FORWARD, prerequisites: [], updates: [add(a(NAME))] })).rejects.toMatchObject({
        code: 'BADTIME',
        effect: 'refused',
        message: expect.stringContaining('clocks differ'),
      });
    });
    it.each([SHA384, SHA512])('accepts $algorithm', async (key) => {
      await connect(key).update({ zone: FORWARD, prerequisites: [], updates: [add(a(NAME))] });
      expect(await client.query(NAME, 'A')).toHaveLength(1);
    });
    it('never shows a secret in an error', async () => {
      const canary = Buffer.from('kenari-rahasia-kenari-rahasia-01').toString('base64');
      const wrong = connect({ ...LAYANAN, secret: secret(canary) });
      const error: unknown = await transferred(wrong, FORWARD).catch((one: unknown) => one);
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
}
