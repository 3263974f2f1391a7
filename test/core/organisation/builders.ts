import type { Organisation, Person, Post, Unit } from '../../../core/organisation/organisation.ts';

export const aPost = (post: Partial<Post> = {}): Post => ({
  unit: 'djp',
  title: 'Kepala Seksi Contoh',
  echelon: 'IV',
  decree: 'KEP-1/KC/2025',
  from: '2025-01-01',
  ...post,
});

export const aPerson = (id: string, person: Partial<Person> = {}): Person => ({
  id,
  name: `Contoh ${id}`,
  units: ['djp'],
  posts: [],
  ...person,
});

export const aUnit = (id: string, unit: Partial<Unit> = {}): Unit => ({
  id,
  name: { id, en: id },
  ou: `OU=${id}`,
  zones: [`${id}.contoh.test`],
  prefix: id,
  quotas: { accounts: 20, addresses: 5 },
  ...unit,
});

export const anOrganisation = (people: readonly Person[], units: readonly Unit[] = [aUnit('djp')]): Organisation => ({
  units: new Map(units.map((unit) => [unit.id, unit])),
  people: new Map(people.map((person) => [person.id, person])),
  teams: new Map(),
});
