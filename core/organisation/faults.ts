import type { Values } from '../finding.ts';
import type { Path } from '../request.ts';
import { addressNumber } from './range.ts';
import type { PeopleFile, TeamsFile, UnitsFile } from './schema.ts';

/** Something wrong at a path of a file, before it has words and a place. */
export interface PathFault {
  readonly code: string;
  readonly path: Path;
  readonly values: Values;
}

/** What only shows once all units are known: parents, ranges, and what must point to one unit. */
export function unitFaults(units: UnitsFile): readonly PathFault[] {
  const all = Object.entries(units);
  return [
    ...all.flatMap(([id, { parent }]) => parentFaults(id, parent, units)),
    ...rangeFaults(units),
    ...repeated(
      'ou',
      all.map(([id, unit]) => ({ id, path: [id, 'ou'], value: unit.ou })),
    ),
    ...repeated(
      'prefix',
      all.map(([id, unit]) => ({ id, path: [id, 'prefix'], value: unit.prefix })),
    ),
    ...repeated(
      'zone',
      all.flatMap(([id, { zones }]) => zones.map((value, i) => ({ id, path: [id, 'zones', i], value }))),
    ),
  ];
}

/** What only shows once people and units are known: units that do not exist, posts, logins and keys. */
export function peopleFaults(people: PeopleFile, units: UnitsFile): readonly PathFault[] {
  const all = Object.entries(people);
  const keysOf = (field: 'github' | 'ageKey') =>
    all.flatMap(([id, person]) => {
      const value = person[field];
      return value === undefined ? [] : [{ id, path: [id, field], value: value.toLowerCase() }];
    });
  return [
    ...all.flatMap(([id, person]) => [
      ...person.units.flatMap((unit, i) => unknownUnit(unit, [id, 'units', i], units)),
      ...person.posts.flatMap((post, i) => [
        ...unknownUnit(post.unit, [id, 'posts', i, 'unit'], units),
        ...postFaults(post, [id, 'posts', i]),
      ]),
    ]),
    ...repeated('github', keysOf('github')),
    ...repeated('ageKey', keysOf('ageKey')),
  ];
}

/** What only shows once people are known: members that do not exist, and those on duty who are no members. */
export function teamFaults(teams: TeamsFile, people: PeopleFile): readonly PathFault[] {
  return Object.entries(teams).flatMap(([id, { members, duty }]) => [
    ...members.flatMap((person, i) =>
      Object.hasOwn(people, person)
        ? []
        : [{ code: 'organisation/unknown-person', path: [id, 'members', i], values: { person } }],
    ),
    ...Object.entries(duty).flatMap(([day, list = []]) =>
      list
        .filter((person) => !members.includes(person))
        .map((person) => ({
          code: 'organisation/duty-no-member',
          path: [id, 'duty', day],
          values: { person, team: id },
        })),
    ),
  ]);
}

const unknownUnit = (unit: string, path: Path, units: UnitsFile): readonly PathFault[] =>
  Object.hasOwn(units, unit) ? [] : [{ code: 'organisation/unknown-unit', path, values: { unit } }];

function parentFaults(id: string, parent: string | undefined, units: UnitsFile): readonly PathFault[] {
  const path = [id, 'parent'];
  if (parent === undefined) return [];
  if (!Object.hasOwn(units, parent)) return unknownUnit(parent, path, units);
  const above = new Set<string>();
  for (let up: string | undefined = parent; up !== undefined && !above.has(up); up = units[up]?.parent) above.add(up);
  return above.has(id) ? [{ code: 'organisation/parent-circle', path, values: { unit: id } }] : [];
}

/** Sorted by their start, ranges overlap exactly where one starts before the furthest end so far. */
function rangeFaults(units: UnitsFile): readonly PathFault[] {
  const faults: PathFault[] = [];
  const ranges = Object.entries(units).flatMap(([id, { addresses }]) => {
    if (addresses === undefined) return [];
    const [first, last] = [addressNumber(addresses.first), addressNumber(addresses.last)];
    if (first !== null && last !== null && first <= last) return [{ id, first, last }];
    const range = `${addresses.first} - ${addresses.last}`;
    faults.push({ code: 'organisation/bad-range', path: [id, 'addresses'], values: { range } });
    return [];
  });
  let furthest: (typeof ranges)[number] | undefined;
  for (const range of ranges.toSorted((a, b) => a.first - b.first)) {
    if (furthest !== undefined && range.first <= furthest.last) {
      const values = { unit: range.id, other: furthest.id };
      faults.push({ code: 'organisation/overlapping-range', path: [range.id, 'addresses'], values });
    }
    if (furthest === undefined || range.last > furthest.last) furthest = range;
  }
  return faults;
}

function postFaults(post: PeopleFile[string]['posts'][number], path: Path): readonly PathFault[] {
  const { from, until } = post;
  if (until === undefined) {
    return post.acting ? [{ code: 'organisation/acting-without-end', path, values: {} }] : [];
  }
  if (until >= from) return [];
  return [{ code: 'organisation/post-ends-before-start', path: [...path, 'until'], values: { from, until } }];
}

/** Values that two share: each later one is at fault and names the first. */
function repeated(
  what: string,
  all: readonly { readonly id: string; readonly path: Path; readonly value: string }[],
): readonly PathFault[] {
  const first = new Map<string, string>();
  return all.flatMap(({ id, path, value }) => {
    const other = first.get(value);
    if (other === undefined) first.set(value, id);
    return other === undefined ? [] : [{ code: 'organisation/not-unique', path, values: { what, value, other } }];
  });
}
