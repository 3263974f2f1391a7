import { describe, expect } from 'vitest';
import type { Prerequisite } from '../../../../provisioners/dns/protocol.ts';
import type { RecordData } from '../../../../provisioners/dns/record.ts';
import { type DnsServer, FORWARD } from '../server.ts';
import { type Impossible, possible } from './possible.ts';
import { a, add, bare, NAME, useServer } from './use-server.ts';

export function prerequisitesCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: prerequisites`, () => {
    const { client, connect, update, change } = useServer(makeServer);
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

    it('of many writers that compare and set at once, one wins', async () => {
      const writers = Array.from({ length: 20 }, (_, index) =>
        connect().update({
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
