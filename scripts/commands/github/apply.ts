import { UserError } from '../../../core/errors.ts';
import type { HeldReason } from '../../../core/resource.ts';
import { EXIT, type Exit } from '../../cli/exit.ts';
import type { Io } from '../../cli/io.ts';
import { type AppliedUnit, type ApplyUnitOptions, applyUnit } from '../../github/apply/apply-unit.ts';
import type { CarriedOut } from '../../github/apply/carry-out.ts';
import { unitsWithWork } from '../../github/apply/units.ts';
import { resourceText } from '../../report/words.ts';
import type { Options } from '../../workspace/options.ts';
import { openLoop, type Surroundings } from './open-loop.ts';
import { setOutput, withStoppedCommands } from './say.ts';

export interface GithubApplyOptions extends Options {
  readonly unit: string;
  /** Number of the one pull request that is meant. */
  readonly pull?: string;
  /** Digest of a plan that its merger confirms anew. */
  readonly confirm?: string;
  /** Whether terms that begin a phase or end soon are looked after too. */
  readonly terms?: boolean;
  readonly open?: ApplyUnitOptions['open'];
}

export type UnitsOptions = Options & Pick<GithubApplyOptions, 'terms'>;

/** `layanan github units`: the units that have merged and unfulfilled work, as the matrix of the next job. */
export async function units(options: UnitsOptions, io: Io, surroundings?: Surroundings): Promise<Exit> {
  const { loop, actions } = await openLoop(options, surroundings);
  const found = await withStoppedCommands(io, async () => {
    await loop.journal.pull();
    return unitsWithWork(loop, options.terms === true);
  });
  setOutput('units', JSON.stringify(found), actions, io);
  return EXIT.ok;
}

/** `layanan github apply --unit <unit>`: carries out the unit's merged work, and tells its pull requests. */
export async function githubApply(options: GithubApplyOptions, io: Io, surroundings?: Surroundings): Promise<Exit> {
  const { confirm, pull } = options;
  if (confirm && !/^[0-9a-f]{32,64}$/.test(confirm))
    throw new UserError(`Cannot confirm '${confirm}': wanted 32 to 64 hexadecimal digits of a plan's digest`);
  if (pull && !/^\d+$/.test(pull)) throw new UserError(`Cannot apply pull request '${pull}': wanted its number`);
  const { loop } = await openLoop(options, surroundings);
  return withStoppedCommands(io, async (quiet) => {
    const applied = await applyUnit(loop, options.unit, {
      due: options.terms === true,
      ...(pull ? { pull: Number(pull) } : {}),
      ...(confirm ? { confirm } : {}),
      ...(options.open ? { open: options.open } : {}),
    });
    return tellUnit(applied, quiet);
  });
}

/** Says what was done in the log, and how the job ends. */
function tellUnit({ unit, done, due, untold }: AppliedUnit, io: Io): Exit {
  for (const one of done) {
    const { result } = one;
    const failed = result.outcomes.filter((outcome) => outcome.result !== 'done').length;
    io.err(
      `${unit} #${one.work.pull.number}: ${result.outcomes.length} written, ${failed} failed, ${result.fulfilled.length} fulfilled`,
    );
    for (const change of result.unconfirmed ?? [])
      io.err(`  not confirmed: ${change.action} ${resourceText(change).en} (${change.request})`);
  }
  for (const text of untold) io.err(`Not told yet, the next run tells it: ${text}`);
  if (done.length === 0 && due === undefined) io.err(`${unit}: nothing to do`);
  const exits = [...done.map(exitOf), ...(due?.outcomes.some((one) => one.result !== 'done') ? [EXIT.target] : [])];
  const worst = exits.find((exit) => exit !== EXIT.ok);
  return worst ?? (untold.length > 0 ? EXIT.target : EXIT.ok);
}

const PATIENT: ReadonlySet<HeldReason> = new Set(['not-ready']);

/** Success is only what was asked: nothing applied where something was wanted is a failure, unless it is on its way. */
function exitOf({ result, scope, work }: CarriedOut): Exit {
  if (result.unconfirmed !== undefined) return EXIT.stale;
  if (result.outcomes.some((one) => one.result !== 'done')) return EXIT.target;
  if (result.findings.length > 0) return EXIT.approval;
  const open = work.open.filter(
    (id) => !result.fulfilled.includes(id) && scope.prepared.some((one) => one.request.id === id),
  );
  if (open.length === 0) return EXIT.ok;
  if (scope.prepared.some((one) => open.includes(one.request.id) && one.verdict.state === 'missing'))
    return EXIT.approval;
  const waiting = open.every((id) => result.plan.held.some((held) => held.request === id && PATIENT.has(held.reason)));
  return waiting ? EXIT.ok : EXIT.target;
}
