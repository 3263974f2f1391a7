import type { Finding, Messages } from '../finding.ts';
import type { Organisation } from '../organisation/organisation.ts';
import type { ChangedFacts, Lookup } from './facts.ts';
import { checkNames } from './names.ts';
import { checkQuotas } from './quotas.ts';

/**
 * Rules between requests: unique names, quotas of units, size of address ranges.
 * @param lookup stands on the tree after the change, the changed requests included
 * @returns findings at places of the changed requests
 */
export function checkCross(
  changed: readonly ChangedFacts[],
  lookup: Lookup,
  organisation: Organisation,
  messages: Messages,
): readonly Finding[] {
  const byUnit = Map.groupBy(changed, ({ facts }) => facts.unit);
  return [
    ...changed.flatMap((one) => checkNames(one, lookup, messages)),
    ...[...byUnit].flatMap(([unit, own]) => checkQuotas(unit, own, lookup.usage(unit), organisation, messages)),
  ];
}
