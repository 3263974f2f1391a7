import type { Finding } from '../finding.ts';
import type { ServiceRequest } from '../request.ts';
import type { Offer, Rule } from './catalogue.ts';
import { compile, type Variables } from './cel.ts';
import { type CheckContext, findingAt } from './context.ts';

/** Findings of the rules that are false. */
export function checkRules(
  rules: readonly Rule[],
  request: ServiceRequest,
  variables: Variables,
  context: CheckContext,
  item = '',
): Finding[] {
  const broken = rules.filter((rule) => !compile(rule.check)(variables));
  if (broken.length === 0) return [];
  const { unit } = context;
  const values = { item, catalogue: request.catalogue, unit: unit.id, zones: unit.zones.join(', ') };
  return broken.map((rule) => findingAt(request, rule.at, rule.code, context, values));
}

/** Holds are checked on every live request, always: what was approved must still make sense. */
export function checkHolds(request: ServiceRequest, offer: Offer, context: CheckContext): readonly Finding[] {
  if (request.state === 'deleted') return [];
  return checkRules(offer.holds, request, { after: request, figures: offer.figures, unit: context.unit }, context);
}
