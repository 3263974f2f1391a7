import { TargetError } from '../../../core/errors.ts';
import type { Journal } from '../../../core/journal/journal.ts';
import { unitOf } from '../../../core/load/path.ts';
import { hasDuePhase } from '../../../core/plan/prepare.ts';
import type { Targets } from '../../../provisioners/index.ts';
import { unitFile, writeReading } from '../../reading/folder.ts';
import { readUnit } from '../../reading/publish.ts';
import type { ApplyReport } from '../../report/report.ts';
import { withUnits } from '../../run/locked.ts';
import { type Run, run } from '../../run/run.ts';
import { openScope, type Scope } from '../../run/scope.ts';
import { targetsOf } from '../../run/targets.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Pull } from '../api/pulls.ts';
import type { Loop } from '../loop.ts';
import { openRenewals } from '../propose/renewals.ts';
import { within } from './approvals.ts';
import { type CarriedOut, carryOut } from './carry-out.ts';
import { openWork, type Work } from './open-work.ts';
import { reportPending } from './report-pending.ts';
import { tell } from './tell.ts';

export interface ApplyUnitOptions {
  /** Only this pull request. */
  readonly pull?: number;
  /** Start of the digest of a plan that its merger confirmed anew. */
  readonly confirm?: string;
  /** Whether phases of terms that begin are carried out too. */
  readonly due: boolean;
  /** What a test opens in place of the environment's targets. */
  readonly open?: typeof targetsOf;
}

/** What became of a unit's open work. */
export interface AppliedUnit {
  readonly unit: string;
  readonly done: readonly CarriedOut[];
  readonly reports: readonly ApplyReport[];
  readonly due?: Run;
  /** Why telling failed; the next run tells it from the journal. */
  readonly untold: readonly string[];
}

const chain = (unit: string): string => `journal/${unit}.jsonl`;

/**
 * Carries out all merged work of one unit, pull request by pull request, tells each what became of it, and publishes
 * journal and reading. With nothing to do it writes nothing.
 */
export async function applyUnit(loop: Loop, unit: string, options: ApplyUnitOptions): Promise<AppliedUnit> {
  const { workspace, journal } = loop;
  await journal.pull();
  return withUnits(
    workspace.store,
    [unit],
    () => {},
    async (journals) => {
      const publish = () => journal.push([chain(unit)], `Journal of ${unit}`);
      const scope = openScope(workspace, { names: [], ordering: false });
      const own = scope.prepared.filter((one) => one.request.unit === unit);
      const works = (await openWork(loop, own)).filter(
        (work): work is Work & { pull: Pull } =>
          work.pull !== null && (options.pull === undefined || work.pull.number === options.pull),
      );
      const isDueNow = options.due && own.some((one) => hasDuePhase(one, workspace));
      const untold = await reportPending(loop, journals.get(unit), publish);
      if (options.due) await openRenewals(loop, unit);
      if (works.length === 0 && !isDueNow) return { unit, done: [], reports: [], untold };
      const targets = await (options.open ?? targetsOf)(workspace, scope.all);
      try {
        const unitRun = { unit, targets, journals, publish, ...(options.confirm ? { confirm: options.confirm } : {}) };
        const done: CarriedOut[] = [];
        const reports: ApplyReport[] = [];
        for (const work of works) {
          const carried = await carryOut(loop, work, unitRun);
          done.push(carried);
          await publish();
          reports.push(...(await told(loop, unit, carried, journals.get(unit), untold)));
          await publish();
        }
        const due = isDueNow
          ? await carryOutDue(loop, within(scope, dueOf(own, workspace)), { targets, journals, publish })
          : undefined;
        await publishReading(loop, unit, targets);
        return { unit, done, reports, untold, ...(due ? { due } : {}) };
      } finally {
        await targets.close();
      }
    },
  );
}

const dueOf = (prepared: Scope['prepared'], workspace: Workspace) =>
  new Set(prepared.filter((one) => hasDuePhase(one, workspace)).map((one) => one.request.id));

/** The end of a term is a plan of its day, under the approval of the term: nobody confirms it again. */
async function carryOutDue(
  { workspace }: Loop,
  scope: Scope,
  {
    targets,
    journals,
    publish,
  }: { targets: Targets; journals: ReadonlyMap<string, Journal>; publish: () => Promise<void> },
): Promise<Run> {
  const result = await run(workspace, { scope, targets, journals, onPlan: publish, batchDone: publish });
  await publish();
  return result;
}

/** Tells a pull request; what fails here is told by the next run and never repeats what was written to a target. */
async function told(
  loop: Loop,
  unit: string,
  { work, scope, result, run: id }: CarriedOut,
  journal: Journal | undefined,
  untold: string[],
): Promise<readonly ApplyReport[]> {
  const isShared = work.requests.some((one) => unitOf(one) !== unit);
  try {
    const report = await tell(loop, { pull: work.pull, ...(isShared ? { unit } : {}), scope, result });
    if (journal?.entries.some((entry) => entry.type === 'run' && entry.run === id))
      journal.append({ type: 'reported', run: id, pull: work.pull.number });
    return [report];
  } catch (error) {
    if (!(error instanceof TargetError) || error.system !== 'github') throw error;
    untold.push(`#${work.pull.number}: ${error.message}`);
    return [];
  }
}

/** Publishes what the unit's requests hold now, so that the next pull request is planned from it. */
async function publishReading({ workspace, journal }: Loop, unit: string, targets: Targets): Promise<void> {
  const scope = openScope(workspace, { names: [], ordering: false });
  const { published } = await readUnit(unit, scope, targets, workspace);
  const folder = workspace.store.path('reading', '.');
  writeReading(folder, unitFile(unit), published);
  await journal.push([chain(unit), `reading/${unitFile(unit)}`], `Reading of ${unit}`);
}
