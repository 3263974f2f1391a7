import { type Finding, finding, type Messages } from '../finding.ts';
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
  const at = places.of(['requester']);
  const outside = (id: string) => organisation.people.get(id)?.units.includes(request.unit) !== true;
  const belongs = organisation.people.get(request.requester)?.units ?? [];
  return [
    ...(organisation.people.has(request.requester) && outside(request.requester)
      ? [
          finding(messages, 'cross/requester-outside-unit', at, {
            person: request.requester,
            unit: request.unit,
            belongs: belongs.join(', ') || '-',
          }),
        ]
      : []),
    ...[...new Set(actors)]
      .filter(outside)
      .map((person) => finding(messages, 'cross/author-outside-unit', at, { person, unit: request.unit })),
  ];
}
