import { describe, expect, it } from 'vitest';
import { container, expand, holdsOf, policies, serviceOf, specFaults, unit } from '../builders.ts';

const logins = (count: number) => Array.from({ length: count }, (_, index) => `tester${index}`);

describe('the schema of a development namespace', () => {
  it.each([
    ['4 cores', { cores: 4 }],
    ['8 GB of memory', { memoryGb: 8 }],
    ['50 GB of storage', { storageGb: 50 }],
    ['30 pods', { pods: 30 }],
    ['20 members', { members: logins(20) }],
    ['the baseline of pod security', { podSecurity: 'baseline' }],
    ['an access file', { accessIssuedAt: '2026-11-23T09:00:00+07:00' }],
  ])('takes %s', (_, spec) => {
    expect(specFaults(container(spec))).toEqual([]);
    expect(holdsOf(container(spec))).toEqual([]);
  });

  it.each([
    ['5 cores', { cores: 5 }, 'cores'],
    ['9 GB of memory', { memoryGb: 9 }, 'memoryGb'],
    ['51 GB of storage', { storageGb: 51 }, 'storageGb'],
    ['31 pods', { pods: 31 }, 'pods'],
    ['21 members', { members: logins(21) }, 'members'],
    ['nobody', { members: [] }, 'members'],
    ['a group of everybody', { members: ['system:authenticated'] }, 'members.0'],
    ['pods with all privileges', { podSecurity: 'privileged' }, 'podSecurity'],
    ['no term', { until: undefined }, 'until'],
    ['an access file without a zone of time', { accessIssuedAt: '2026-11-23T09:00:00' }, 'accessIssuedAt'],
  ])('refuses %s', (_, spec, path) => {
    expect(specFaults(container(spec))).toEqual([path]);
  });
});

describe('expand() of a development namespace', () => {
  const fields = {
    unit: 'djp',
    cores: 2,
    memoryGb: 4,
    storageGb: 20,
    pods: 10,
    podSecurity: 'restricted',
    members: ['andi.pratama'],
    until: '2027-05-31',
    form: 1,
  };
  const base = { kind: 'namespace', key: 'djp-spt-dev', request: 'djp/andi' };

  it('yields the namespace with its limits and members', () => {
    expect(expand(container())).toEqual([{ ...base, fields }]);
  });

  it('issues an access file where one is asked for, at that instant', () => {
    const [namespace] = expand(container({ accessIssuedAt: '2026-11-23T09:00:00+07:00' }));
    expect(namespace?.fields.accessIssuedAt).toBe('2026-11-23T02:00:00.000Z');
  });

  it('lets nobody in after its term', () => {
    const ended = container({ accessIssuedAt: '2026-11-23T09:00:00+07:00' });
    expect(expand(ended, { phase: 'off' })).toEqual([{ ...base, fields: { ...fields, members: [] } }]);
  });

  it('yields nothing for a deleted request', () => {
    expect(expand(container({}, { state: 'deleted' }))).toEqual([]);
  });
});

describe('a development namespace among other requests', () => {
  const service = serviceOf('development-container');

  it('claims its name, uses quotas and asks for room', () => {
    expect(service.claims(container(), policies.environment)).toEqual([
      { name: 'namespace:djp-spt-dev', at: 'spec.name' },
    ]);
    expect(service.usage(container())).toEqual({ namespaces: 1, cores: 2, memoryGb: 4, storageGb: 20 });
    expect(service.usage(container({}, { state: 'deleted' }))).toEqual({});
    expect(service.pools(container(), unit).map(({ key }) => key)).toEqual([
      'capacity:cores',
      'capacity:memoryGb',
      'capacity:storageGb',
    ]);
  });
});
