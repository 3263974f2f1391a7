import type { Finding } from '../../core/finding.ts';
import { planRequests } from '../../core/plan/plan.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import { readAll } from '../../core/plan/read.ts';
import { idOf, type RequestId } from '../../core/resource.ts';
import { approvalBy } from '../run/approvals.ts';
import { withUnits } from '../run/locked.ts';
import { planContext } from '../run/plan-context.ts';
import { type Run, run } from '../run/run.ts';
import { openScope, type Scope } from '../run/scope.ts';
import { targetsOf } from '../run/targets.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** One official's signature in the demonstration. */
export interface Signature {
  readonly request: RequestId;
  readonly by: string;
  /** Who attested the official's letter, where there is one. */
  readonly attestedBy?: string;
}

const unitsOf = (scope: Scope): string[] => scope.all.map(({ request }) => request.unit);

/**
 * Gives every request that lacks one the approval that its catalogue asks for: on the sandbox the nearest official who
 * may signs at once, and the service desk attests letters. Elsewhere nothing of the kind exists.
 */
export async function signAll(workspace: Workspace): Promise<{ scope: Scope; signatures: readonly Signature[] }> {
  const scope = openScope(workspace, { names: [], ordering: true });
  const deletes = await plannedDeletes(scope, workspace);
  const signatures: Signature[] = [];
  await withUnits(
    workspace.store,
    unitsOf(scope),
    () => {},
    async (journals) => {
      for (const prepared of scope.prepared) {
        const person = signer(prepared, workspace);
        if (person === undefined) continue;
        const approval = approvalBy(person, prepared, workspace);
        const { id, unit } = prepared.request;
        const named = deletes.get(id);
        journals.get(unit)?.append({ type: 'approved', request: id, approval, ...(named ? { deletes: named } : {}) });
        const name = (person: string) => workspace.policies.organisation.people.get(person)?.name ?? person;
        const { letterAttestedBy: attester } = approval;
        signatures.push({ request: id, by: name(approval.by), ...(attester ? { attestedBy: name(attester) } : {}) });
      }
    },
  );
  return { scope, signatures };
}

function signer({ verdict, request }: Prepared, { policies }: Workspace): string | undefined {
  if (verdict.state !== 'missing') return undefined;
  if (request.approval === undefined) return verdict.needs.candidates[0]?.id;
  return [...policies.organisation.people.values()].find((person) => person.serviceDesk)?.id;
}

/** Objects that the plan deletes, by request: the official names each of them. */
async function plannedDeletes(scope: Scope, workspace: Workspace): Promise<ReadonlyMap<RequestId, readonly string[]>> {
  const targets = await targetsOf(workspace, scope.all);
  try {
    const context = planContext(scope, workspace, readAll(targets.provisioners));
    const { plan, reading, orders, resources } = await planRequests(scope.prepared, context);
    const wanted = new Set(resources.map(idOf));
    const held = new Set(plan.held.filter((one) => one.reason === 'needs').map(idOf));
    // Those too that wait for something, such as a backup, are part of what is approved.
    const waiting = reading.objects
      .filter(
        (one) => held.has(idOf(one)) && !wanted.has(idOf(one)) && orders.get(one.owner ?? '')?.deletes.has(one.kind),
      )
      .map((one) => ({ ...one, request: one.owner ?? '' }));
    const deletes = Map.groupBy(
      [...plan.changes.filter((change) => change.action === 'delete'), ...waiting],
      (one) => one.request,
    );
    return new Map([...deletes].map(([request, list]) => [request, list.map(idOf)]));
  } finally {
    await targets.close();
  }
}

/** Applies all that is approved, once. */
export async function applyAll(
  workspace: Workspace,
): Promise<Run & { readonly scope: Scope; readonly faults: readonly Finding[] }> {
  const first = openScope(workspace, { names: [], ordering: false });
  return withUnits(
    workspace.store,
    unitsOf(first),
    () => {},
    async (journals) => {
      const scope = openScope(workspace, { names: [], ordering: false });
      const targets = await targetsOf(workspace, scope.all);
      try {
        const result = await run(workspace, { scope, targets, journals });
        return { ...result, scope, faults: [...scope.findings, ...result.findings] };
      } finally {
        await targets.close();
      }
    },
  );
}
