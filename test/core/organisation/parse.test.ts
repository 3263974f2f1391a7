import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseEnvironment, parseOrganisation } from '../../../core/organisation/parse.ts';
import { projectMessages } from '../validate/messages.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const own = (path: string) => ({ path, bytes: readFileSync(new URL(`../../../${path}`, import.meta.url)) });

const unit = (lines = '') =>
  `name: { id: Unit, en: Unit }, ou: OU=A, zones: [a.contoh.test], prefix: aa, quotas: {}${lines}`;
const UNITS = `djp: { ${unit()} }\n`;
const PEOPLE = 'budi:\n  name: Contoh Budi\n  units: [djp]\n  posts: []\n';

const parse = (units: string, people = PEOPLE, teams = '{}') =>
  parseOrganisation(
    {
      units: { path: 'units.yaml', bytes: bytes(units) },
      people: { path: 'people.yaml', bytes: bytes(people) },
      teams: { path: 'teams.yaml', bytes: bytes(teams) },
    },
    projectMessages,
  );
const faults = (units: string, people?: string, teams?: string) => {
  const parsed = parse(units, people, teams);
  return 'findings' in parsed ? parsed.findings.map((one) => `${one.file}:${one.line}:${one.column} ${one.code}`) : [];
};
/** `line:column` of the last place where a part stands. */
const placeOf = (text: string, part: string) => {
  const lines = text.slice(0, text.lastIndexOf(part)).split('\n');
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
};
const codes = (found: readonly string[]) => found.map((one) => one.split(' ')[1]);
const NOBODY = PEOPLE.replace('[djp]', '[]');
const second = (text: string) => text.replace('OU=A', 'OU=B').replace('aa', 'bb').replace('[a.', '[b.');
const post = (members: string) => PEOPLE.replace('posts: []', `posts:\n    - { title: Kepala, ${members} }`);

describe('parseOrganisation()', () => {
  it('reads the sample ministry', () => {
    const parsed = parseOrganisation(
      {
        units: own('policies/organisation/units.yaml'),
        people: own('policies/organisation/people.yaml'),
        teams: own('policies/organisation/teams.yaml'),
      },
      projectMessages,
    );
    if ('findings' in parsed) throw new Error(parsed.findings.map((one) => one.message.en).join('\n'));
    const { units, people } = parsed.value;
    expect(units.size).toBeGreaterThanOrEqual(7);
    expect(people.get('djp-pic-aplikasi')).toMatchObject({ id: 'djp-pic-aplikasi', units: ['djp', 'djp-timur'] });
    for (const id of units.keys()) {
      expect([...people.values()].filter((one) => one.posts.length === 0 && one.units.includes(id))).not.toEqual([]);
      expect([...people.values()].some((one) => one.posts.some((held) => held.unit === id))).toBe(true);
    }
    expect([...people.values()].filter((one) => one.serviceDesk)).toHaveLength(1);
    expect([...people.values()].some((one) => one.posts.some((held) => held.acting))).toBe(true);
  });

  it('accepts the smallest organisation', () => {
    expect(faults(UNITS)).toEqual([]);
  });

  it('knows teams with who of them is on duty', () => {
    const team = 'name: { id: Tim, en: Team }, members: [budi], duty: { friday: [budi] }';
    const parsed = parse(UNITS, PEOPLE, `uji: { ${team} }`);
    expect(parsed).toHaveProperty('value.teams', new Map([['uji', expect.objectContaining({ id: 'uji' })]]));
    const stranger = team.replace('members: [budi]', 'members: [siti]');
    expect(codes(faults(UNITS, PEOPLE, `uji: { ${stranger} }`))).toEqual([
      'organisation/unknown-person',
      'organisation/duty-no-member',
    ]);
  });

  it.each([
    ['a parent that is no unit', `djp: { ${unit(', parent: djx')} }`, 'djx', 'unknown-unit'],
    ['a parent that is itself', `djp: { ${unit(', parent: djp')} }`, 'djp }', 'parent-circle'],
    [
      'a range that falls',
      `djp: { ${unit(', addresses: { first: 10.0.0.9, last: 10.0.0.1 }')} }`,
      '{ first',
      'bad-range',
    ],
    [
      'a range of no address',
      `djp: { ${unit(', addresses: { first: 10.0.0.256, last: 10.0.1.1 }')} }`,
      '{ first',
      'bad-range',
    ],
    ['a negative quota', UNITS.replace('quotas: {}', 'quotas: { accounts: -1 }'), '-1', 'bad-file'],
    ['a zone that is no name', UNITS.replace('a.contoh', 'A_.contoh'), 'A_.contoh', 'bad-file'],
  ])('refuses %s, at its place', (_, units, part, code) => {
    expect(faults(units)).toEqual([
      `units.yaml:${placeOf(units, part)} ${code === 'bad-file' ? 'policy' : 'organisation'}/${code}`,
    ]);
  });

  it('refuses parents that run in a circle of two', () => {
    const units = `a: { ${unit(', parent: b')} }\nb: { ${second(unit(', parent: a'))} }`;
    expect(codes(faults(units, NOBODY))).toEqual(['organisation/parent-circle', 'organisation/parent-circle']);
  });

  it.each([
    ['10.0.0.9', true],
    ['10.0.0.10', true],
    ['10.0.0.11', false],
  ])('refuses ranges of two units that overlap: one up to 10.0.0.10, one from %s', (first, overlaps) => {
    const range = (from: string, to: string) => unit(`, addresses: { first: ${from}, last: ${to} }`);
    const units = `a: { ${range('10.0.0.1', '10.0.0.10')} }\nb: { ${second(range(first, '10.0.0.20'))} }`;
    expect(codes(faults(units, NOBODY))).toEqual(overlaps ? ['organisation/overlapping-range'] : []);
  });

  it('finds an overlap with a long range that started much earlier', () => {
    const range = (from: string, to: string) => unit(`, addresses: { first: ${from}, last: ${to} }`);
    const third = (text: string) => text.replace('OU=A', 'OU=C').replace('aa', 'cc').replace('[a.', '[c.');
    const units = `a: { ${range('10.0.0.1', '10.0.0.99')} }\nb: { ${second(range('10.0.0.5', '10.0.0.6'))} }\nc: { ${third(range('10.0.0.50', '10.0.0.60'))} }`;
    expect(codes(faults(units, NOBODY))).toHaveLength(2);
  });

  it('refuses units that share an organisational unit, a zone or a prefix', () => {
    const found = faults(`a: { ${unit()} }\nb: { ${unit()} }`, NOBODY);
    expect(found).toHaveLength(3);
    expect(found.every((one) => one.startsWith('units.yaml:2:') && one.endsWith('organisation/not-unique'))).toBe(true);
  });

  it.each([
    ['a post in an unknown unit', 'unit: djx, echelon: IV, decree: KEP-1, from: 2025-01-01', 'djx', 'unknown-unit'],
    ['a post without decree', 'unit: djp, echelon: IV, from: 2025-01-01', '{ title', 'bad-file'],
    ['an unknown echelon', 'unit: djp, echelon: V, decree: KEP-1, from: 2025-01-01', 'V,', 'bad-file'],
    ['a day that does not exist', 'unit: djp, echelon: IV, decree: KEP-1, from: 2025-02-29', '2025-02-29', 'bad-file'],
    [
      'a post that ends before it starts',
      'unit: djp, echelon: IV, decree: KEP-1, from: 2025-01-02, until: 2025-01-01',
      '2025-01-01',
      'post-ends-before-start',
    ],
    [
      'an acting post without end',
      'unit: djp, echelon: IV, decree: KEP-1, from: 2025-01-01, acting: true',
      '{ title',
      'acting-without-end',
    ],
  ])('refuses %s', (_, members, part, code) => {
    const people = post(members);
    expect(faults(UNITS, people)).toEqual([
      `people.yaml:${placeOf(people, part)} ${code === 'bad-file' ? 'policy' : 'organisation'}/${code}`,
    ]);
  });

  it('lets a post last one day', () => {
    const oneDay = 'unit: djp, echelon: IV, decree: KEP-1, from: 2025-01-02, until: 2025-01-02';
    expect(faults(UNITS, post(oneDay))).toEqual([]);
  });

  it('refuses two people with one GitHub login, whatever its case', () => {
    const two = `${PEOPLE}  github: Contoh-B\n${PEOPLE.replace('budi', 'sari')}  github: contoh-b\n`;
    expect(faults(UNITS, two)).toEqual([`people.yaml:${placeOf(two, 'contoh-b')} organisation/not-unique`]);
  });

  it('refuses unknown fields and a person of an unknown unit', () => {
    expect(faults(UNITS, `${PEOPLE}  admin: true\n`)).toEqual(['people.yaml:2:3 policy/bad-file']);
    expect(faults(UNITS, PEOPLE.replace('[djp]', '[djx]'))).toEqual(['people.yaml:3:11 organisation/unknown-unit']);
  });
});

describe('parseEnvironment()', () => {
  it.each(['sandbox', 'production.example'])('reads policies/environments/%s.yaml', (name) => {
    expect(parseEnvironment(own(`policies/environments/${name}.yaml`), projectMessages)).toHaveProperty('value');
  });

  it('refuses a secret or any other unknown field', () => {
    const sandbox = own('policies/environments/sandbox.yaml');
    const text = new TextDecoder().decode(sandbox.bytes).replace('dns:', 'password: rahasia\ndns:');
    expect(parseEnvironment({ ...sandbox, bytes: bytes(text) }, projectMessages)).toHaveProperty('findings');
  });
});
