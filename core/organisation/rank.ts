import { ECHELONS, type Echelon, type Organisation, type Person, type Post } from './organisation.ts';

/** Whether a rank is at least as high as another; I is the highest. */
export const reaches = (rank: Echelon, lowest: Echelon): boolean => ECHELONS.indexOf(rank) <= ECHELONS.indexOf(lowest);

/** Posts that a person holds on a day (ISO date), acting ones included, the highest first. */
export function ranksOn(person: Person, day: string): readonly Post[] {
  return person.posts
    .filter((post) => post.from <= day && (post.until === undefined || day <= post.until))
    .toSorted((a, b) => ECHELONS.indexOf(a.echelon) - ECHELONS.indexOf(b.echelon));
}

/** A unit and every unit above it, from below. Ends also where the parents run in a circle or are unknown. */
export function lineOf(unit: string, organisation: Organisation): readonly string[] {
  const line: string[] = [];
  for (let id: string | undefined = unit; id !== undefined && !line.includes(id); ) {
    line.push(id);
    id = organisation.units.get(id)?.parent;
  }
  return line;
}

/** The post by which a person decides for a unit on a day: of that rank at least, in the unit or in one above it. */
export function superiorPost(
  person: Person,
  at: { readonly unit: string; readonly day: string; readonly minEchelon: Echelon },
  organisation: Organisation,
): Post | undefined {
  const line = lineOf(at.unit, organisation);
  return ranksOn(person, at.day).find((post) => line.includes(post.unit) && reaches(post.echelon, at.minEchelon));
}
