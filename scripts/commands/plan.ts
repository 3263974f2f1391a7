import { planRequests } from '../../core/plan/plan.ts';
import { readAll } from '../../core/plan/read.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import { keepPlan } from '../run/plans.ts';
import { brokenRails } from '../run/rail-findings.ts';
import { requestReports } from '../run/request-reports.ts';
import { openScope } from '../run/scope.ts';
import { targetsOf } from '../run/targets.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace } from '../workspace/workspace.ts';

/** `layanan plan [requests...]`: what apply would do, with approvals as they stand. Writes nothing to any target. */
export async function plan(names: readonly string[], options: Options, io: Io): Promise<Exit> {
  const workspace = openWorkspace(options);
  const scope = openScope(workspace, { names, ordering: true });
  const targets = targetsOf(workspace, scope.all);
  try {
    const { policies, today, store, now } = workspace;
    const planned = await planRequests(scope.prepared, { policies, today, read: readAll(targets.provisioners) });
    if (planned.plan.changes.length > 0) keepPlan(store, planned.plan, now());
    const findings = [...scope.findings, ...brokenRails(planned, scope, workspace).flatMap((rail) => rail.findings)];
    const requests = await requestReports({ prepared: scope.prepared, findings, plan: planned.plan }, workspace);
    print({ command: 'plan', findings, checked: scope.count, requests, plan: planned.plan }, workspace, io);
    if (planned.plan.held.some((one) => one.reason === 'unread')) return EXIT.target;
    return findings.some((one) => one.severity === 'error') ? EXIT.findings : EXIT.ok;
  } finally {
    targets.close();
  }
}
