/** The reverse zone as the ledger of addresses. */
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { diff } from '../../../../core/plan/diff.ts';
import { merged } from '../../../../core/plan/read.ts';
import type { Provisioner } from '../../../../core/provisioner.ts';
import type { Pool, PoolReading, Resource } from '../../../../core/resource.ts';
import type { DnsClient } from '../../../../provisioners/dns/protocol.ts';
import { createDns } from '../../../../provisioners/dns/provisioner.ts';
import type { DnsRecord } from '../../../../provisioners/dns/record.ts';
import { collect, planFor, recordingPort } from '../../contract.ts';
import { allocate, reserve } from '../allocate.ts';
import { addressWithName } from '../resources.ts';
import { disturbable } from '../rig.ts';
import { ADMIN, type DnsServer, FORWARD, REVERSE, ZONES } from '../server.ts';
import { transferred } from '../transferred.ts';
import { type Impossible, possible } from './possible.ts';

const pool = (first: string, last: string, want = 3): Pool => ({
  key: 'djp/app',
  type: 'addresses',
  first,
  last,
  want,
});

export function allocationCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: addresses`, () => {
    let server: DnsServer;
    let client: DnsClient;
    let dns: Provisioner;
    beforeEach(async () => {
      server = await makeServer();
      client = server.connect();
      dns = createDns({ client, zones: ZONES });
    });
    afterEach(() => server.stop());

    const read = async (from: Pool): Promise<PoolReading | undefined> =>
      (await dns.read({ keys: [], owners: new Set(), pools: [from] })).pools[0];
    const put = (record: DnsRecord) =>
      server.connect(ADMIN).update({ zone: REVERSE, prerequisites: [], updates: [{ kind: 'add', record }] });

    it('counts what is free and names the next ones, ascending across octets', async () => {
      expect(await read(pool('10.30.8.254', '10.30.9.3', 4))).toEqual({
        key: 'djp/app',
        free: 6,
        next: ['10.30.8.254', '10.30.8.255', '10.30.9.0', '10.30.9.1'],
      });
    });
    it('a single address is a pool', async () => {
      expect(await read(pool('10.30.8.1', '10.30.8.1'))).toMatchObject({ free: 1, next: ['10.30.8.1'] });
    });
    it('an address with a PTR, with an owner only, with any other record, or delegated, is not free', async () => {
      await put({ name: `1.8.30.${REVERSE}`, ttl: 60, type: 'PTR', data: 'x.lain.test' });
      await put({ name: `_layanan.2.8.30.${REVERSE}`, ttl: 60, type: 'TXT', data: ['layanan:djp/x'] });
      await put({ name: `3.8.30.${REVERSE}`, ttl: 60, type: 'TXT', data: ['dipesan'] });
      await put({ name: `9.30.${REVERSE}`, ttl: 60, type: 'NS', data: 'ns.server.test' });
      expect(await read(pool('10.30.8.1', '10.30.8.5'))).toMatchObject({ free: 2, next: ['10.30.8.4', '10.30.8.5'] });
      expect(await read(pool('10.30.9.0', '10.30.9.255'))).toMatchObject({ free: 0, next: [] });
    });
    it('an exhausted pool has none', async () => {
      await reserve(dns, 'djp/a', '10.30.8.1');
      expect(await read(pool('10.30.8.1', '10.30.8.1'))).toEqual({ key: 'djp/app', free: 0, next: [] });
    });
    it.each([
      ['10.30.8.9', '10.30.8.1'],
      ['192.168.0.1', '192.168.0.9'],
      ['10.0.0.0', '10.255.255.255'],
      ['10.30.8', '10.30.8.9'],
    ])('%s to %s is unread, not empty', async (first, last) => {
      const reading = await dns.read({ keys: [], owners: new Set(), pools: [pool(first, last)] });
      expect(reading).toMatchObject({ pools: [], unread: [{ kind: 'dns-record' }] });
    });
    it('a pool whose zone cannot be read is unread, not empty', async () => {
      const { client: failing, disturb } = disturbable(client);
      disturb({ on: 'read', effect: 'unreadable' });
      const blind = createDns({ client: failing, zones: ZONES });
      const reading = await blind.read({ keys: [], owners: new Set(), pools: [pool('10.30.8.1', '10.30.8.9')] });
      expect(reading).toMatchObject({ pools: [], unread: [{ kind: 'dns-record' }] });
    });
    it('leaves licences to others', async () => {
      expect(
        await dns.read({ keys: [], owners: new Set(), pools: [{ key: 'x', type: 'licences', sku: 'X' }] }),
      ).toEqual({ objects: [], unread: [], pools: [] });
    });
    it('an address that another took is reported as taken', async () => {
      await reserve(dns, 'djp/a', '10.30.8.1');
      expect(await reserve(dns, 'djp/b', '10.30.8.1')).toMatchObject([{ result: 'failed', error: { code: 'taken' } }]);
    });
    it('50 allocators that race for 60 addresses get 50 different ones', async () => {
      const from = pool('10.30.8.1', '10.30.8.60', 8);
      const got = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          allocate(createDns({ client: server.connect(), zones: ZONES }), `djp/r-${index}`, from, index),
        ),
      );
      expect(new Set(got.map((one) => one.address)).size).toBe(50);
      expect(Math.max(...got.map((one) => one.attempts))).toBeGreaterThan(1);
      expect(await read(from)).toMatchObject({ free: 10 });
      const records = (await transferred(client, REVERSE)).filter((record) => record.type === 'PTR');
      expect(new Set(records.map((record) => record.name)).size).toBe(50);
      expect(records).toHaveLength(50);
    });
    it('a crash between PTR and A is repaired by the next run, with the same address', async () => {
      const resources = addressWithName('unit-a/first');
      const first = await planFor(dns, resources);
      expect(first.changes.map((change) => change.key.split(' ')[0])).toEqual(['PTR', 'A']);
      await collect(dns.apply(first.changes.slice(0, 1), recordingPort()));
      const second = await planFor(dns, resources);
      expect(second.changes.map((change) => change.key.split(' ')[0])).toEqual(['A']);
      await collect(dns.apply(second.changes, recordingPort()));
      expect(await planFor(dns, resources)).toMatchObject({ changes: [], held: [] });
    });
    const ORDER = { mode: 'ordered', deletes: new Set(['dns-record' as const]), adopt: false } as const;
    /** As a run plans: what the request owns first, then what stands at the keys, without a word about owners. */
    const planned = async (resources: readonly Resource[]) => {
      const owned = await dns.read({ keys: [], owners: new Set(['unit-a/first']), pools: [] });
      const known = new Set(owned.objects.map((object) => object.key));
      const keys = resources.filter(({ key }) => !known.has(key)).map(({ kind, key }) => ({ kind, key }));
      const reading = merged([owned, await dns.read({ keys, owners: new Set(), pools: [] })]);
      return diff({ resources, orders: new Map([['unit-a/first', ORDER]]), reading });
    };
    const drop = (zone: string, at: string, type: 'A' | 'PTR') =>
      server.connect(ADMIN).update({ zone, prerequisites: [], updates: [{ kind: 'deleteRrset', name: at, type }] });
    it.each([
      ['PTR', REVERSE, `11.8.30.${REVERSE}`],
      ['A', FORWARD, `spt.djp.${FORWARD}`],
    ] as const)('a pair of which the %s was lost is whole after one run', async (type, zone, at) => {
      const resources = addressWithName('unit-a/first');
      await collect(dns.apply((await planned(resources)).changes, recordingPort()));
      await drop(zone, at, type);
      const { changes, held } = await planned(resources);
      expect([changes.map((change) => change.key), held]).toEqual([[`${type} ${at}`], []]);
      expect(await collect(dns.apply(changes, recordingPort()))).toMatchObject([{ result: 'done' }]);
      expect(await planned(resources)).toMatchObject({ changes: [], held: [] });
    });
    it.each([0, 1, 2])('a pair of which %i halves were deleted is gone after one run', async (halves) => {
      await collect(dns.apply((await planned(addressWithName('unit-a/first'))).changes, recordingPort()));
      const first = await planned([]);
      expect(first.changes).toHaveLength(2);
      await collect(dns.apply(first.changes.slice(0, halves), recordingPort()));
      const second = await planned([]);
      expect(second.changes).toHaveLength(2 - halves);
      const outcomes = await collect(dns.apply(second.changes, recordingPort()));
      expect(outcomes.every((outcome) => outcome.result === 'done')).toBe(true);
      for (const zone of [FORWARD, REVERSE])
        expect((await transferred(client, zone)).map((record) => record.type).sort()).toEqual(['NS', 'SOA']);
    });
    it('a PTR that was deleted by others is written again for its owner', async () => {
      await reserve(dns, 'djp/a', '10.30.8.1');
      const admin = server.connect(ADMIN);
      await admin.update({
        zone: REVERSE,
        prerequisites: [],
        updates: [{ kind: 'deleteRrset', name: `1.8.30.${REVERSE}`, type: 'PTR' }],
      });
      expect(await read(pool('10.30.8.1', '10.30.8.1'))).toMatchObject({ free: 0 });
      expect(await reserve(dns, 'djp/a', '10.30.8.1')).toMatchObject([{ result: 'done' }]);
    });
  });
}
