import type { Places, ServiceRequest } from '../request.ts';
import type { RequestId } from '../resource.ts';
import type { Environment, Service } from '../service.ts';

/** What one request means to others: small enough to keep for every request of a repository. */
export interface Facts {
  readonly id: RequestId;
  readonly unit: string;
  readonly file: string;
  /** Names that no other request may claim, each with its dotted path: `spec.aliases.0`. */
  readonly claims: readonly { readonly name: string; readonly at: string }[];
  /** Use of the unit's quotas, by quota key. */
  readonly usage: Readonly<Record<string, number>>;
  /** The collective order that it belongs to. */
  readonly batch?: string;
}

/** A request that this change adds or edits, with the places of its values. */
export interface ChangedFacts {
  readonly facts: Facts;
  readonly places: Places;
}

/** What is known of a request that claims a name. */
export type Claimant = Pick<Facts, 'id' | 'file' | 'claims'>;

/** The facts of a request, as its service tells them. */
export const factsOf = (
  request: ServiceRequest,
  file: string,
  service: Pick<Service, 'claims' | 'usage'>,
  environment: Environment,
): Facts => ({
  id: request.id,
  unit: request.unit,
  file,
  claims: service.claims(request, environment),
  usage: service.usage(request),
  ...(request.batch === undefined ? {} : { batch: request.batch }),
});

/**
 * Answers about all requests of the tree as it is after the change, the changed ones included. Backed by the index of
 * requests, so that one changed file among 100,000 costs a few look-ups; or by a map, see `lookupOf`.
 */
export interface Lookup {
  /** The requests that claim a name: the first two by id, for two are enough to name each other. */
  claimants(name: string): readonly Claimant[];
  /** Sum of the use of a unit's requests, by quota key. */
  usage(unit: string): Readonly<Record<string, number>>;
  /** How many requests of a unit belong to a collective order. */
  batch(unit: string, batch: string): number;
}

/** The two smallest by id, with one more; a request that claims a name twice is one claimant. */
function firstTwo(kept: Facts | readonly Facts[], one: Facts): Facts | readonly Facts[] {
  const all = Array.isArray(kept) ? (kept as readonly Facts[]) : [kept as Facts];
  return all.includes(one) ? kept : [...all, one].toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, 2);
}

/** A lookup over facts at hand. */
export function lookupOf(all: Iterable<Facts>): Lookup {
  // Nearly every name has one claimant: no list is made for it.
  const claimants = new Map<string, Facts | readonly Facts[]>();
  const usage = new Map<string, Record<string, number>>();
  const batches = new Map<string, number>();
  for (const facts of all) {
    for (const { name } of facts.claims) {
      const kept = claimants.get(name);
      claimants.set(name, kept === undefined ? facts : firstTwo(kept, facts));
    }
    let total = usage.get(facts.unit);
    if (total === undefined) {
      total = {};
      usage.set(facts.unit, total);
    }
    for (const key in facts.usage) total[key] = (total[key] ?? 0) + (facts.usage[key] ?? 0);
    if (facts.batch === undefined) continue;
    const batch = `${facts.unit}/${facts.batch}`;
    batches.set(batch, (batches.get(batch) ?? 0) + 1);
  }
  return {
    claimants(name) {
      const kept = claimants.get(name);
      if (kept === undefined) return [];
      return Array.isArray(kept) ? kept : [kept as Facts];
    },
    usage: (unit) => usage.get(unit) ?? {},
    batch: (unit, batch) => batches.get(`${unit}/${batch}`) ?? 0,
  };
}
