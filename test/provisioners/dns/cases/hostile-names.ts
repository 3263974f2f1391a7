import { describe, expect } from 'vitest';
import { collect, recordingPort } from '../../contract.ts';
import { type DnsServer, FORWARD } from '../server.ts';
import { type Impossible, possible } from './possible.ts';
import { create, ME, NAME, useDns } from './use-dns.ts';

export function hostileNamesCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: names`, () => {
    const { dns, one, put } = useDns(makeServer);
    const hostile = [
      `A ${FORWARD}`,
      `A *.${FORWARD}`,
      `A _layanan.spt.${FORWARD}`,
      `TXT _layanan.${NAME}`,
      `A SPT.${FORWARD}`,
      `A spt.${FORWARD}.`,
      `A spt..${FORWARD}`,
      `A -spt.${FORWARD}`,
      `A spt-.${FORWARD}`,
      `A ${'x'.repeat(64)}.${FORWARD}`,
      `A ${'x.'.repeat(125)}${FORWARD}`,
      `A ${'x.'.repeat(117)}${FORWARD}`,
      'A spt.lain.test',
      'A test',
      `A spt${FORWARD}`,
      `A spt.${FORWARD}.lain.test`,
      `A späti.${FORWARD}`,
      `A sp\u200bt.${FORWARD}`,
      `A sp\nt.${FORWARD}`,
      `A sp\\.t.${FORWARD}`,
      `A sp t.${FORWARD}`,
      `A  spt.${FORWARD}`,
      `NS spt.${FORWARD}`,
      `SOA ${FORWARD}`,
      `CAA spt.${FORWARD}`,
      `SRV spt.${FORWARD}`,
      `SRV _sip.spt.${FORWARD}`,
      `SRV _sip._xmpp.spt.${FORWARD}`,
      `SRV _layanan._sip._tcp.spt.${FORWARD}`,
      `MX _sip._tcp.spt.${FORWARD}`,
      `MX ${FORWARD}`,
      `ANY spt.${FORWARD}`,
      `a spt.${FORWARD}`,
      `spt.${FORWARD}`,
      '',
      'A ',
    ];
    it.each(hostile)('holds and refuses %j', async (key) => {
      const reading = await dns.read({ keys: [{ kind: 'dns-record', key }], owners: new Set([ME]), pools: [] });
      expect(reading.unread).toMatchObject([{ kind: 'dns-record', key }]);
      const port = recordingPort();
      const outcomes = await collect(dns.apply([create(key, ['10.0.0.1'])], port));
      expect(outcomes).toMatchObject([{ result: 'failed', error: { code: 'invalid' } }]);
      expect(port.writes).toEqual([]);
    });
    it.each([
      'A',
      'CNAME',
    ])('refuses a value or name of %s that is written in its own script, not as punycode', async (type) => {
      const value = type === 'A' ? '10.0.0.1' : 'kementerian-é.lain.test';
      const name = type === 'A' ? `kementerian-é.${FORWARD}` : NAME;
      expect(await one(create(`${type} ${name}`, [value]))).toMatchObject({
        result: 'failed',
        error: { code: 'invalid' },
      });
    });
    it('takes an internationalised name as punycode', async () => {
      expect(await one(create(`A xn--kementerian-9db.${FORWARD}`, ['10.0.0.1']))).toMatchObject({ result: 'done' });
      expect(await one(create(`CNAME ${NAME}`, [`xn--kementerian-9db.${FORWARD}`]))).toMatchObject({ result: 'done' });
    });
    it('holds and refuses a name below a delegation', async () => {
      await put({ name: `anak.${FORWARD}`, ttl: 60, type: 'NS', data: 'ns.server.test' });
      const key = `A web.anak.${FORWARD}`;
      const reading = await dns.read({ keys: [{ kind: 'dns-record', key }], owners: new Set(), pools: [] });
      expect(reading.unread).toMatchObject([{ key, reason: expect.stringContaining(`anak.${FORWARD}`) }]);
      expect(await one(create(key, ['10.0.0.1']))).toMatchObject({ result: 'failed', error: { code: 'delegated' } });
    });
  });
}
