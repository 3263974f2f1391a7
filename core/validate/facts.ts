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
  /** Names of others that it needs; absent where there are none. */
  readonly mentions?: Facts['claims'];
  /** Names that a request of the same unit must claim; absent where there are none. */
  readonly uses?: Facts['claims'];
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
  service: Pick<Service, 'claims' | 'mentions' | 'uses' | 'usage'>,
  environment: Environment,
): Facts => {
  const mentions = service.mentions?.(request) ?? [];
  const uses = service.uses?.(request) ?? [];
  return {
    id: request.id,
    unit: request.unit,
    file,
    claims: service.claims(request, environment),
    usage: service.usage(request),
    ...(request.batch === undefined ? {} : { batch: request.batch }),
    ...(mentions.length === 0 ? {} : { mentions }),
    ...(uses.length === 0 ? {} : { uses }),
  };
};

/**
 * Answers about all requests of the tree as it is after the change, the changed ones included. Backed by the index of
 * requests, so that one changed file among 100,000 costs a few look-ups; or by a census of all of them.
 */
export interface Lookup {
  /** The requests that claim a name: the first two by id, for two are enough to name each other. */
  claimants(name: string): readonly Claimant[];
  /** Sum of the use of a unit's requests, by quota key. */
  usage(unit: string): Readonly<Record<string, number>>;
  /** How many requests of a unit belong to a collective order. */
  batch(unit: string, batch: string): number;
}
