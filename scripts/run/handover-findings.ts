import { type Finding, finding } from '../../core/finding.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import { idOf, type Observed } from '../../core/resource.ts';
import { HANDOVER_LIFETIME_MS } from '../store/handover.ts';
import type { Workspace } from '../workspace/workspace.ts';

/**
 * First passwords that nobody took: the sealed file has ended, and the account still waits for its first sign-in. A
 * directory cannot let a password end by itself (an account can, and would take its owner with it), so it stands in the
 * account until it is issued anew.
 */
export function expiredHandovers(
  prepared: readonly Prepared[],
  objects: readonly Observed[],
  { store, policies, now }: Workspace,
): readonly Finding[] {
  const waiting = Map.groupBy(
    objects.filter((one) => one.handover !== undefined && one.kind === 'directory-account'),
    (one) => one.owner,
  );
  return prepared.flatMap(({ request, placed }) => {
    const own = waiting.get(request.id) ?? [];
    if (own.length === 0) return [];
    const entries = store.entries(request.unit);
    return own.flatMap((object) => {
      const issued = entries.findLast(
        (one) => one.type === 'outcome' && one.result === 'done' && one.kind === object.kind && one.key === object.key,
      );
      if (issued === undefined || now().getTime() - Date.parse(issued.at) < HANDOVER_LIFETIME_MS) return [];
      return [finding(policies.messages, 'handover/expired', placed.places.of(['spec']), { object: idOf(object) })];
    });
  });
}
