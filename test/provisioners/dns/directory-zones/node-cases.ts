/** What the objects of a zone hold, and what others do to them between our reading and our write. */
import { beforeEach, describe, expect, it } from 'vitest';
import { LDAP, refusal } from '../../../../provisioners/directory/directory-error.ts';
import { type Dn, formatDn } from '../../../../provisioners/directory/dn.ts';
import { present } from '../../../../provisioners/directory/filter.ts';
import { type DirectoryClient, type Entry, textsOf } from '../../../../provisioners/directory/protocol.ts';
import { createDirectoryZones } from '../../../../provisioners/dns/directory-zones/directory-zones.ts';
import { encodeDnsRecord } from '../../../../provisioners/dns/directory-zones/dns-record.ts';
import type { DnsClient, Prerequisite, Update } from '../../../../provisioners/dns/protocol.ts';
import type { DnsRecord } from '../../../../provisioners/dns/record.ts';
import { FORWARD, ZONES } from '../server.ts';
import { transferred } from '../transferred.ts';
import { interrupted } from './interrupted.ts';
import { BASE, CONTAINER, makeZones } from './make-zones.ts';

const NAME = `web.${FORWARD}`;
const OWNER = `_layanan.${NAME}`;
const NOW = new Date('2026-11-21T00:00:00Z');
const ZONE_DN: Dn = [{ type: 'DC', value: FORWARD }, ...CONTAINER];

const a = (data: string, ttl = 300): DnsRecord => ({ name: NAME, ttl, type: 'A', data });
const add = (record: DnsRecord): Update => ({ kind: 'add', record });
const marker = (request: string) => add({ name: OWNER, ttl: 300, type: 'TXT', data: [`layanan:${request}`] });
const gone: Update = { kind: 'deleteName', name: NAME };
const unused: readonly Prerequisite[] = [NAME, OWNER].map((name) => ({ kind: 'nameNotInUse', name }));

export function nodeCases(title: string, directoryOf: () => DirectoryClient): void {
  describe(title, () => {
    let directory: DirectoryClient;
    let client: DnsClient;
    const zonesOf = (at: DirectoryClient): DnsClient =>
      createDirectoryZones({ directory: at, base: BASE, zones: ZONES, now: () => NOW });
    beforeEach(async () => {
      directory = directoryOf();
      await makeZones(directory, ZONES);
      client = zonesOf(directory);
    });

    const send = (updates: readonly Update[], prerequisites: readonly Prerequisite[] = [], by = client) =>
      by.update({ zone: FORWARD, prerequisites, updates });
    const dnOf = (label: string) => formatDn([{ type: 'DC', value: label }, ...ZONE_DN]);
    const entryAt = async (label: string): Promise<Entry | undefined> => {
      const request = { base: dnOf(label), scope: 'base', filter: present('objectClass') } as const;
      return (await directory.search({ ...request, attributes: ['dnsRecord', 'dNSTombstoned'] }))[0];
    };
    const flagAt = async (label: string) =>
      textsOf((await entryAt(label)) ?? { dn: '', attributes: {} }, 'dNSTombstoned');
    const valuesAt = async (label: string) =>
      ((await entryAt(label))?.attributes.dnsRecord ?? []).map((value) => Buffer.from(value).toString('hex'));
    const addresses = async () => (await client.query(NAME, 'A')).map((record) => record.data).sort();

    it('writes static records with the serial of the zone', async () => {
      await send([add(a('10.0.0.1', 3600))]);
      expect(await valuesAt('web')).toEqual([`0400010005f000000100000000000e1000000000000000000a000001`]);
    });
    it('keeps several RRsets of a name in one object', async () => {
      await send([add(a('10.0.0.1')), add({ name: NAME, ttl: 60, type: 'TXT', data: ['satu'] })]);
      expect(await valuesAt('web')).toHaveLength(2);
    });
    it('a deletion leaves a tombstone, which is read as absent', async () => {
      await send([add(a('10.0.0.1'))]);
      await send([gone]);
      expect(await flagAt('web')).toEqual(['TRUE']);
      const [value] = await valuesAt('web');
      expect(value).toMatch(/^0800000005/);
      expect(Buffer.from(value ?? '', 'hex').readBigUInt64LE(24)).toBe(134_396_928_000_000_000n);
      expect(await addresses()).toEqual([]);
      expect((await transferred(client, FORWARD)).map((record) => record.type).sort()).toEqual(['NS', 'SOA']);
      await send([], [{ kind: 'nameNotInUse', name: NAME }]);
    });
    it('a tombstone is revived, not added again', async () => {
      await send([add(a('10.0.0.1'))]);
      await send([gone]);
      await send([add(a('10.0.0.2'))], [{ kind: 'nameNotInUse', name: NAME }]);
      expect(await flagAt('web')).toEqual(['FALSE']);
      expect(await addresses()).toEqual(['10.0.0.2']);
      await send([gone]);
      await send([add(a('10.0.0.3'))]);
      expect(await addresses()).toEqual(['10.0.0.3']);
    });
    it('records at an object that is marked as deleted do not count', async () => {
      const value = encodeDnsRecord(a('10.0.0.1'), 1);
      const attributes = { objectClass: ['top', 'dnsNode'], dnsRecord: [value], dNSTombstoned: ['TRUE'] };
      await directory.add(dnOf('web'), attributes);
      expect(await addresses()).toEqual([]);
      await send([add(a('10.0.0.2'))], [{ kind: 'nameNotInUse', name: NAME }]);
      expect(await addresses()).toEqual(['10.0.0.2']);
    });
    it('an object without records is a name that is free', async () => {
      await directory.add(dnOf('web'), { objectClass: ['top', 'dnsNode'] });
      await send([add(a('10.0.0.1'))], [{ kind: 'nameNotInUse', name: NAME }]);
      expect(await addresses()).toEqual(['10.0.0.1']);
    });
    it('a value that is not understood is an error, never absent', async () => {
      const broken = Buffer.concat([
        Buffer.from('0400010005f000000100000000000e100000000000000000', 'hex'),
        Buffer.alloc(3),
      ]);
      await directory.add(dnOf('rusak'), { objectClass: ['top', 'dnsNode'], dnsRecord: [broken] });
      await expect(transferred(client, FORWARD)).rejects.toMatchObject({ system: 'dns', code: 'BADREPLY' });
      await expect(client.query(`rusak.${FORWARD}`, 'A')).rejects.toMatchObject({ code: 'BADREPLY' });
      await expect(send([add({ ...a('10.0.0.1'), name: `rusak.${FORWARD}` })])).rejects.toMatchObject({
        code: 'BADREPLY',
      });
    });
    it('a refusal is told by its Win32 code first: an attribute that the schema lacks is no stale value', async () => {
      await send([add(a('10.0.0.1'))]);
      const modify = async () => {
        throw refusal('modify', LDAP.noSuchAttribute, "0000200A: attribute 'dNSTombstoned' is not in the schema");
      };
      await expect(send([gone], [], zonesOf({ ...directory, modify }))).rejects.toMatchObject({
        code: '0000200A/16',
        effect: 'refused',
      });
      expect(await addresses()).toEqual(['10.0.0.1']);
    });
    it('a record of a type that is not known is kept as it is beside a change', async () => {
      const loc = Buffer.from(
        '1000 1d00 05f0 0000 0100 0000 00000e10 00000000 00000000'.replaceAll(' ', '') + '00'.repeat(16),
        'hex',
      );
      await directory.add(dnOf('web'), { objectClass: ['top', 'dnsNode'], dnsRecord: [loc] });
      await send([add(a('10.0.0.1'))]);
      expect((await transferred(client, FORWARD)).find((record) => record.type === 'TYPE29')).toMatchObject({
        name: NAME,
        ttl: 3600,
        data: '00'.repeat(16),
      });
    });
    it.each([
      `@.${FORWARD}`,
      `a\\.b.${FORWARD}`,
      `a\\000b.${FORWARD}`,
      `a\\032b.${FORWARD}`,
    ])('refuses the name %j, which the directory would take for another one', async (name) => {
      await expect(send([add({ ...a('10.0.0.1'), name })])).rejects.toMatchObject({
        code: 'FORMERR',
        effect: 'unsent',
      });
      await expect(client.query(name, 'A')).rejects.toMatchObject({ code: 'FORMERR' });
    });
    it.each([
      `a,DC=x.${FORWARD}`,
      `a"b.${FORWARD}`,
      `#a.${FORWARD}`,
      `a+b=c.${FORWARD}`,
      `a)(b*.${FORWARD}`,
      `*.${FORWARD}`,
    ])('the name %j stays one name of the zone', async (name) => {
      await send([add({ ...a('10.0.0.1'), name })]);
      const records = await transferred(client, FORWARD);
      expect(records.filter((record) => record.type === 'A').map((record) => record.name.toLowerCase())).toEqual([
        name.toLowerCase(),
      ]);
      expect(await client.query(name, 'A')).toHaveLength(1);
    });

    /** Sends upon a directory where something happens just before the n-th write. */
    const during = (at: number, act: () => Promise<void>) =>
      zonesOf(interrupted(directory, { at, position: 'before', act }));

    describe('what others do between the reading of a node and its write', () => {
      it('takes the name: YXDOMAIN, and the owner that was written is taken back', async () => {
        const racing = during(2, () => send([add(a('10.9.9.9'))]));
        await expect(send([add(a('10.0.0.1')), marker('djp/spt')], unused, racing)).rejects.toMatchObject({
          code: 'YXDOMAIN',
          effect: 'refused',
        });
        expect(await addresses()).toEqual(['10.9.9.9']);
        expect(await client.query(OWNER, 'TXT')).toEqual([]);
      });
      it('revives the tombstone: refused, nothing is done', async () => {
        await send([add(a('10.0.0.1'))]);
        await send([gone]);
        const racing = during(1, () => send([add(a('10.9.9.9'))]));
        await expect(send([add(a('10.0.0.1'))], [], racing)).rejects.toMatchObject({
          code: 'NXRRSET',
          effect: 'refused',
        });
        expect(await addresses()).toEqual(['10.9.9.9']);
      });
      it.each([
        ['a value is changed', [{ kind: 'deleteRrset', name: NAME, type: 'A' }, add(a('10.9.9.9'))]],
        ['only the TTL is changed', [add(a('10.0.0.1', 7))]],
        ['another type is added by a run of ours', [add({ name: NAME, ttl: 60, type: 'TXT', data: ['satu'] })]],
        ['the name is deleted', [gone]],
      ] as const)('%s: NXRRSET, nothing is done', async (_, meanwhile) => {
        await send([add(a('10.0.0.1'))]);
        let after: readonly DnsRecord[] = [];
        const racing = during(1, async () => {
          await send(meanwhile);
          after = await transferred(client, FORWARD);
        });
        const updates: Update[] = [{ kind: 'deleteRrset', name: NAME, type: 'A' }, add(a('10.0.0.2'))];
        await expect(send(updates, [], racing)).rejects.toMatchObject({ code: 'NXRRSET', effect: 'refused' });
        expect(await transferred(client, FORWARD)).toEqual(after);
      });
      it('changes the owner that is only compared: NXRRSET, nothing is done', async () => {
        await send([add(a('10.0.0.1')), marker('djp/spt')]);
        const owner: Prerequisite = {
          kind: 'rrsetEquals',
          name: OWNER,
          records: [{ type: 'TXT', data: ['layanan:djp/spt'] }],
        };
        const racing = during(1, () => send([{ kind: 'deleteName', name: OWNER }, marker('djbc/lain')]));
        await expect(send([add(a('10.0.0.2'))], [owner], racing)).rejects.toMatchObject({ code: 'NXRRSET' });
        expect(await addresses()).toEqual(['10.0.0.1']);
      });
      it('what cannot be taken back is lost, not refused', async () => {
        const steal = { kind: 'deleteName', name: OWNER } as const;
        const racing = during(2, async () => {
          await send([add(a('10.9.9.9'))]);
          await send([steal, marker('djbc/lain')]);
        });
        await expect(send([add(a('10.0.0.1')), marker('djp/spt')], unused, racing)).rejects.toMatchObject({
          code: 'HALFDONE',
          effect: 'lost',
        });
      });
      it('a record that others add to a name is seen by the reading after, and by nothing before', async () => {
        await send([add(a('10.0.0.1'))]);
        const racing = during(1, async () => {
          const values = [encodeDnsRecord(a('10.9.9.9'), 1)];
          await directory.modify(dnOf('web'), [{ operation: 'add', attribute: 'dnsRecord', values }]);
        });
        await send([{ kind: 'deleteRrset', name: NAME, type: 'A' }, add(a('10.0.0.2'))], [], racing);
        expect(await addresses()).toEqual(['10.0.0.2', '10.9.9.9']);
      });
    });
    it('a prerequisite with a TTL holds for that TTL only', async () => {
      await send([add(a('10.0.0.1'))]);
      const asIs = (ttl: number): Prerequisite => ({ kind: 'rrsetEquals', name: NAME, records: [a('10.0.0.1')], ttl });
      await expect(send([gone], [asIs(60)])).rejects.toMatchObject({ code: 'NXRRSET' });
      await send([gone], [asIs(300)]);
    });

    describe('where a zone is', () => {
      const at = async (place: Dn, zone: string) => {
        await directory.add(formatDn([{ type: 'DC', value: zone }, ...place]), { objectClass: ['top', 'dnsZone'] });
      };
      const other = (zone: string) =>
        createDirectoryZones({ directory, base: BASE, zones: [...ZONES, zone], now: () => NOW });
      const FOREST: Dn = [
        { type: 'CN', value: 'MicrosoftDNS' },
        { type: 'DC', value: 'ForestDnsZones' },
        ...CONTAINER.slice(2),
      ];
      const remove = (place: Dn, zone: string) => directory.del(formatDn([{ type: 'DC', value: zone }, ...place]));

      it('NOTAUTH for a zone that no partition holds', async () => {
        await expect(transferred(other('tiada.test'), 'tiada.test')).rejects.toMatchObject({ code: 'NOTAUTH' });
      });
      it('finds a zone of the forest; one without SOA is an error', async () => {
        await at(FOREST, 'hutan.test');
        await expect(transferred(other('hutan.test'), 'hutan.test')).rejects.toMatchObject({
          code: 'BADREPLY',
          message: expect.stringContaining('0 SOA'),
        });
        await remove(FOREST, 'hutan.test');
      });
      it('NOTAUTH for a zone that stands in two partitions', async () => {
        await at(FOREST, FORWARD);
        await expect(transferred(zonesOf(directory), FORWARD)).rejects.toMatchObject({
          code: 'NOTAUTH',
          message: expect.stringContaining('2 partitions'),
        });
        await remove(FOREST, FORWARD);
      });
    });
  });
}
