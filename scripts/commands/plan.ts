import { planRequests } from '../../core/plan/plan.ts';
import { type Read, readAll } from '../../core/plan/read.ts';
import { staleness } from '../../core/reading/age.ts';
import { readPublished } from '../../core/reading/read-published.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import { openReading } from '../reading/folder.ts';
import { isConfirmable } from '../report/parts.ts';
import { planContext } from '../run/plan-context.ts';
import { keepPlan } from '../run/plans.ts';
import { brokenRails } from '../run/rail-findings.ts';
import { requestReports } from '../run/request-reports.ts';
import { roomFindings } from '../run/room-findings.ts';
import { openScope, type Scope } from '../run/scope.ts';
import { type DueOptions, dueOf } from '../workspace/options.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';

export interface PlanOptions extends DueOptions {
  /** Folder of a published reading: nothing is asked of any target. */
  readonly reading?: string;
}

/** `layanan plan [requests...]`: what apply would do, with approvals as they stand. Writes nothing to any target. */
export async function plan(names: readonly string[], options: PlanOptions, io: Io): Promise<Exit> {
  const workspace = openWorkspace(options);
  const scope = openScope(workspace, { names, ordering: true, ...dueOf(options) });
  const source = await sourceOf(options, scope, workspace);
  if ('stale' in source) {
    io.err(source.stale);
    return EXIT.stale;
  }
  try {
    const { store, now } = workspace;
    const planned = await planRequests(scope.prepared, planContext(scope, workspace, source.read));
    const findings = [
      ...scope.findings,
      ...brokenRails(planned, scope, workspace).flatMap((rail) => rail.findings),
      ...roomFindings(planned, scope, workspace),
    ];
    const requests = await requestReports({ prepared: scope.prepared, findings, plan: planned.plan }, workspace);
    if (isConfirmable(planned.plan, requests)) keepPlan(store, planned.plan, now());
    await print(
      { kind: 'plan', command: 'plan', findings, checked: scope.count, requests, plan: planned.plan },
      workspace,
      io,
    );
    if (planned.plan.held.some((one) => one.reason === 'unread')) return EXIT.target;
    return findings.some((one) => one.severity === 'error') ? EXIT.findings : EXIT.ok;
  } finally {
    await source.close();
  }
}

type Source = { readonly read: Read; close(): void | Promise<void> } | { readonly stale: string };

/** Where the plan reads: what was published, or the targets, whose code is loaded only then. */
async function sourceOf({ reading }: PlanOptions, scope: Scope, workspace: Workspace): Promise<Source> {
  if (reading !== undefined) {
    const published = openReading(reading);
    const units = new Set(scope.prepared.map((one) => one.request.unit));
    const environment = workspace.policies.environment.name;
    const stale = staleness(published, { units, environment, now: workspace.now() });
    return stale === undefined
      ? { read: readPublished(published), close: () => {} }
      : { stale: `${stale}; take a new one with 'layanan reading', or leave --reading out` };
  }
  const { targetsOf } = await import('../run/targets.ts');
  const targets = await targetsOf(workspace, scope.all);
  return { read: readAll(targets.provisioners), close: () => targets.close() };
}
