import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { DnsRecord } from '../../../provisioners/dns/record.ts';
import { dnsOf } from '../../builders/by-other-means.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { addressFile } from '../../builders/request-files.ts';
import { steps } from '../../builders/steps.ts';
import { adoptIn, carryOut, LATER, refusals, rowsOf, standing } from './found.ts';

afterEach(removeCommandLines);

const ZONE = 'djp.contoh.test';
const REVERSE = '10.in-addr.arpa';
const fqdn = (host: string) => `${host}.${ZONE}`;
const a = (host: string, data: string, ttl = 3600): DnsRecord => ({ name: fqdn(host), ttl, type: 'A', data });
const cname = (alias: string, target: string): DnsRecord => ({
  name: fqdn(alias),
  ttl: 3600,
  type: 'CNAME',
  data: target,
});
const ptr = (address: string, host: string): DnsRecord => ({
  name: `${address.split('.').reverse().join('.')}.in-addr.arpa`,
  ttl: 3600,
  type: 'PTR',
  data: fqdn(host),
});

/** Records made by hand, each in its zone. */
async function world(records: readonly DnsRecord[], requests: Record<string, string> = {}): Promise<CommandLine> {
  const line = commandLine(requests);
  if (Object.keys(requests).length > 0) await carryOut(line);
  else await steps(line).plan();
  await plant(line, records);
  return line;
}

async function plant(line: CommandLine, records: readonly DnsRecord[]): Promise<void> {
  const server = dnsOf(line);
  for (const record of records)
    await server.connect().update({
      zone: record.name.endsWith(REVERSE) ? REVERSE : ZONE,
      prerequisites: [],
      updates: [{ kind: 'add', record }],
    });
  server.close();
}

const SPT = [a('spt', '10.30.8.99'), ptr('10.30.8.99', 'spt')];

describe('layanan adopt dns', () => {
  it('takes a name with its address, its reverse record and its aliases, and keeps that address', async () => {
    const line = await world([...SPT, cname('pajak', fqdn('spt'))]);
    const ran = await adoptIn(line, 'dns');
    expect(ran.exit).toBe(0);
    expect(rowsOf(ran)).toMatchObject([{ key: `A ${fqdn('spt')}`, request: 'djp/spt', differences: [] }]);
    const before = await standing(line);
    await carryOut(line, [LATER]);
    expect(await standing(line)).toEqual(before);
    expect((await steps(line).plan([], { today: LATER })).report().plan).toMatchObject({ changes: [], held: [] });
  });

  it.each([
    ['an address of another unit', [a('jauh', '10.40.8.99'), ptr('10.40.8.99', 'jauh')], 'A jauh', 'adopt/no-address'],
    ['a name with two addresses', [...SPT, a('spt', '10.30.8.98')], 'A spt', 'adopt/no-address'],
    ['a name without a reverse record', [a('spt', '10.30.8.99')], 'A spt', 'adopt/absent'],
    [
      'records that no request can say',
      [...SPT, { ...a('spt', ''), type: 'TXT', data: ['catatan'] } as DnsRecord],
      'A spt',
      'adopt/unmanaged',
    ],
    ['an alias of a name elsewhere', [cname('pajak', 'lain.contoh.test')], 'CNAME pajak', 'adopt/alias'],
    [
      'a host of two labels',
      [a('satu.dua', '10.30.8.99'), ptr('10.30.8.99', 'satu.dua')],
      'A satu.dua',
      'adopt/cannot-say',
    ],
    [
      'a name that others have marked',
      [...SPT, { name: `_layanan.${fqdn('spt')}`, ttl: 60, type: 'TXT', data: ['milik lain'] } as DnsRecord],
      'A spt',
      'adopt/in-use',
    ],
  ] as const)('refuses %s', async (_, records, key, code) => {
    const line = await world(records);
    const ran = await adoptIn(line, 'dns');
    expect(refusals(ran)).toEqual({ [fqdn(key)]: code });
    expect(ran.exit).toBe(1);
  });

  it('refuses what other servers hold', async () => {
    const ns: DnsRecord = { name: fqdn('anak'), ttl: 60, type: 'NS', data: 'ns.lain.contoh.test' };
    const line = await world([ns, a('www.anak', '10.30.8.99')]);
    expect(refusals(await adoptIn(line, 'dns'))).toEqual({
      [`NS ${fqdn('anak')}`]: 'adopt/elsewhere',
      [`A ${fqdn('www.anak')}`]: 'adopt/elsewhere',
    });
  });

  it('refuses what belongs to a request, with its aliases', async () => {
    const line = await world([cname('lama', fqdn('uji'))], { 'djp/uji': addressFile({ aliases: ['baru'] }) });
    expect(refusals(await adoptIn(line, 'dns'))).toEqual({
      [`A ${fqdn('uji')}`]: 'adopt/owned',
      [`CNAME ${fqdn('baru')}`]: 'adopt/owned',
      [`CNAME ${fqdn('lama')}`]: 'adopt/alias',
    });
  });

  it('lists a reverse record that lives for another time, and leaves it', async () => {
    const line = await world([a('spt', '10.30.8.99', 60), ptr('10.30.8.99', 'spt')]);
    const [row] = rowsOf(await adoptIn(line, 'dns'));
    const key = 'PTR 99.8.30.10.in-addr.arpa';
    expect(row?.differences).toEqual([{ kind: 'dns-record', key, before: { ttl: 3600 }, after: { ttl: 60 } }]);
    expect(readFileSync(line.file('djp/spt'), 'utf8')).toContain('ttl: 60');
  });

  it('gives an address that two names share to the one that the reverse zone tells', async () => {
    const line = await world([...SPT, a('aaa', '10.30.8.99')]);
    const ran = await adoptIn(line, 'dns');
    expect(refusals(ran)).toEqual({ [`A ${fqdn('aaa')}`]: 'adopt/reverse' });
    expect(rowsOf(ran).map((row) => row.request)).toContain('djp/spt');
  });

  it('adopts the half that stands where the reverse record went meanwhile, and makes it once that is asked', async () => {
    const line = await world(SPT);
    await adoptIn(line, 'dns');
    const server = dnsOf(line);
    await server
      .connect()
      .update({ zone: REVERSE, prerequisites: [], updates: [{ kind: 'deleteName', name: '99.8.30.10.in-addr.arpa' }] });
    server.close();
    await carryOut(line, [LATER]);
    const half = (await steps(line).plan([], { today: LATER })).report().plan;
    expect(half).toMatchObject({ changes: [], held: [{ key: 'PTR 99.8.30.10.in-addr.arpa', reason: 'absent' }] });
    line.edit('djp/spt', 'adopt: true\n', '');
    expect((await steps(line).plan([], { today: LATER })).report().plan?.changes).toMatchObject([
      { action: 'create', key: 'PTR 99.8.30.10.in-addr.arpa', after: { values: [fqdn('spt')] } },
    ]);
  });

  it('takes only the names that are asked for', async () => {
    const line = await world([...SPT, a('web-1', '10.30.8.98'), ptr('10.30.8.98', 'web-1')]);
    expect(rowsOf(await adoptIn(line, 'dns', { filter: 'web-*' })).map((row) => row.request)).toEqual(['djp/web-1']);
    line.write('../names', `${fqdn('spt')}\ntidak-ada\n`);
    const ran = await adoptIn(line, 'dns', { names: line.file('../names') });
    expect(rowsOf(ran).map((row) => row.request ?? row.refused?.code)).toEqual(['djp/spt', 'adopt/not-found']);
  });
});
