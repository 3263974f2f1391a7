import { approve } from '../approve/approve.ts';
import { requestDigest } from '../approve/digest.ts';
import type { Verdict } from '../approve/evidence.ts';
import type { Offer } from '../catalogue/catalogue.ts';
import type { Classification } from '../catalogue/classification.ts';
import { classify } from '../catalogue/classify.ts';
import type { Accepted, Fulfilled, History } from '../journal/history.ts';
import type { Unit } from '../organisation/organisation.ts';
import type { Policies } from '../policies.ts';
import type { PlacedRequest, ServiceRequest } from '../request.ts';
import type { Service } from '../service.ts';
import { endOf } from '../term/end.ts';
import { nextPhase, phaseOn, type Reached } from '../term/term.ts';

/** One request with all that git, the catalogue and the journal say of it; no target was asked yet. */
export interface Prepared {
  readonly placed: PlacedRequest;
  readonly request: ServiceRequest;
  readonly offer: Offer;
  readonly service: Service;
  readonly unit: Unit;
  readonly before: Fulfilled | null;
  /** The phase that its term has on the day of the run, and since when; `on` where it has no term. */
  readonly term: Reached;
  readonly classification: Classification;
  /** The request digest, which officials approve. */
  readonly digest: string;
  readonly verdict: Verdict;
  /** What was last ordered by it, where it was once approved and complete. */
  readonly accepted?: Accepted;
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
    ...(before?.term ? { reached: before.term } : {}),
  });
  const term = termOn(context.today, request, before, offer);
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
  const order = history.accepted.get(request.id);
  const decided = { classification, digest, verdict, ...(order ? { accepted: order } : {}) };
  return { placed, request, offer, service, unit, before, term, ...decided };
}

/** What was reached counts only under the end that it was reached under: an extended term starts afresh. */
function termOn(today: string, request: ServiceRequest, before: Fulfilled | null, { term }: Offer): Reached {
  const end = endOf(term, request);
  const reached = before !== null && endOf(term, before.version) === end ? before.term : undefined;
  const phase = phaseOn(today, term, end, reached);
  return { phase, since: reached?.phase === phase ? reached.since : today };
}

/** Whether a request takes over what stands already; only the creation can be that. */
export const isAdopting = ({ request, before }: Prepared): boolean => before === null && request.adopt === true;

/** Whether a phase of its term begins, and nothing else is ordered. */
export const isDue = ({ before, term, classification }: Prepared): boolean =>
  before !== null && classification.ordered.length === 0 && (before.term?.phase ?? 'on') !== term.phase;

/**
 * The version that was fulfilled last, where a newer one is not approved: what was approved goes on, so its term ends on
 * its day whatever is asked for meanwhile. Undefined where no phase of it is due.
 */
export function standing(prepared: Prepared, { policies, today }: Pick<PrepareContext, 'policies' | 'today'>) {
  const { before, accepted: _, ...rest } = prepared;
  if (before === null || isApproved(prepared)) return undefined;
  const { version } = before;
  const offer = policies.catalogues.get(version.catalogue)?.offers.get(version.service);
  if (offer === undefined) return undefined;
  const last: Prepared = {
    ...rest,
    before,
    offer,
    request: version,
    term: termOn(today, version, before, offer),
    classification: { request: version.id, ordered: [], minEchelon: null, findings: [] },
    verdict: { state: 'not-needed' },
  };
  return isDue(last) ? last : undefined;
}

/** Whether a phase of a term begins: of the request as it is, or of what was approved before an edit that is not. */
export const hasDuePhase = (prepared: Prepared, context: Pick<PrepareContext, 'policies' | 'today'>): boolean =>
  isDue(prepared) || standing(prepared, context) !== undefined;

/** Whether its term changes phase by a day, that day included. */
export function changesBy(day: string, prepared: Prepared): boolean {
  const { request, offer, term } = prepared;
  const next = nextPhase(offer.term, endOf(offer.term, request), term);
  return isDue(prepared) || (next !== undefined && next.from <= day);
}

/** Whether nothing but an approval keeps a request from being carried out. */
export const isApproved = (prepared: Prepared): boolean => prepared.verdict.state !== 'missing';
