import type { History } from '../journal/history.ts';
import type { Policies } from '../policies.ts';
import type { ServiceRequest } from '../request.ts';
import type { RequestId } from '../resource.ts';
import { plusDays } from '../term/day.ts';
import { endOf } from '../term/end.ts';
import { type Amounts, amountsOfUsage, sum } from './amounts.ts';
import type { Supply } from './room.ts';

/** What a plan of some requests must know of all the others. */
export interface SupplyInput {
  /** All valid requests that are merged. */
  readonly all: readonly ServiceRequest[];
  /** Those of the run, of which the plan itself reckons what they take. */
  readonly planned: ReadonlySet<RequestId>;
  readonly history: Pick<History, 'fulfilled'>;
  readonly policies: Policies;
  /** ISO date. */
  readonly today: string;
}

/** What merged requests will take, and what terms that end soon will give back. */
export function supplyOf({ all, planned, history, policies, today }: SupplyInput): Supply {
  const { freePercent, soonDays } = policies.environment.capacity;
  const usage = (request: ServiceRequest): Amounts =>
    amountsOfUsage(policies.services.get(request.service)?.usage(request) ?? {});
  const pending = all.filter(({ id }) => !planned.has(id) && !history.fulfilled.has(id));
  const soon = plusDays(today, soonDays);
  const ending = [...history.fulfilled.values()]
    .filter(({ term }) => term?.phase !== 'absent')
    .map(({ version }) => version)
    .filter((version) => {
      const offer = policies.catalogues.get(version.catalogue)?.offers.get(version.service);
      const end = endOf(offer?.term, version);
      return end !== undefined && end <= soon;
    });
  return { freePercent, pending: sum(pending.map(usage)), endingSoon: sum(ending.map(usage)) };
}
