import { join } from 'node:path';
import type { Text } from '../../core/finding.ts';
import { requestIdOf, unitOf } from '../../core/load/path.ts';
import type { Held, HeldReason, Outcome, Plan } from '../../core/resource.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import { progress } from '../report/progress.ts';
import { resourceText } from '../report/words.ts';
import { requestPaths } from '../requests/folder.ts';
import { withUnits } from '../run/locked.ts';
import { confirmedPlan } from '../run/plans.ts';
import { requestReports } from '../run/request-reports.ts';
import { type Run, run } from '../run/run.ts';
import { openScope } from '../run/scope.ts';
import { isSandbox, targetsOf } from '../run/targets.ts';
import { type DueOptions, dueOf } from '../workspace/options.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';

export interface ApplyOptions extends DueOptions {
  /** Start of the digest of the plan that was looked at. */
  readonly confirm?: string;
  /** Apply what is planned now, unseen: for the sandbox and for tests. */
  readonly yes?: boolean;
}

const CONFIRM = {
  id: "Tidak ada yang diterapkan: jalankan 'layanan plan', lalu 'layanan apply --confirm <digest>' (di sandbox boleh --yes)",
  en: "Nothing was applied: run 'layanan plan', then 'layanan apply --confirm <digest>' (--yes will do on the sandbox)",
};
const UNSEEN = {
  id: "Tidak ada yang diterapkan: --yes hanya untuk sandbox. Jalankan 'layanan plan', lalu 'layanan apply --confirm <digest>'",
  en: "Nothing was applied: --yes is for the sandbox. Run 'layanan plan', then 'layanan apply --confirm <digest>'",
};
const OTHER_PLAN = {
  id: 'Tidak ada yang diterapkan: rencana sekarang memuat perubahan yang belum dikonfirmasi:',
  en: 'Nothing was applied: the plan now has changes that were not confirmed:',
};
const WAITING = {
  id: 'Menunggu proses lain yang sedang menerapkan unit',
  en: 'Waiting for another process that applies unit',
};

type Confirmation = { readonly confirmed?: Plan } | { readonly refused: Text; readonly exit: Exit };

/** The plan that was looked at; none where it may be applied unseen. */
function confirmationOf({ confirm, yes }: ApplyOptions, { policies, store, now }: Workspace): Confirmation {
  if (confirm === undefined && yes !== true) return { refused: CONFIRM, exit: EXIT.usage };
  if (confirm === undefined) return isSandbox(policies.environment) ? {} : { refused: UNSEEN, exit: EXIT.usage };
  const found = confirmedPlan(store, confirm, now());
  return 'stale' in found
    ? { refused: { id: found.stale, en: found.stale }, exit: EXIT.stale }
    : { confirmed: found.plan };
}

/** `layanan apply [requests...]`: carries out what is approved and confirmed. */
export async function apply(names: readonly string[], options: ApplyOptions, io: Io): Promise<Exit> {
  const workspace = openWorkspace(options);
  const { store } = workspace;
  const confirmation = confirmationOf(options, workspace);
  if ('refused' in confirmation) {
    io.err(confirmation.refused[io.lang]);
    return confirmation.exit;
  }
  const units = unitsOf(names, workspace);
  const waiting = (unit: string) => io.err(`${WAITING[io.lang]} '${unit}'`);
  return withUnits(store, units, waiting, async (journals) => {
    const scope = openScope(workspace, { names, ordering: false, ...dueOf(options) });
    const targets = await targetsOf(workspace, scope.all);
    try {
      const tell = teller(io);
      const result = await run(workspace, {
        scope,
        targets,
        journals,
        onOutcome: tell,
        ...confirmation,
      });
      const faults = [...scope.findings, ...result.findings];
      const findings = [...faults, ...result.warnings];
      const requests = await requestReports({ ...result, prepared: scope.prepared, findings }, workspace);
      const { plan, outcomes } = result;
      await print(
        { kind: 'apply', command: 'apply', findings, checked: scope.count, requests, plan, outcomes },
        workspace,
        io,
      );
      for (const { request, file, sha256 } of result.basts)
        io.err(TO_SIGN[io.lang](request, join(store.folder, file), sha256));
      return exitOf(
        result,
        requests.some((one) => one.state === 'waiting-approval'),
        faults.length > 0,
        io,
      );
    } finally {
      await targets.close();
    }
  });
}

const TO_SIGN = {
  id: (request: string, file: string, sha256: string) =>
    `BAST ${request}: ${file} (sha256 ${sha256}). Cetak, tandatangani kedua pihak, lalu daftarkan salinannya di documents dengan type: bast`,
  en: (request: string, file: string, sha256: string) =>
    `Hand-over record of ${request}: ${file} (sha256 ${sha256}). Print it, let both sides sign, then register the copy in documents with type: bast`,
};

const unitsOf = (names: readonly string[], { options }: Workspace): string[] =>
  (names.length > 0 ? names : requestPaths(options.requests)).map((name) => unitOf(requestIdOf(name)));

/** Tells each outcome as it happens. */
function teller(io: Io): (outcome: Outcome, plan: Plan) => void {
  const tell = progress({ lang: io.lang, terminal: io.terminal, now: () => performance.now(), write: io.err });
  let done = 0;
  return (outcome, plan) => {
    if (done === 0) tell({ type: 'stage', text: { id: 'Menerapkan', en: 'Applying' }, total: plan.changes.length });
    tell({ type: 'step', done: ++done, detail: resourceText(outcome.change)[io.lang] });
    if (done === plan.changes.length) tell({ type: 'end' });
  };
}

/** What was asked for and approved, and does not get done by waiting: "nothing applied" is then no success. */
const BLOCKED: ReadonlySet<HeldReason> = new Set(['foreign', 'exhausted', 'absent', 'needs']);

function exitOf(result: Run, isWaiting: boolean, hasFindings: boolean, io: Io): Exit {
  if (result.unconfirmed !== undefined) {
    io.err(OTHER_PLAN[io.lang]);
    for (const change of result.unconfirmed)
      io.err(`  ${change.action} ${resourceText(change)[io.lang]} (${change.request})`);
    return EXIT.stale;
  }
  if (result.outcomes.some((one) => one.result !== 'done')) return EXIT.target;
  if (result.findings.length > 0) return EXIT.approval;
  if (result.plan.held.some((one) => one.reason === 'unread')) return EXIT.target;
  // What needs something that people still work on gets done by waiting.
  const waiting = new Set(result.plan.held.filter((one) => one.reason === 'not-ready').map((one) => one.request));
  const isBlocked = ({ reason, request }: Held) => BLOCKED.has(reason) && !(reason === 'needs' && waiting.has(request));
  if (hasFindings || result.plan.held.some(isBlocked)) return EXIT.findings;
  return isWaiting ? EXIT.approval : EXIT.ok;
}
