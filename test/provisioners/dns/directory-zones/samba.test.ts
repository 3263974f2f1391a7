import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDirectory } from '../../../../provisioners/directory/client.ts';
import type { DirectoryClient } from '../../../../provisioners/directory/protocol.ts';
import { createDirectoryZones } from '../../../../provisioners/dns/directory-zones/directory-zones.ts';
import { decodeDnsRecord, encodeDnsRecord } from '../../../../provisioners/dns/directory-zones/dns-record.ts';
import type { DnsRecord } from '../../../../provisioners/dns/record.ts';
import { type LossyProxy, startProxy } from '../../../servers/proxy.ts';
import { realServer } from '../../../servers/required.ts';
import { ADMINISTRATOR } from '../../../servers/samba/recipe.ts';
import { ENV, PYTHON } from '../../../servers/samba/template.ts';
import { type Samba, sambaRequirement, startSamba } from '../../../servers/samba.ts';
import { dnsContract } from '../contract.ts';
import { ADMIN, type DnsServer, ZONES } from '../server.ts';
import { crashCases } from './crash-cases.ts';
import { IMPOSSIBLE } from './impossible.ts';
import { interrupted } from './interrupted.ts';
import { makeZones } from './make-zones.ts';
import { nodeCases } from './node-cases.ts';

const START_MS = 120_000;

/** Samba's own reader of `dnsRecord` values, and whether its writer gives the same octets. */
const READER = `
import sys, json, base64
from samba.dcerpc import dnsp
from samba.ndr import ndr_unpack, ndr_pack
def text(r):
  d = r.data
  if r.wType == dnsp.DNS_TYPE_TXT: return list(d.str)
  if r.wType == dnsp.DNS_TYPE_MX: return [d.wPriority, d.nameTarget]
  if r.wType == dnsp.DNS_TYPE_SRV: return [d.wPriority, d.wWeight, d.wPort, d.nameTarget]
  return d
out = []
for value in json.load(sys.stdin):
  raw = base64.b64decode(value)
  r = ndr_unpack(dnsp.DnssrvRpcRecord, raw)
  out.append([int(r.wType), r.dwTtlSeconds, r.dwSerial, r.dwTimeStamp, int(r.rank), text(r), ndr_pack(r) == raw])
print(json.dumps(out))
`;

function readBySamba(values: readonly Buffer[]): unknown[] {
  const input = JSON.stringify(values.map((value) => value.toString('base64')));
  const { stdout, stderr, status } = spawnSync(PYTHON, ['-c', READER], { input, env: ENV, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as unknown[];
}

realServer(...sambaRequirement())(() => {
  let samba: Samba;
  let directory: DirectoryClient & AsyncDisposable;
  let other: DirectoryClient & AsyncDisposable;
  let proxy: LossyProxy;
  let throughProxy: DirectoryClient & AsyncDisposable;
  beforeAll(async () => {
    samba = await startSamba();
    directory = await connectDirectory(samba.settings(ADMINISTRATOR));
    other = await connectDirectory(samba.settings(ADMINISTRATOR));
    proxy = await startProxy({ host: samba.address, port: 636 });
    const url = `ldaps://127.0.0.1:${proxy.port}`;
    throughProxy = await connectDirectory({ ...samba.settings(ADMINISTRATOR), url });
  }, START_MS);
  afterAll(async () => {
    await directory?.[Symbol.asyncDispose]();
    await other?.[Symbol.asyncDispose]();
    await throughProxy?.[Symbol.asyncDispose]();
    proxy?.stop();
    await samba?.stop();
  });

  async function makeServer(): Promise<DnsServer> {
    await makeZones(other, ZONES);
    const { base } = samba;
    const connect: DnsServer['connect'] = (key) =>
      createDirectoryZones({ directory: key === ADMIN ? other : directory, base, zones: ZONES, now: () => new Date() });
    return { connect, stop: async () => {} };
  }

  dnsContract('zones of Samba AD', makeServer, IMPOSSIBLE);

  nodeCases('zones of Samba AD: objects', () => directory);

  crashCases('zones of Samba AD, interrupted', () => directory, {
    losing: (_, at) => interrupted(throughProxy, { at, position: 'before', act: async () => proxy.lose('reply') }),
    restart: async () => {
      await samba.kill();
      await samba.start();
    },
  });

  describe('values as Samba reads them', () => {
    const at = (data: Omit<DnsRecord, 'name' | 'ttl'>) =>
      ({ name: 'web.contoh.test', ttl: 3600, ...data }) as DnsRecord;
    it.each([
      [1, at({ type: 'A', data: '10.30.8.11' }), '10.30.8.11'],
      [28, at({ type: 'AAAA', data: '2001:db8::8:1' }), '2001:0db8:0000:0000:0000:0000:0008:0001'],
      [5, at({ type: 'CNAME', data: 'tujuan.contoh.test' }), 'tujuan.contoh.test'],
      [12, at({ type: 'PTR', data: 'tujuan.contoh.test' }), 'tujuan.contoh.test'],
      [16, at({ type: 'TXT', data: ['satu', 'dua "kutip" \\'] }), ['satu', 'dua "kutip" \\']],
      [15, at({ type: 'MX', data: { preference: 10, exchange: 'surat.lain.test' } }), [10, 'surat.lain.test']],
      [
        33,
        at({ type: 'SRV', data: { priority: 1, weight: 2, port: 443, target: 'tujuan.contoh.test' } }),
        [1, 2, 443, 'tujuan.contoh.test'],
      ],
    ] as const)('type %i', (number, record, data) => {
      const value = encodeDnsRecord(record, 7);
      expect(readBySamba([value])).toEqual([[number, 3600, 7, 0, 0xf0, data, true]]);
      expect(decodeDnsRecord(record.name, value)).toEqual(record);
    });
  });
});
