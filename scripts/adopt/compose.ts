import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Offer } from '../../core/catalogue/catalogue.ts';
import { slugged } from '../../core/load/path.ts';
import type { Unit } from '../../core/organisation/organisation.ts';
import { chooseAddresses } from '../../core/plan/addresses.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { RequestId, Resource } from '../../core/resource.ts';
import type { Service } from '../../core/service.ts';
import { examine } from '../../core/validate/examine.ts';
import type { Lookup } from '../../core/validate/facts.ts';
import { requestText } from '../sheet/request-text.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Proposal, Refusal } from './proposal.ts';

/** What all request files of one run share. */
export interface Envelope {
  readonly unit: Unit;
  readonly offer: Offer;
  readonly service: Service;
  readonly requester: string;
  readonly batch: string;
}

/** A request file that the schema takes, with what it stands for. */
export interface Composed {
  readonly proposal: Proposal;
  readonly request: RequestId;
  readonly file: string;
  readonly text: string;
  readonly resources: readonly Resource[];
}

const LONGEST_STEM = 58;

/** Names files of one run: after the object, with a number where another file has that name. */
function fileNames(requests: string, unit: string): (stem: string) => string {
  const taken = new Set<string>();
  const isFree = (name: string) => !taken.has(name) && !existsSync(join(requests, unit, `${name}.yaml`));
  return (stem) => {
    const base = slugged(stem).slice(0, LONGEST_STEM).replace(/-$/, '');
    let name = base;
    for (let number = 2; !isFree(name); number++) name = `${base}-${number}`;
    taken.add(name);
    return name;
  };
}

/**
 * Makes request files of proposals: each is held against the rules of a new request, and claims no name that another
 * request has. Nothing is written.
 * @param others all request files that there are
 */
export function composer(envelope: Envelope, others: Lookup, workspace: Workspace) {
  const { unit, requester, batch, offer } = envelope;
  const { options, policies } = workspace;
  const nameOf = fileNames(options.requests, unit.id);
  const claimed = new Map<string, RequestId>();
  return (proposal: Proposal): Composed | Refusal => {
    const { main, stem, service, title, state, spec } = proposal;
    const name = nameOf(stem);
    const file = join(options.requests, unit.id, `${name}.yaml`);
    const stateOf = state === 'active' ? {} : { state };
    const text = requestText({
      catalogue: offer.catalogue,
      service,
      title,
      requester,
      ...stateOf,
      batch,
      adopt: true,
      spec,
    });
    const { placed, facts, findings } = examine({ path: file, bytes: new TextEncoder().encode(text) }, policies);
    const fault = findings.find((one) => one.severity === 'error');
    if (fault || !placed || !facts)
      return { main, code: 'adopt/cannot-say', values: { reason: fault?.message ?? '' }, detail: fault?.code ?? '' };
    for (const claim of facts.claims) {
      const other = others.claimants(claim.name)[0]?.id ?? claimed.get(claim.name);
      if (other !== undefined) return { main, code: 'adopt/claimed', values: { request: other } };
    }
    for (const claim of facts.claims) claimed.set(claim.name, facts.id);
    const resources = resourcesOf(placed.request, proposal, envelope, workspace);
    if (resources === undefined) return { main, code: 'adopt/no-address', values: { unit: unit.id } };
    return { proposal, request: facts.id, file, text, resources };
  };
}

/** What the request stands for, with the address that its name has; undefined where that is none of the unit's. */
function resourcesOf(
  request: ServiceRequest,
  { objects }: Proposal,
  { unit, offer, service }: Envelope,
  { policies, today }: Workspace,
): readonly Resource[] | undefined {
  const pools = service.pools(request, unit);
  const reading = { objects, unread: [], pools: [] };
  const addresses = chooseAddresses([{ request: request.id, pools, adopts: true }], reading).get(request.id) ?? {};
  if (pools.some((pool) => pool.type === 'addresses' && addresses[pool.key] === undefined)) return undefined;
  const { environment } = policies;
  return service.expand(request, [], { today, phase: 'on', unit, figures: offer.figures, environment, addresses });
}
