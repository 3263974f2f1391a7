import { type Finding, finding } from '../../core/finding.ts';
import { liveObjects, namedDelete } from '../../core/journal/history.ts';
import type { Planned } from '../../core/plan/plan.ts';
import { checkRails, type Violation } from '../../core/plan/rails.ts';
import { type Change, idOf, type RequestId } from '../../core/resource.ts';
import { rails } from '../../policies/rails.ts';
import { requestFile } from '../requests/folder.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Scope } from './scope.ts';

/** A rail that a plan breaks: what is wrong, and the requests that get no change for it. */
export interface BrokenRail {
  readonly findings: readonly Finding[];
  readonly requests: readonly RequestId[];
}

/** The rails that a plan breaks, with findings at the requests concerned. */
export function brokenRails(planned: Planned, scope: Scope, { policies, options }: Workspace): readonly BrokenRail[] {
  const placeOf = (request: string) =>
    scope.prepared.find((one) => one.request.id === request)?.placed.places.of(['service']) ?? {
      file: requestFile(options.requests, `${request}.yaml`),
      line: 1,
      column: 1,
    };
  const report = (violation: Violation): BrokenRail => {
    if (violation.rail === 'protected') {
      const { change } = violation;
      const at = placeOf(change.request);
      const findings = [finding(policies.messages, 'rails/protected', at, { object: idOf(change) })];
      return { findings, requests: [change.request] };
    }
    const { kind, live, limit, unnamed } = violation;
    const findings = unnamed.map((change) =>
      finding(policies.messages, 'rails/deletes', placeOf(change.request), { object: idOf(change), kind, live, limit }),
    );
    return { findings, requests: unnamed.map((change) => change.request) };
  };
  const digests = new Map(scope.prepared.map(({ request, digest }) => [request.id, digest]));
  const isNamed = (change: Change) =>
    // The end of a term was approved with it, and the journal saw it off for the whole grace.
    planned.orders.get(change.request)?.mode === 'due' ||
    scope.history.namedDeletes.has(namedDelete(change.request, digests.get(change.request) ?? '', idOf(change)));
  return checkRails(planned.plan, rails, liveObjects(scope.history), isNamed).map(report);
}
