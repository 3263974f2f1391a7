import { TargetError } from '../../core/errors.ts';
import type { WritePort } from '../../core/provisioner.ts';
import { componentOf, type StackName } from '../../stacks/component.ts';
import type { Engine, EngineWrite, Holding, StackRun } from '../../stacks/engine.ts';
import { type Failure, failuresOf, stepsOf } from '../../stacks/steps.ts';
import { checkSteps } from './guard.ts';
import {
  childrenOf,
  driftedOf,
  ghostsOf,
  missingParts,
  neighbours,
  type Staged,
  touched,
  type UnitStack,
  urnsOf,
} from './registrations.ts';
import type { StackTarget } from './target.ts';

export interface RunOptions {
  readonly target: StackTarget;
  readonly engine: Engine;
  readonly name: StackName;
  readonly staged: readonly Staged[];
  readonly port: WritePort;
}

/** The first failure of each component that has one, by its key. */
export type Failures = ReadonlyMap<string, TargetError>;

/** `vsphere: CloneVM_Task: The hosts have no room for it (InsufficientResourcesFault)`, as a TargetError reads. */
const TOLD = /^[^:]+: ([^:]+): (.*) \((\S+)\)$/s;

/** What the provider said of a resource, as an error. @param pending URNs of which no end is known */
function errorOf({ system }: StackTarget, { urn, op, message }: Failure, pending: readonly string[]): TargetError {
  const [, operation = op, text = message, code = 'failed'] = TOLD.exec(message) ?? [];
  return new TargetError({
    system,
    operation,
    code,
    effect: pending.includes(urn) ? 'lost' : 'refused',
    message: text,
  });
}

const isDelete = ({ change }: Staged): boolean => change.action === 'delete';

/** What the port is told of an engine's write. */
function writeOf({ target, staged }: RunOptions, { operation, urn }: EngineWrite) {
  const change = staged.find((one) => one.change.key === componentOf(urn))?.change;
  if (change === undefined) throw new Error(`Cannot write '${urn}': no change of this run asks for it`);
  const also = operation === 'up' ? staged.map((one) => one.change).filter((one) => one !== change) : [];
  return {
    system: target.system,
    operation,
    kind: target.kind,
    key: change.key,
    request: change.request,
    ...(also.length > 0 ? { also: also.map(({ kind, key, request }) => ({ kind, key, request })) } : {}),
  };
}

/** Reads the stack. What an earlier run left open is forgotten: the target says what became of it. */
async function open({ engine, name }: RunOptions): Promise<{ holding: Holding; doubtful: readonly string[] }> {
  const holding = await engine.read(name);
  if (holding.pending.length === 0) return { holding, doubtful: [] };
  await engine.settle(name);
  return { holding: await engine.read(name), doubtful: holding.pending };
}

/**
 * Runs a unit's stack for the staged changes: the whole unit is registered, the others as they were last applied, and a
 * preview must show nothing but what was asked for.
 * @throws TargetError where nothing could be run
 */
export async function runStack(options: RunOptions): Promise<Failures> {
  const { target, name, staged } = options;
  const { holding, doubtful } = await open(options);
  const keys = [...staged.map(({ change }) => change.key), ...holding.urns.flatMap((urn) => componentOf(urn) ?? [])];
  const unit: UnitStack = { target, name, holding, standing: await target.observe([...new Set(keys)]) };
  const strangers = staged.filter((one) => isDelete(one) && missingParts(unit, one.change.key).size > 0);
  if (strangers.length === 0) return runOnce(options, unit, doubtful);
  // A stack deletes what it holds: what its state has lost is taken over first.
  const lost = await runOnce({ ...options, staged: strangers }, unit, doubtful, 'take-over');
  if (lost.size > 0) return lost;
  return runOnce(options, { ...unit, holding: await options.engine.read(name) }, []);
}

async function runOnce(
  options: RunOptions,
  unit: UnitStack,
  doubtful: readonly string[],
  purpose: 'carry-out' | 'take-over' = 'carry-out',
): Promise<Failures> {
  const { target, engine, name, staged, port } = options;
  const leaving = purpose === 'take-over' ? [] : staged.filter(isDelete).map(({ change }) => change.key);
  const written = staged.filter(({ change }) => !leaving.includes(change.key));
  const writes = written.map(({ change }) => change.key);
  const ghosts = ghostsOf(unit).filter((key) => !writes.includes(key) && !leaving.includes(key));
  const gone = [...leaving, ...ghosts];
  const registrations = [...touched(unit, written), ...neighbours(unit, new Set([...writes, ...gone]))].toSorted(
    (a, b) => (a.key < b.key ? -1 : 1),
  );
  const drifted = driftedOf(unit).filter((key) => writes.includes(key) || leaving.includes(key));
  const doubted = [...ghostsOf(unit), ...drifted].flatMap((key) => childrenOf(unit, key));
  const run: StackRun = {
    name,
    program: await target.program(registrations),
    targets: [...writes, ...gone].flatMap((key) => urnsOf(unit, key)),
    refresh: [...new Set([...doubted, ...doubtful])].filter((urn) => unit.holding.urns.includes(urn)),
    deletes: gone.length > 0,
  };
  if (leaving.length > 0)
    await engine.release(
      name,
      leaving.flatMap((key) => childrenOf(unit, key)),
    );
  checkSteps(stepsOf(await engine.preview(run)), { writes: new Set(writes), deletes: new Set(gone) });
  const events = await engine.up(run, (write, send) => port.write(writeOf(options, write), send));
  const failures = failuresOf(events);
  const pending = failures.length > 0 ? (await engine.read(name)).pending : [];
  return new Map(
    failures.toReversed().map((failure) => [componentOf(failure.urn) ?? '', errorOf(target, failure, pending)]),
  );
}
