import { describe, expect, it } from 'vitest';
import type { ServiceRequest } from '../../../core/request.ts';
import { idOf } from '../../../core/resource.ts';
import { workOrdersOf } from '../../../core/work-order/expand.ts';
import { account, classified, codesOf, expand, holdsOf, itemsOf, offerOf, specFaults, unit } from '../builders.ts';

const LOAD = { usersPerDay: 5000, hoursPerDay: 8, transactionSeconds: 30, scenarios: ['Masuk', 'Cari', 'Kirim'] };
const BACKUP = { requestedAt: '2026-11-23T09:00:00+07:00', forms: ['database'], cause: 'change' };
const TYPES = ['bia-form', 'source-code', 'system-profile', 'install-manual', 'user-manual', 'uat', 'test-scenario'];
const documentsOf = (types: readonly string[]) =>
  types.map((type, at) => ({ type, url: 'https://arsip.contoh.test/7', sha256: String(at).repeat(64) }));

type Spec = Readonly<Record<string, unknown>>;
const hosting = (spec: Spec = {}, over: Partial<ServiceRequest> = {}): ServiceRequest => {
  const size = { cores: 4, memoryGb: 8, diskGb: 100 };
  const named = { name: 'spt', zone: 'djp.contoh.test', access: ['intranet'], os: 'ubuntu-24.04', webServer: 'nginx' };
  const whole = { ...named, ...size, load: LOAD, purpose: 'Layanan SPT', ...spec };
  const kept = Object.entries(whole).filter(([, value]) => value !== undefined);
  const base = { ...account(), id: 'djp/spt', name: 'spt', service: 'vm-hosting' };
  return { ...base, documents: documentsOf(TYPES), ...over, spec: Object.fromEntries(kept) };
};
const off = (offUntil: string) => hosting({ offUntil }, { state: 'disabled' });
const deleted = (over: Partial<ServiceRequest> = {}) => hosting({}, { state: 'deleted', ...over });
const faultsOf = (...edit: Parameters<typeof classified>) => codesOf(classified(...edit).findings);

describe('the schema of a hosting', () => {
  it.each([
    ['16 cores', { cores: 16 }],
    ['64 GB of memory', { memoryGb: 64 }],
    ['1000 GB of disk', { diskGb: 1000 }],
    ['the smallest disk', { diskGb: 40 }],
    ['three scenarios', { load: LOAD }],
    ['a whole day of access', { load: { ...LOAD, hoursPerDay: 24 } }],
    ['both networks', { access: ['intranet', 'internet'] }],
    ...['windows-server-2019', 'windows-server-2022', 'centos-7', 'oracle-linux-7'].map((os) => [os, { os }] as const),
    ...['iis', 'apache', 'java', 'nginx'].map((webServer) => [webServer, { webServer }] as const),
  ] as const)('takes %s', (_, spec) => {
    expect(specFaults(hosting(spec))).toEqual([]);
  });

  it.each([
    ['17 cores', { cores: 17 }, 'cores'],
    ['65 GB of memory', { memoryGb: 65 }, 'memoryGb'],
    ['1001 GB of disk', { diskGb: 1001 }, 'diskGb'],
    ['39 GB of disk', { diskGb: 39 }, 'diskGb'],
    ['two scenarios', { load: { ...LOAD, scenarios: ['Masuk', 'Cari'] } }, 'load.scenarios'],
    ['25 hours a day', { load: { ...LOAD, hoursPerDay: 25 } }, 'load.hoursPerDay'],
    ['no load figures', { load: undefined }, 'load'],
    ['a system that is not offered', { os: 'debian-12' }, 'os'],
    ['a web server that is not offered', { webServer: 'caddy' }, 'webServer'],
    ['a third network', { access: ['intranet', 'internet', 'intranet'] }, 'access'],
  ])('refuses %s', (_, spec, path) => {
    expect(specFaults(hosting(spec))).toEqual([path]);
  });
});

describe('the holds of a hosting', () => {
  it('keep a unit to its zones, and IIS to Windows', () => {
    expect(holdsOf(hosting())).toEqual([]);
    expect(holdsOf(hosting({ zone: 'itjen.contoh.test' }))).toEqual(['vm-hosting/zone-not-of-unit']);
    expect(holdsOf(hosting({ webServer: 'iis' }))).toEqual(['vm-hosting/iis-needs-windows']);
    expect(holdsOf(hosting({ webServer: 'iis', os: 'windows-server-2022' }))).toEqual([]);
  });

  it('warn of a system that nobody maintains', () => {
    expect(holdsOf(hosting({ os: 'centos-7' }))).toEqual(['vm-hosting/unmaintained']);
  });

  it('give a Windows machine a name of at most 15 characters', () => {
    const windows = (name: string) => holdsOf(hosting({ os: 'windows-server-2022', name }));
    expect(windows('a'.repeat(15))).toEqual([]);
    expect(windows('a'.repeat(16))).toEqual(['vm-hosting/windows-name']);
  });

  it('want the end of a deactivation, and of nothing else', () => {
    expect(holdsOf(off('2027-05-31'))).toEqual([]);
    expect(holdsOf(hosting({}, { state: 'disabled' }))).toEqual(['vm-hosting/off-until-missing']);
    expect(holdsOf(hosting({ offUntil: '2027-05-31' }))).toEqual(['vm-hosting/off-until-unused']);
  });
});

describe('items of hosting', () => {
  it('asks for each of the seven documents of 1.1.1, by echelon III', () => {
    expect(itemsOf(null, hosting())).toEqual(['1.1.1']);
    expect(faultsOf(null, hosting())).toEqual([]);
    expect(classified(null, hosting()).minEchelon).toBe('III');
    for (const missing of TYPES) {
      const documents = documentsOf(TYPES.filter((type) => type !== missing));
      expect(faultsOf(null, hosting({}, { documents }))).toEqual(['catalogue/document-missing']);
    }
  });

  it('is 1.1.2 off, longer off, and on again', () => {
    expect(itemsOf(hosting(), off('2027-05-31'))).toEqual(['1.1.2']);
    expect(itemsOf(off('2027-05-31'), off('2027-12-31'))).toEqual(['1.1.2']);
    expect(itemsOf(off('2027-05-31'), hosting())).toEqual(['1.1.2']);
  });

  it('lets it be off for twelve months and not a day longer, each time anew', () => {
    const today = '2026-11-23';
    expect(faultsOf(hosting(), off('2027-11-23'), { today })).toEqual([]);
    expect(faultsOf(hosting(), off('2027-11-24'), { today })).toEqual(['term/too-long']);
    expect(faultsOf(off('2027-05-31'), off('2028-05-31'), { today })).toEqual([]);
    expect(faultsOf(off('2027-05-31'), off('2028-06-01'), { today })).toEqual(['term/too-long']);
  });

  it('is 1.1.3 by letter only, whether it is on or off', () => {
    const letter = { documents: documentsOf(['letter-head']) };
    expect(itemsOf(hosting(), deleted(letter))).toEqual(['1.1.3']);
    expect(faultsOf(hosting(), deleted(letter))).toEqual([]);
    expect(faultsOf(off('2027-05-31'), deleted(letter))).toEqual([]);
    expect(faultsOf(hosting(), deleted())).toEqual(['catalogue/document-missing']);
    expect(faultsOf(deleted(letter), hosting())).toContain('catalogue/state-unclaimed');
  });

  it('is 1.1.4 for a backup, once it stands', () => {
    expect(itemsOf(hosting(), hosting({ backup: BACKUP }))).toEqual(['1.1.4']);
    expect(faultsOf(hosting(), hosting({ backup: BACKUP }))).toEqual([]);
    expect(faultsOf(null, hosting({ backup: BACKUP }))).toEqual(['vm-hosting/backup-too-early']);
  });

  it.each(['force-majeure', 'negligence', 'data-loss'])('refuses a backup for %s', (cause) => {
    const after = hosting({ backup: { ...BACKUP, cause } });
    expect(faultsOf(hosting(), after)).toEqual(['vm-hosting/backup-cause-refused']);
  });

  it('changes nothing of what it is made of', () => {
    expect(faultsOf(hosting(), hosting({ cores: 8 }))).toEqual(['catalogue/fixed']);
    expect(itemsOf(hosting(), hosting({ purpose: 'Lain' }))).toEqual([]);
    expect(itemsOf(hosting(), hosting({}, { requester: 'djp-pic-lain' }))).toEqual(['1.1.1']);
  });
});

describe('expand() of a hosting', () => {
  it('holds its name back until the machine stands and both tests have passed', () => {
    const [machine, pointer, name] = expand(hosting());
    expect(machine).toMatchObject({ kind: 'machine', key: 'djp-spt', fields: { power: 'on', until: null, cores: 4 } });
    expect(machine?.needs).toBeUndefined();
    expect(pointer?.needs).toBeUndefined();
    expect(name?.needs?.map(idOf)).toEqual([
      'dns-record:PTR 10.8.30.10.in-addr.arpa',
      'machine:djp-spt',
      'work-order:djp/spt#7.1',
      'work-order:djp/spt#7.2',
    ]);
  });

  it('turns the machine off while it is disabled, and keeps name and address', () => {
    const [machine, ...names] = expand(off('2027-05-31'));
    expect(machine?.fields).toMatchObject({ power: 'off', until: null });
    expect(names).toEqual(expand(hosting()).slice(1));
    expect(expand(deleted())).toEqual([]);
  });
});

describe('the work orders of a hosting', () => {
  const ordersOf = (request: ServiceRequest) =>
    workOrdersOf(request, request.state === 'deleted' ? [] : expand(request), {
      offer: offerOf('sc-11-2023', 'vm-hosting'),
      unit,
      calendar: { id: 'wib', zone: 'Asia/Jakarta' },
    });
  const needsOf = (request: ServiceRequest) =>
    ordersOf(request).map((one) => [one.key, ...(one.needs ?? []).map(idOf)].join(' < '));

  it('come one after the other: tests, then the installation behind the name', () => {
    expect(needsOf(hosting())).toEqual([
      'djp/spt#7.1',
      'djp/spt#7.2 < work-order:djp/spt#7.1',
      'djp/spt#1.1.1 < machine:djp-spt < dns-record:PTR 10.8.30.10.in-addr.arpa < dns-record:A spt.djp.contoh.test',
    ]);
  });

  it('tell six components of 7.1, two of 7.2, and the documents by checksum', () => {
    const [vulnerability, stress] = ordersOf(hosting());
    expect(vulnerability?.fields.components).toHaveLength(6);
    expect(vulnerability?.fields.norm).toBe('12 working_day');
    expect(vulnerability?.fields.documents).toContain(`source-code ${'1'.repeat(64)}`);
    expect(stress?.fields.components).toEqual(['concurrent-users', 'response-time']);
    expect(stress?.fields.norm).toBe('10 working_day');
    expect(stress?.fields.details).toContain('spec.load.scenarios=Kirim');
  });

  it('are a backup, at the norm of its item, when one is asked for or all is to go', () => {
    expect(ordersOf(hosting({ backup: BACKUP })).at(-1)).toMatchObject({
      key: 'djp/spt#1.1.4',
      fields: { occasion: BACKUP.requestedAt, norm: '7 working_day', steps: ['backed-up', 'readable', 'handed-over'] },
    });
    expect(ordersOf(deleted())).toMatchObject([{ key: 'djp/spt#1.1.3', fields: { norm: '7 working_day' } }]);
    expect(ordersOf(hosting({ backup: BACKUP }, { state: 'deleted' })).map((one) => one.key)).toEqual([
      'djp/spt#1.1.3',
    ]);
  });
});
