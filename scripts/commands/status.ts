import { planRequests } from '../../core/plan/plan.ts';
import { readAll } from '../../core/plan/read.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import { expiredHandovers } from '../run/handover-findings.ts';
import { planContext } from '../run/plan-context.ts';
import { brokenRails } from '../run/rail-findings.ts';
import { recordOf } from '../run/record.ts';
import { requestReports } from '../run/request-reports.ts';
import { openScope } from '../run/scope.ts';
import { targetsOf } from '../run/targets.ts';
import { type DueOptions, dueOf } from '../workspace/options.ts';
import { openWorkspace } from '../workspace/workspace.ts';

export interface StatusOptions extends DueOptions {
  /** Only requests that are not fulfilled though a norm has passed. */
  readonly overdue?: boolean;
}

const ofDrift = new Set(['drift', 'orphan', 'foreign', 'unread']);

/**
 * `layanan status`: every request in one line, from one reading. `layanan show <request>`: one of them in full.
 * `layanan drift`: only what the targets hold otherwise than it was fulfilled.
 */
export async function status(
  command: 'status' | 'show' | 'drift',
  names: readonly string[],
  options: StatusOptions,
  io: Io,
): Promise<Exit> {
  const workspace = openWorkspace(options);
  const scope = openScope(workspace, { names, ordering: false, ...dueOf(options) });
  const targets = await targetsOf(workspace, scope.all);
  try {
    const context = planContext(scope, workspace, readAll(targets.provisioners));
    const planned = await planRequests(scope.prepared, context);
    const { plan } = planned;
    const { prepared } = scope;
    const { objects } = planned.reading;
    const findings = [
      ...scope.findings,
      ...brokenRails(planned, scope, workspace).flatMap((rail) => rail.findings),
      ...expiredHandovers(prepared, objects, workspace, workspace.store.entries),
    ];
    const open = new Set([...plan.changes, ...plan.held].map((one) => one.request));
    const fulfilled = prepared
      .filter((one) => one.before !== null && one.classification.ordered.length === 0)
      .map((one) => one.request.id)
      .filter((id) => !open.has(id));
    const all = await requestReports({ prepared, findings, plan, fulfilled, timed: true }, workspace);
    const drifted = all.filter((one) => one.held.some((held) => ofDrift.has(held.reason)));
    const overdue = all.filter((one) => one.times?.norms.some((norm) => norm.state === 'overdue'));
    const requests = command === 'drift' ? drifted : options.overdue ? overdue : all;
    const parts = { findings, checked: scope.count, requests };
    const [shown] = prepared;
    if (command !== 'show') await print({ kind: command, command, ...parts }, workspace, io);
    else {
      const record = shown === undefined ? {} : { record: recordOf(shown, objects, workspace) };
      await print({ kind: command, command, ...parts, ...record }, workspace, io);
    }
    if (plan.held.some((one) => one.reason === 'unread')) return EXIT.target;
    const isWrong = command === 'drift' ? drifted.length > 0 : findings.some((one) => one.severity === 'error');
    return isWrong ? EXIT.findings : EXIT.ok;
  } finally {
    await targets.close();
  }
}
