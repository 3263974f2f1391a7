import { type Planned, planRequests } from '../../core/plan/plan.ts';
import { merged, readAll } from '../../core/plan/read.ts';
import { poolsToTell, unitReading } from '../../core/reading/publish.ts';
import type { UnitReading } from '../../core/reading/published.ts';
import type { Targets } from '../../provisioners/index.ts';
import { planContext } from '../run/plan-context.ts';
import type { Scope } from '../run/scope.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Reads what a unit's requests own, and what is free in its pools, in the form in which it is published. */
export async function readUnit(
  unit: string,
  scope: Scope,
  targets: Targets,
  workspace: Workspace,
): Promise<{ readonly published: UnitReading; readonly planned: Planned }> {
  const { policies, now } = workspace;
  const own = scope.prepared.filter((one) => one.request.unit === unit);
  const place = policies.organisation.units.get(unit);
  const pools =
    place === undefined ? [] : [...policies.services.values()].flatMap((one) => one.unitPools?.(place) ?? []);
  const read = readAll(targets.provisioners);
  const planned = await planRequests(own, planContext(scope, workspace, read));
  const supplies = await read({ keys: [], owners: new Set(), pools: poolsToTell(pools) });
  const published = unitReading({
    unit,
    environment: policies.environment.name,
    takenAt: now().toISOString(),
    owners: own.map((one) => one.request.id),
    resources: planned.resources,
    reading: merged([supplies, planned.reading]),
  });
  return { published, planned };
}
