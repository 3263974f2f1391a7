import type { Finding, Messages } from '../finding.ts';
import type { Organisation } from '../organisation/organisation.ts';
import type { RequestId } from '../resource.ts';
import type { Census } from './census.ts';
import type { ChangedFacts, Lookup } from './facts.ts';
import { checkMentions } from './mentions.ts';
import { checkNames } from './names.ts';
import { checkQuotas } from './quotas.ts';
import { checkUses } from './uses.ts';

/**
 * Rules between requests: unique names, names of others and of the own unit, quotas of units, size of address ranges.
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
    ...changed.flatMap((one) => [
      ...checkNames(one, lookup, messages),
      ...checkMentions(one, lookup, messages),
      ...checkUses(one, lookup, messages),
    ]),
    ...[...byUnit].flatMap(([unit, own]) => checkQuotas(unit, () => own, lookup.usage(unit), organisation, messages)),
  ];
}

/**
 * The same over a whole tree, in which every request is looked at as if it were changed.
 * @param recall a request that was counted; asked only for those that may be at fault
 */
export function checkCensus(
  census: Census,
  recall: (id: RequestId) => ChangedFacts,
  organisation: Organisation,
  messages: Messages,
): readonly Finding[] {
  const { lookup } = census;
  const quotas = (unit: string) =>
    checkQuotas(unit, () => census.members(unit).map(recall), lookup.usage(unit), organisation, messages);
  return [
    ...census.contested().flatMap((id) => checkNames(recall(id), lookup, messages)),
    ...census.unvouched().flatMap((id) => checkMentions(recall(id), lookup, messages)),
    ...census.dependent().flatMap((id) => checkUses(recall(id), lookup, messages)),
    ...[...census.units()].flatMap(quotas),
  ];
}
