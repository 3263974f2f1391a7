import packet from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalIPv6, reverseName } from '../../../provisioners/dns/names.ts';
import type { DnsRecord, RecordData } from '../../../provisioners/dns/record.ts';
import { decodeIPv6, encodeIPv6 } from '../../../provisioners/dns/wire/address.ts';
import { decodeMessage, decodeRecord, encodeUpdateMessage } from '../../../provisioners/dns/wire/message.ts';
import { decodeName, encodeName, endOfName, WireError } from '../../../provisioners/dns/wire/name.ts';
import { decodeRdata, encodeRdata, typeNumber } from '../../../provisioners/dns/wire/rdata.ts';
import { replyVerifier } from '../../../provisioners/dns/wire/tsig.ts';
import { reply, signer } from '../../servers/scripted-dns.ts';
import { LAYANAN } from './server.ts';

const plainLabel = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
const plainName = fc.array(plainLabel, { minLength: 1, maxLength: 6 }).map((labels) => labels.join('.'));
const octets = (maxLength: number) => fc.uint8Array({ minLength: 1, maxLength });
/** A name of any octets, on the wire. */
const wireName = fc
  .array(octets(20), { maxLength: 8 })
  .map((labels) =>
    Buffer.concat([...labels.flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]), Buffer.from([0])]),
  );
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const latin1 = fc.uint8Array({ maxLength: 255 }).map((bytes) => Buffer.from(bytes).toString('latin1'));

const recordData: fc.Arbitrary<RecordData> = fc.oneof(
  fc.ipV4().map((data) => ({ type: 'A' as const, data })),
  fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((bytes) => ({ type: 'AAAA' as const, data: decodeIPv6(Buffer.from(bytes)) })),
  fc
    .tuple(fc.constantFrom('CNAME' as const, 'NS' as const, 'PTR' as const), plainName)
    .map(([type, data]) => ({ type, data })),
  fc.array(latin1, { minLength: 1, maxLength: 5 }).map((data) => ({ type: 'TXT' as const, data })),
  fc.record({ preference: u16, exchange: plainName }).map((data) => ({ type: 'MX' as const, data })),
  fc
    .record({ priority: u16, weight: u16, port: u16, target: plainName })
    .map((data) => ({ type: 'SRV' as const, data })),
  fc
    .record({ mname: plainName, rname: plainName, serial: u32, refresh: u32, retry: u32, expire: u32, minimum: u32 })
    .map((data) => ({ type: 'SOA' as const, data })),
  fc
    .uint8Array({ maxLength: 300 })
    .map((bytes) => ({ type: 'TYPE65400' as const, data: Buffer.from(bytes).toString('hex') })),
);

describe('names on the wire', () => {
  it('any octets survive the way to text and back', () => {
    fc.assert(
      fc.property(wireName, (bytes) => {
        expect(endOfName(bytes, 0)).toBe(bytes.length);
        expect(encodeName(decodeName(bytes, 0))).toEqual(bytes);
      }),
    );
  });
  it('a plain name is written as dns-packet writes it', () => {
    fc.assert(
      fc.property(plainName, (name) => {
        const question = packet.encode({ type: 'query', questions: [{ type: 'A', name }] });
        expect(encodeName(name)).toEqual(Buffer.from(question.subarray(12, -4)));
      }),
    );
  });
  it('the root is the empty name', () => {
    expect(encodeName('')).toEqual(Buffer.from([0]));
    expect(decodeName(Buffer.from([0]), 0)).toBe('');
    expect(endOfName(Buffer.from([0]), 0)).toBe(1);
  });
  it('follows compression pointers backwards', () => {
    const bytes = Buffer.concat([
      encodeName('contoh.test'),
      Buffer.from([3]),
      Buffer.from('web'),
      Buffer.from([0xc0, 0]),
    ]);
    expect(decodeName(bytes, 13)).toBe('web.contoh.test');
    expect(endOfName(bytes, 13)).toBe(19);
  });
  it.each([
    ['at itself', [0xc0, 0]],
    ['forward', [0xc0, 2, 0]],
    ['in a circle', [1, 0x61, 0xc0, 0]],
    ['nowhere', [0xc0]],
    ['past the end', [0xff, 0xff]],
    ['as a label of an unknown form', [0x40, 0]],
  ])('refuses a pointer %s', (_, bytes) => {
    expect(() => decodeName(Buffer.from(bytes), 0)).toThrow(WireError);
  });
  it.each([
    'a..b',
    '.a',
    'a.',
    '.',
    'a b',
    'a\tb',
    'é',
    'a\\',
    'a\\256',
    'x'.repeat(64),
    'a\u0000',
  ])('refuses %j', (name) => {
    expect(() => encodeName(name)).toThrow(WireError);
  });
});

describe('records on the wire', () => {
  it('any record survives the way to octets and back', () => {
    fc.assert(
      fc.property(recordData, (record) => {
        const rdata = encodeRdata(record);
        expect(decodeRdata(typeNumber(record.type), rdata, 0, rdata.length)).toEqual(record);
      }),
    );
  });
  it('any message survives, and dns-packet reads the same', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(plainName, recordData), { maxLength: 6 }), u16, (pairs, id) => {
        const records = pairs.map(([name, data]): DnsRecord => ({ name, ttl: 300, ...data }));
        const bytes = reply(id, records);
        const message = decodeMessage(bytes);
        expect(message.answers.map((at) => decodeRecord(bytes, at))).toEqual(records);
        expect(packet.decode(bytes).answers?.map((answer) => answer.name)).toEqual(
          records.map((record) => record.name),
        );
      }),
    );
  });
  it('reads what dns-packet writes', () => {
    const answers = [
      { type: 'A', name: 'a.contoh.test', ttl: 1, data: '10.0.0.1' },
      { type: 'PTR', name: 'b.contoh.test', ttl: 2, data: 'a.contoh.test' },
      { type: 'MX', name: 'c.contoh.test', ttl: 3, data: { preference: 1, exchange: 'a.contoh.test' } },
    ] as const;
    const bytes = packet.encode({ type: 'response', id: 1, answers: answers.map((one) => ({ ...one })) });
    expect(decodeMessage(bytes).answers.map((at) => decodeRecord(bytes, at))).toEqual(answers);
  });
  it.each([
    ['A', 3],
    ['AAAA', 15],
    ['MX', 1],
    ['SRV', 5],
    ['SOA', 21],
    ['CNAME', 0],
  ] as const)('refuses %s of %i octets', (type, length) => {
    const rdata = Buffer.alloc(length);
    expect(() => decodeRdata(typeNumber(type), rdata, 0, length)).toThrow(WireError);
  });
  it('random octets are refused or read, in bounded time, and never crash otherwise', () => {
    const signed = signer(LAYANAN, Buffer.alloc(32), 1_795_000_000);
    const valid = signed(
      reply(1, [{ name: 'a.contoh.test', ttl: 1, type: 'MX', data: { preference: 1, exchange: 'b.contoh.test' } }]),
    );
    const flips = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
    const flipped = fc.tuple(flips, fc.nat(valid.length)).map(([each, length]) => {
      const copy = Buffer.from(valid);
      for (const [at, value] of each) copy[at] = value;
      return length % 4 === 0 ? copy.subarray(0, length) : copy;
    });
    fc.assert(
      fc.property(
        fc.oneof(
          flipped,
          fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
        ),
        (bytes) => {
          try {
            const message = decodeMessage(bytes);
            for (const at of message.answers) decodeRecord(bytes, at);
            replyVerifier(LAYANAN, Buffer.alloc(32), () => 1_795_000_000)(message);
          } catch (error) {
            expect(error).toBeInstanceOf(WireError);
          }
        },
      ),
      { numRuns: 20_000 },
    );
  });
});

describe('encodeUpdateMessage()', () => {
  const name = 'w.test';
  const WIRE = '01770474657374 00'.replace(' ', '');
  const rest = (
    prerequisites: Parameters<typeof encodeUpdateMessage>[1]['prerequisites'],
    updates: Parameters<typeof encodeUpdateMessage>[1]['updates'] = [],
  ) => encodeUpdateMessage(0x1234, { zone: 'test', prerequisites, updates }).toString('hex');
  const HEAD = (before: number, after: number) =>
    `123428000001000${before}000${after}00000474657374000006 0001`.replace(' ', '');
  const A = { type: 'A', data: '10.0.0.1' } as const;
  /** The table of RFC 2136 sections 2.4 and 2.5: type, class, TTL, length, data. */
  it.each([
    ['name not in use', { kind: 'nameNotInUse', name }, '00ff00fe000000000000'],
    ['name in use', { kind: 'nameInUse', name }, '00ff00ff000000000000'],
    ['RRset absent', { kind: 'rrsetAbsent', name, type: 'A' }, '000100fe000000000000'],
    ['RRset exists', { kind: 'rrsetExists', name, type: 'A' }, '000100ff000000000000'],
    [
      'RRset equals, TTL 0',
      { kind: 'rrsetEquals', name, records: [{ ...A, ttl: 300 }] },
      '0001000100000000' + '00040a000001',
    ],
  ] as const)('writes the prerequisite %s', (_, prerequisite, bytes) => {
    expect(rest([prerequisite])).toBe(HEAD(1, 0) + WIRE + bytes);
  });
  it.each([
    ['add', { kind: 'add', record: { name, ttl: 300, ...A } }, '000100010000012c' + '00040a000001'],
    ['delete an RRset', { kind: 'deleteRrset', name, type: 'A' }, '000100ff000000000000'],
    ['delete a name', { kind: 'deleteName', name }, '00ff00ff000000000000'],
    ['delete a record', { kind: 'deleteRecord', name, record: A }, '000100fe00000000' + '00040a000001'],
  ] as const)('writes the update %s', (_, update, bytes) => {
    expect(rest([], [update])).toBe(HEAD(0, 1) + WIRE + bytes);
  });
  it('refuses to compare with an empty set, which would mean another prerequisite', () => {
    expect(() => rest([{ kind: 'rrsetEquals', name, records: [] }])).toThrow(WireError);
  });
});

describe('addresses', () => {
  it.each([
    ['2001:0db8:0000:0000:0000:ff00:0042:8329', '2001:db8::ff00:42:8329'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['1::', '1::'],
    ['::FFFF:10.0.0.1', '::ffff:a00:1'],
  ])('writes %s as %s', (address, canonical) => {
    expect(canonicalIPv6(address)).toBe(canonical);
  });
  it('any IPv6 address keeps its octets', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        expect(encodeIPv6(canonicalIPv6(address))).toEqual(encodeIPv6(address));
      }),
    );
  });
  it('names addresses in the reverse tree', () => {
    expect(reverseName('10.1.2.3')).toBe('3.2.1.10.in-addr.arpa');
    expect(reverseName('2001:db8::567:89ab')).toBe(
      'b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
    );
  });
});
