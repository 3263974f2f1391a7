import { describe, expect, it } from 'vitest';
import { address, expand, holdsOf, policies, serviceOf, specFaults, unit } from '../builders.ts';

describe('the schema of a static address', () => {
  it.each([
    ['a host of 63 characters', { host: 'a'.repeat(63) }],
    ['an internationalised host as punycode: kementérian', { host: 'xn--kementrian-g7a' }],
    ['an internationalised alias as punycode: ñandú', { aliases: ['xn--and-6ma2c'] }],
    ['a TTL of a minute', { ttl: 60 }],
    ['a TTL of a day', { ttl: 86_400 }],
  ])('takes %s', (_, spec) => {
    expect(specFaults(address(spec))).toEqual([]);
  });

  it.each([
    ['a host of 64 characters', { host: 'a'.repeat(64) }, 'host'],
    ['a host with a dot', { host: 'spt.lain' }, 'host'],
    ['a host that starts as a marker does', { host: '_layanan' }, 'host'],
    ['a host that ends in a hyphen', { host: 'spt-' }, 'host'],
    ['a host that computers ask for by themselves', { host: 'wpad' }, 'host'],
    ['a host that is punycode of nothing', { host: 'xn--spt-uji' }, 'host'],
    ['a host of letters that look like others: Cyrillic apple', { host: 'xn--80ak6aa92e' }, 'host'],
    ['a host with a letter that looks like another: dotless i', { host: 'xn--nternet-qfb' }, 'host'],
    ['a host in its own script', { host: 'kementérian' }, 'host'],
    ['an alias that computers ask for by themselves', { aliases: ['isatap'] }, 'aliases.0'],
    ['a TTL of 59 seconds', { ttl: 59 }, 'ttl'],
    ['a TTL beyond a day', { ttl: 86_401 }, 'ttl'],
  ])('refuses %s', (_, spec, path) => {
    expect(specFaults(address(spec))).toEqual([path]);
  });
});

describe('the holds of a static address', () => {
  it('keep a unit to its zones', () => {
    expect(holdsOf(address())).toEqual([]);
    expect(holdsOf(address({ zone: 'itjen.contoh.test' }))).toEqual(['static-ip/zone-not-of-unit']);
  });

  it('refuse an alias that is the host', () => {
    expect(holdsOf(address({ aliases: ['spt-lama'] }))).toEqual([]);
    expect(holdsOf(address({ aliases: ['spt'] }))).toEqual(['static-ip/alias-is-host']);
  });

  it('no longer bind a deleted request', () => {
    expect(holdsOf(address({ zone: 'itjen.contoh.test' }, { state: 'deleted' }))).toEqual([]);
  });
});

describe('expand() of a static address', () => {
  it('yields the reverse name first, the ledger of addresses, then the forward name and its aliases', () => {
    const chosen = { pool: 'addresses:djp', value: '10.30.8.10' };
    expect(expand(address({ aliases: ['pajak'] }))).toEqual([
      {
        kind: 'dns-record',
        key: 'PTR 10.8.30.10.in-addr.arpa',
        request: 'djp/andi',
        chosen,
        fields: { zone: '10.in-addr.arpa', ttl: 3600, values: ['spt.djp.contoh.test'] },
      },
      {
        kind: 'dns-record',
        key: 'A spt.djp.contoh.test',
        request: 'djp/andi',
        chosen,
        needs: [{ kind: 'dns-record', key: 'PTR 10.8.30.10.in-addr.arpa' }],
        fields: { zone: 'djp.contoh.test', ttl: 3600, values: ['10.30.8.10'] },
      },
      {
        kind: 'dns-record',
        key: 'CNAME pajak.djp.contoh.test',
        request: 'djp/andi',
        needs: [{ kind: 'dns-record', key: 'A spt.djp.contoh.test' }],
        fields: { zone: 'djp.contoh.test', ttl: 3600, values: ['spt.djp.contoh.test'] },
      },
    ]);
  });

  it('takes the TTL that is asked for, and the most specific reverse zone', () => {
    const { environment } = policies;
    const dns = { ...environment.dns, reverseZones: ['10.in-addr.arpa', '30.10.in-addr.arpa', '0.10.in-addr.arpa'] };
    const [ptr] = expand(address({ ttl: 600 }), { environment: { ...environment, dns } });
    expect(ptr?.fields).toMatchObject({ zone: '30.10.in-addr.arpa', ttl: 600 });
  });

  it('wants nothing once deleted, and cannot go on without an address', () => {
    expect(expand(address({}, { state: 'deleted' }))).toEqual([]);
    expect(() => expand(address(), { addresses: {} })).toThrow("no address of 'addresses:djp' was chosen");
  });
});

describe('claims, usage and pools of a static address', () => {
  const { claims, usage, pools } = serviceOf('static-ip');

  it('claims each of its names', () => {
    expect(claims(address({ aliases: ['pajak'] }), policies.environment)).toEqual([
      { name: 'name:spt.djp.contoh.test', at: 'spec.host' },
      { name: 'name:pajak.djp.contoh.test', at: 'spec.aliases.0' },
    ]);
  });

  it('uses one address of its unit, and gives it back when it is deleted', () => {
    expect(usage(address())).toEqual({ addresses: 1 });
    expect(usage(address({}, { state: 'deleted' }))).toEqual({});
    const forward = { kind: 'dns-record', key: 'A spt.djp.contoh.test' };
    const pool = { key: 'addresses:djp', type: 'addresses', first: '10.30.8.10', last: '10.30.8.12', want: 1, forward };
    expect(pools(address(), unit)).toEqual([pool]);
    const { addresses: _, ...bare } = unit;
    expect(pools(address(), bare)).toEqual([]);
  });
});
