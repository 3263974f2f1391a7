import { checkHolds } from '../catalogue/rules.ts';
import type { Finding } from '../finding.ts';
import { loadRequest } from '../load/request.ts';
import type { File } from '../load/yaml.ts';
import type { Policies } from '../policies.ts';
import type { PlacedRequest } from '../request.ts';
import { type Facts, factsOf } from './facts.ts';
import { checkMembership } from './membership.ts';

/** A request file by itself: what it asks, what it means to others, what is wrong with it. */
export interface Examined {
  readonly findings: readonly Finding[];
  /** Present where the file could be read as a request. */
  readonly placed?: PlacedRequest;
  readonly facts?: Facts;
}

/** Validates one file by all rules that need no other request: text, schema, names, holds, membership. */
export function examine(file: File, policies: Policies): Examined {
  const { request, places, findings } = loadRequest(file, policies);
  const offer = request && policies.catalogues.get(request.catalogue)?.offers.get(request.service);
  const service = request && policies.services.get(request.service);
  const unit = request && policies.organisation.units.get(request.unit);
  if (!offer || !service || !unit) return { findings };
  const { messages, organisation, environment } = policies;
  const placed = { request, places };
  const holds = checkHolds(request, offer, { unit, messages, places });
  return {
    findings: [...findings, ...holds, ...checkMembership(placed, [], organisation, messages)],
    placed,
    facts: factsOf(request, file.path, service, environment),
  };
}
