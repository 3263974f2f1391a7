import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DnsClient } from '../../../provisioners/dns/protocol.ts';
import { createDns } from '../../../provisioners/dns/provisioner.ts';
import type { DnsRecord } from '../../../provisioners/dns/record.ts';
import { FORWARD } from './server.ts';

const OWNERS = new Set(['djp/web-a', 'djp/web-b']);

/** What stands at a name: addresses, mail servers, and texts where its owner is written. */
interface Standing {
  readonly addresses: readonly string[];
  readonly mail: boolean;
  readonly markers: readonly string[];
}

const standing: fc.Arbitrary<Standing> = fc.record({
  addresses: fc.subarray(['10.0.0.1', '10.0.0.2']),
  mail: fc.boolean(),
  markers: fc.subarray(['layanan:djp/web-a', 'layanan:djp/web-b', 'layanan:setjen/web', 'catatan'], { maxLength: 2 }),
});
const zone = fc.dictionary(fc.constantFrom('a', 'b', '1.a', 'z.b', 'www'), standing, { maxKeys: 5 });

const recordsAt = ([label, { addresses, mail, markers }]: [string, Standing]): DnsRecord[] => {
  const name = `${label}.${FORWARD}`;
  return [
    ...addresses.map((data): DnsRecord => ({ name, ttl: 300, type: 'A', data })),
    ...(mail ? [{ name, ttl: 300, type: 'MX' as const, data: { preference: 10, exchange: `mx.${FORWARD}` } }] : []),
    ...markers.map((text): DnsRecord => ({ name: `_LAYANAN.${name}`, ttl: 300, type: 'TXT', data: [text] })),
  ];
};

/** The keys, owners and values that a reading of the zone must hold, found without regard to any order. */
function expected([label, { addresses, mail, markers }]: [string, Standing]): string[] {
  const owner = markers.length === 1 ? markers[0]?.replace('layanan:', '') : undefined;
  if (owner === undefined || !OWNERS.has(owner)) return [];
  const name = `${label}.${FORWARD}`;
  if (addresses.length === 0 && !mail) return [`A ${name} of ${owner}: `];
  return [
    ...(addresses.length === 0 ? [] : [`A ${name} of ${owner}: ${addresses.toSorted()}`]),
    ...(mail ? [`MX ${name} of ${owner}: 10 mx.${FORWARD}`] : []),
  ];
}

const sending = (records: readonly DnsRecord[]): DnsClient => ({
  atomic: 'message',
  update: () => Promise.reject(new Error('Nothing is written')),
  query: () => Promise.reject(new Error('Nothing is asked')),
  async transfer(_, receive) {
    for (const record of records) receive(record);
  },
});

it('a zone that is named twice is read once', async () => {
  const records = recordsAt(['www', { addresses: ['10.0.0.1'], mail: false, markers: ['layanan:djp/web-a'] }]);
  const dns = createDns({ client: sending(records), zones: [FORWARD, FORWARD] });
  const { objects } = await dns.read({ keys: [], owners: OWNERS, pools: [] });
  expect(objects.map(({ key }) => key)).toEqual([`A www.${FORWARD}`]);
});

it('what requests own is the same in whatever order a server sends its records', async () => {
  const sent = zone
    .map((standings) => ({ all: Object.entries(standings), records: Object.entries(standings).flatMap(recordsAt) }))
    .chain(({ all, records }) =>
      fc.shuffledSubarray(records, { minLength: records.length }).map((shuffled) => ({ all, shuffled })),
    );
  await fc.assert(
    fc.asyncProperty(sent, async ({ all, shuffled }) => {
      const dns = createDns({ client: sending(shuffled), zones: [FORWARD] });
      const { objects, unread } = await dns.read({ keys: [], owners: OWNERS, pools: [] });
      const told = objects.map(({ key, owner, fields }) => `${key} of ${owner}: ${fields.values}`);
      expect(unread).toEqual([]);
      expect(told.sort()).toEqual(all.flatMap(expected).sort());
    }),
    { numRuns: 2000 },
  );
});
