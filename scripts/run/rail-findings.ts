import { type Finding, finding } from '../../core/finding.ts';
import { liveObjects } from '../../core/journal/history.ts';
import type { Planned } from '../../core/plan/plan.ts';
import { checkRails, type Violation } from '../../core/plan/rails.ts';
import { idOf } from '../../core/resource.ts';
import { rails } from '../../policies/rails.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Scope } from './scope.ts';

/** The rails that a plan breaks, as findings at the requests concerned. */
export function railFindings(planned: Planned, scope: Scope, { policies }: Workspace): readonly Finding[] {
  const placeOf = (request: string) =>
    scope.prepared.find((one) => one.request.id === request)?.placed.places.of(['service']) ?? {
      file: `requests/${request}.yaml`,
      line: 1,
      column: 1,
    };
  const report = (violation: Violation): Finding[] => {
    if (violation.rail === 'protected') {
      const { change } = violation;
      return [finding(policies.messages, 'rails/protected', placeOf(change.request), { object: idOf(change) })];
    }
    const { kind, live, limit, unnamed } = violation;
    return unnamed.map((change) =>
      finding(policies.messages, 'rails/deletes', placeOf(change.request), { object: idOf(change), kind, live, limit }),
    );
  };
  return checkRails(planned.plan, rails, liveObjects(scope.history), scope.history.namedDeletes).flatMap(report);
}
