import { describe, expect, it } from 'vitest';
import { expand, holdsOf, machine, policies, serviceOf, specFaults, unit } from '../builders.ts';

describe('the schema of a development machine', () => {
  it.each([
    ['2 cores', { cores: 2 }],
    ['4 GB of memory', { memoryGb: 4 }],
    ['50 GB of disk', { diskGb: 50 }],
    ['the smallest disk', { diskGb: 40 }],
    ['a name of 40 characters', { name: 'a'.repeat(40) }],
  ])('takes %s', (_, spec) => {
    expect(specFaults(machine(spec))).toEqual([]);
  });

  it.each([
    ['3 cores', { cores: 3 }, 'cores'],
    ['no core', { cores: 0 }, 'cores'],
    ['5 GB of memory', { memoryGb: 5 }, 'memoryGb'],
    ['51 GB of disk', { diskGb: 51 }, 'diskGb'],
    ['39 GB of disk', { diskGb: 39 }, 'diskGb'],
    ['a name of 41 characters', { name: 'a'.repeat(41) }, 'name'],
    ['a system that is not offered', { os: 'debian-12' }, 'os'],
    ['no term', { until: undefined }, 'until'],
    ['a day that does not exist', { until: '2027-02-29' }, 'until'],
    ['a second network card', { networks: ['vlan-djp'] }, 'unrecognized_keys'],
  ])('refuses %s', (_, spec, path) => {
    expect(specFaults(machine(spec))).toEqual([path]);
  });

  it('offers the systems of the catalogue, and every one has a template on the sandbox', () => {
    const { templates } = policies.environment.machines;
    const { figures } = policies.catalogues.get('sc-11-2023')?.offers.get('development-vm') ?? {};
    expect(Object.keys(templates)).toEqual(expect.arrayContaining(figures?.os as string[]));
  });
});

describe('the holds of a development machine', () => {
  it('keep a unit to its zones', () => {
    expect(holdsOf(machine())).toEqual([]);
    expect(holdsOf(machine({ zone: 'itjen.contoh.test' }))).toEqual(['development-vm/zone-not-of-unit']);
  });

  it.each(['centos-7', 'oracle-linux-7', 'ubuntu-18.04'])('warn of %s, and allow it', (os) => {
    expect(specFaults(machine({ os }))).toEqual([]);
    expect(holdsOf(machine({ os }))).toEqual(['development-vm/unmaintained']);
    expect(policies.messages.get('development-vm/unmaintained')?.severity).toBe('warning');
  });

  it('give a Windows machine a name of at most 15 characters', () => {
    const windows = (name: string) => holdsOf(machine({ os: 'windows-server-2022', name }));
    expect(windows('a'.repeat(15))).toEqual([]);
    expect(windows('a'.repeat(16))).toEqual(['development-vm/windows-name']);
    expect(holdsOf(machine({ name: 'a'.repeat(16) }))).toEqual([]);
  });
});

describe('expand() of a development machine', () => {
  const [made, pointer, forward] = expand(machine());

  it('yields the machine, on, in the network of its address', () => {
    expect(made).toEqual({
      kind: 'machine',
      key: 'djp-spt-dev',
      request: 'djp/andi',
      fields: {
        unit: 'djp',
        os: 'ubuntu-24.04',
        cores: 2,
        memoryGb: 4,
        diskGb: 50,
        network: 'vlan-djp',
        address: '10.30.8.10',
        hostname: 'spt-dev.djp.contoh.test',
        power: 'on',
        until: '2027-05-31',
        form: 1,
      },
    });
  });

  it('names it both ways, forward when it stands', () => {
    expect(pointer).toMatchObject({
      key: 'PTR 10.8.30.10.in-addr.arpa',
      fields: { values: ['spt-dev.djp.contoh.test'] },
    });
    expect(forward).toMatchObject({ key: 'A spt-dev.djp.contoh.test', fields: { values: ['10.30.8.10'] } });
    expect(forward?.needs).toEqual([
      { kind: 'dns-record', key: 'PTR 10.8.30.10.in-addr.arpa' },
      { kind: 'machine', key: 'djp-spt-dev' },
    ]);
  });

  it('powers it off after its term, and changes nothing else', () => {
    const off = expand(machine(), { phase: 'off' });
    expect(off).toEqual([{ ...made, fields: { ...made?.fields, power: 'off' } }, pointer, forward]);
  });

  it('yields nothing for a deleted request', () => {
    expect(expand(machine({}, { state: 'deleted' }))).toEqual([]);
  });

  it('throws where no network has the address', () => {
    const nowhere = { addresses: { 'addresses:djp': '192.0.2.1' } };
    expect(() => expand(machine(), nowhere)).toThrow('no network of the environment has the address 192.0.2.1');
  });
});

describe('a development machine among other requests', () => {
  const service = serviceOf('development-vm');

  it('claims its name and its machine', () => {
    expect(service.claims(machine(), policies.environment).map(({ name }) => name)).toEqual([
      'name:spt-dev.djp.contoh.test',
      'machine:djp-spt-dev',
    ]);
  });

  it('uses the quotas of its unit until it is deleted', () => {
    const usage = { machines: 1, addresses: 1, cores: 2, memoryGb: 4, storageGb: 50 };
    expect(service.usage(machine())).toEqual(usage);
    expect(service.usage(machine({}, { state: 'deleted' }))).toEqual({});
  });

  it('asks for an address and for room', () => {
    expect(service.pools(machine(), unit).map(({ key }) => key)).toEqual([
      'addresses:djp',
      'capacity:cores',
      'capacity:memoryGb',
      'capacity:storageGb',
    ]);
  });
});
