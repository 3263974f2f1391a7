import { approve } from '../approve/approve.ts';
import { requestDigest } from '../approve/digest.ts';
import type { Verdict } from '../approve/evidence.ts';
import type { Offer } from '../catalogue/catalogue.ts';
import type { Classification } from '../catalogue/classification.ts';
import { classify } from '../catalogue/classify.ts';
import type { Fulfilled, History } from '../journal/history.ts';
import type { Unit } from '../organisation/organisation.ts';
import type { Policies } from '../policies.ts';
import type { PlacedRequest, ServiceRequest } from '../request.ts';
import type { Service } from '../service.ts';

/** One request with all that git, the catalogue and the journal say of it; no target was asked yet. */
export interface Prepared {
  readonly placed: PlacedRequest;
  readonly request: ServiceRequest;
  readonly offer: Offer;
  readonly service: Service;
  readonly unit: Unit;
  readonly before: Fulfilled | null;
  readonly classification: Classification;
  /** The request digest, which officials approve. */
  readonly digest: string;
  readonly verdict: Verdict;
}

export interface PrepareContext {
  readonly policies: Policies;
  readonly history: History;
  /** ISO date. */
  readonly today: string;
  /** ISO 8601 instant, for one-off acts that must not lie in the future. */
  readonly now: string;
  /** How many creations of the service the same change brings. */
  readonly creates: number;
  readonly author: string | null;
  readonly committers: readonly string[];
}

/**
 * Classifies a valid request against the version last fulfilled, computes its digest and decides on its approvals.
 * @throws Error for a request that was not validated: unknown unit, catalogue or service
 */
export function prepare(placed: PlacedRequest, context: PrepareContext): Prepared {
  const { request } = placed;
  const { policies, history } = context;
  const catalogue = policies.catalogues.get(request.catalogue);
  const offer = catalogue?.offers.get(request.service);
  const service = policies.services.get(request.service);
  const unit = policies.organisation.units.get(request.unit);
  if (!catalogue || !offer || !service || !unit)
    throw new Error(`Cannot prepare '${request.id}': it was not validated`);
  const before = history.fulfilled.get(request.id) ?? null;
  const classification = classify(before?.version ?? null, request, offer, {
    today: context.today,
    now: context.now,
    batch: { creates: context.creates },
    unit,
    places: placed.places,
    messages: policies.messages,
  });
  const digest = requestDigest({
    before: before?.version ?? null,
    after: request,
    serial: before?.serial ?? 0,
    items: classification.ordered.map((one) => one.item.code),
    catalogue: { id: catalogue.id, number: catalogue.number, date: catalogue.date },
    free: offer.free,
  });
  const verdict = approve({
    request,
    classification,
    digest,
    approvals: history.approvals.get(request.id) ?? [],
    author: context.author,
    committers: context.committers,
    organisation: policies.organisation,
    day: context.today,
  });
  return { placed, request, offer, service, unit, before, classification, digest, verdict };
}

/** Whether a request takes over what stands already; only the creation can be that. */
export const isAdopting = ({ request, before }: Prepared): boolean => before === null && request.adopt === true;

/** Whether nothing but an approval keeps a request from being carried out. */
export const isApproved = (prepared: Prepared): boolean => prepared.verdict.state !== 'missing';
