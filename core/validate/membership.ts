import { type Finding, finding, type Messages, type Values } from '../finding.ts';
import type { Organisation } from '../organisation/organisation.ts';
import type { PlacedRequest } from '../request.ts';

/**
 * A person may only change requests of the units they belong to (design: the unit is the folder, never a field). The
 * requester is always checked; author and committers where the run knows them.
 */
export function checkMembership(
  { request, places }: PlacedRequest,
  actors: readonly string[],
  organisation: Organisation,
  messages: Messages,
): readonly Finding[] {
  const { requester, unit } = request;
  const isOutside = (id: string) => organisation.people.get(id)?.units.includes(unit) !== true;
  const report = (code: string, values: Values) => finding(messages, code, places.of(['requester']), values);
  const findings: Finding[] = [];
  if (organisation.people.has(requester) && isOutside(requester)) {
    const belongs = organisation.people.get(requester)?.units ?? [];
    findings.push(
      report('cross/requester-outside-unit', { person: requester, unit, belongs: belongs.join(', ') || '-' }),
    );
  }
  for (const person of new Set(actors))
    if (isOutside(person)) findings.push(report('cross/author-outside-unit', { person, unit }));
  return findings;
}
