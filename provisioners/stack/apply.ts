import { TargetError } from '../../core/errors.ts';
import type { Fields } from '../../core/kinds.ts';
import { differing } from '../../core/plan/fields.ts';
import type { WritePort } from '../../core/provisioner.ts';
import type { Change, Outcome } from '../../core/resource.ts';
import { checkChange } from './check.ts';
import { asTargetError, doneOutcome, failedOutcome } from './outcome.ts';
import { runStack } from './run.ts';
import type { OpenEngine, StackTarget, Standing } from './target.ts';

/** Changes of one unit on their way, with what was read before the first write. */
interface Work {
  readonly target: StackTarget;
  readonly openEngine: OpenEngine;
  readonly unit: string;
  readonly changes: readonly Change[];
  readonly standing: ReadonlyMap<string, Standing>;
  readonly port: WritePort;
  readonly failures: Map<Change, TargetError>;
  readonly handovers: Map<Change, string>;
}

type Options = Pick<Work, 'target' | 'openEngine' | 'port'>;

/** The unit of a request is its folder; each has a stack of its own. */
const unitOf = ({ request }: Change): string => request.split('/')[0] ?? '';

/** Carries out changes of one kind, unit by unit; one outcome each. A unit without changes for its stack starts no engine. */
export async function* applyStacks(options: Options, changes: readonly Change[]): AsyncIterable<Outcome> {
  const { target } = options;
  try {
    const standing = await target.observe(changes.map((change) => change.key));
    for (const [unit, own] of Map.groupBy(changes, unitOf))
      yield* applyUnit({ ...options, unit, changes: own, standing, failures: new Map(), handovers: new Map() });
  } catch (error) {
    const cause = asTargetError(error);
    for (const change of changes) yield failedOutcome(change, cause);
  }
}

async function* applyUnit(work: Work): AsyncIterable<Outcome> {
  const { target, changes, standing, port, failures, handovers } = work;
  for (const change of changes) {
    const error = checkChange(target, change, standing.get(change.key));
    if (error) failures.set(change, error);
  }
  await eachSound(work, (change, found) =>
    change.action === 'adopt' && found ? target.adopt(change, found, port) : target.before(change, found, port),
  );
  await runStaged(work);
  await eachSound(work, async (change, found) => {
    if (change.action !== 'create' && change.action !== 'update') return;
    const sealed = await target.after(change, wantedOf(change, found), port);
    if (sealed !== undefined) handovers.set(change, sealed);
  });
  yield* outcomes(work);
}

/** Does work for each change that has not failed; a target's error fails its change and no other. */
async function eachSound(
  { changes, standing, failures }: Work,
  write: (change: Change, standing: Standing | undefined) => Promise<void>,
): Promise<void> {
  for (const change of changes) {
    if (failures.has(change)) continue;
    try {
      await write(change, standing.get(change.key));
    } catch (error) {
      failures.set(change, asTargetError(error));
    }
  }
}

/** All fields that a change leads to. */
function wantedOf(change: Change, standing: Standing | undefined): Fields {
  const before = standing?.observed.fields ?? {};
  return change.action === 'create' || change.action === 'update' ? { ...before, ...change.after } : before;
}

const isForStack = ({ stackFields }: StackTarget, change: Change): boolean =>
  change.action === 'create' ||
  change.action === 'delete' ||
  (change.action === 'update' && Object.keys(change.after).some((name) => stackFields.includes(name)));

async function runStaged({ target, openEngine, unit, changes, standing, port, failures }: Work): Promise<void> {
  const staged = changes
    .filter((change) => !failures.has(change) && isForStack(target, change))
    .map((change) => ({ change, wanted: wantedOf(change, standing.get(change.key)) }));
  if (staged.length === 0) return;
  try {
    const engine = await openEngine();
    const failed = await runStack({ target, engine, name: { project: target.project, stack: unit }, staged, port });
    for (const { change } of staged) {
      const error = failed.get(change.key);
      if (error) failures.set(change, error);
    }
  } catch (error) {
    const cause = asTargetError(error);
    for (const { change } of staged) failures.set(change, cause);
  }
}

/** Reads back, and says what became of each change. A lost reply is settled by what is seen. */
async function* outcomes(work: Work): AsyncIterable<Outcome> {
  const { target, changes, failures } = work;
  const standing = await readBack(work);
  for (const change of changes) {
    const error = failures.get(change);
    if (standing instanceof TargetError) {
      yield failedOutcome(change, error ?? standing);
      continue;
    }
    const found = standing.get(change.key);
    if (error === undefined || error.effect === 'lost') {
      const isDone = isSatisfied(target, change, found);
      if (isDone) yield doneOutcome(change, found?.observed, work.handovers.get(change));
      else yield failedOutcome(change, error ?? mismatch(work, change), found?.observed.fields);
    } else yield failedOutcome(change, error, found?.observed.fields);
  }
}

/** What stands now; where it cannot be read, what was sent is in doubt. */
async function readBack({ target, changes }: Work): Promise<ReadonlyMap<string, Standing> | TargetError> {
  try {
    return await target.observe(changes.map((change) => change.key));
  } catch (error) {
    const { system, operation, code, message } = asTargetError(error);
    return new TargetError({ system, operation, code, effect: 'lost', message: `Cannot read back: ${message}` });
  }
}

function isSatisfied(target: StackTarget, change: Change, found: Standing | undefined): boolean {
  if (change.action === 'delete') return found === undefined;
  if (found?.observed.owner !== change.request) return false;
  return change.action === 'adopt' || differing(target.kind, change.after, found.observed.fields) === undefined;
}

const mismatch = ({ target }: Work, change: Change): TargetError =>
  new TargetError({
    system: target.system,
    operation: 'read back',
    code: 'mismatch',
    effect: 'refused',
    message: `'${change.key}' was written, but it is not as it was written`,
  });
