import { isDeepStrictEqual } from 'node:util';
import { TargetError } from '../../core/errors.ts';
import type { Properties } from '../provider.ts';
import { type Answer, answerOf, type Context, carry, fail, isOwn, providerOf, save, standing } from './context.ts';
import { differences, ignoring } from './diff.ts';
import type { ResourceGoal } from './registration.ts';
import type { ResourceState } from './state.ts';
import { hasUnknown, revealed, withSecrets, withSecretsOf } from './values.ts';

/** Brings one registered resource where the program wants it, or says what that would take. */
export async function register(context: Context, goal: ResourceGoal): Promise<Answer> {
  const { known, targets, seen, failed } = context;
  seen.add(goal.urn);
  const old = known.get(goal.urn);
  if (isOwn(goal.type)) return answerOf(save(context, { ...standing(goal, old), id: goal.urn, outputs: goal.inputs }));
  if (!targets.has(goal.urn)) return untouched(context, goal, old);
  if (!goal.custom) return component(context, goal, old);
  const isBlocked = goal.dependencies.some((urn) => failed.has(urn)) || (!context.planning && hasUnknown(goal.inputs));
  if (isBlocked) {
    failed.add(goal.urn);
    return { urn: goal.urn, outputs: {} };
  }
  if (old !== undefined) return compare(context, goal, old);
  return goal.importId === '' ? create(context, goal) : takeOver(context, goal);
}

/** Whatever the program says of it, the state answers; no event tells of it, as Pulumi's engine tells of none. */
function untouched({ failed }: Context, goal: ResourceGoal, old: ResourceState | undefined): Answer {
  if (old === undefined) {
    failed.add(goal.urn);
    return { urn: goal.urn, outputs: {} };
  }
  return answerOf(old);
}

/** A component has no target; its outputs come when its children are done. */
function component(context: Context, goal: ResourceGoal, old: ResourceState | undefined): Answer {
  const op = old === undefined ? 'create' : isDeepStrictEqual(old.inputs, goal.inputs) ? 'same' : 'update';
  context.log.step(op, old, goal);
  save(context, standing(goal, old));
  return { urn: goal.urn, outputs: {} };
}

async function compare(context: Context, goal: ResourceGoal, old: ResourceState): Promise<Answer> {
  const inputs = ignoring(goal.inputs, old.inputs, goal.ignoreChanges);
  const diffs = differences(old.inputs, inputs);
  const wanted = { ...goal, inputs };
  if (diffs.length === 0) {
    context.log.step('same', old, wanted);
    const now = standing(wanted, old);
    return answerOf(isDeepStrictEqual(now, old) ? old : save(context, now));
  }
  const { fixed } = providerOf(context, goal.type);
  return fixed(goal.type).some((name) => diffs.includes(name))
    ? replace(context, wanted, old, diffs)
    : update(context, wanted, old, diffs);
}

/** While planning, what is not known stays unknown. */
const planned = ({ urn, inputs }: ResourceGoal, id?: string): Answer => ({
  urn,
  outputs: inputs,
  ...(id === undefined ? {} : { id }),
});

const made = (goal: ResourceGoal, id: string, outputs: Properties): ResourceState => ({
  ...standing(goal, undefined),
  id,
  outputs: withSecrets(outputs, goal.inputs, goal.secretOutputs),
});

async function create(context: Context, goal: ResourceGoal): Promise<Answer> {
  context.log.step('create', undefined, goal);
  if (context.planning) return planned(goal);
  const provider = providerOf(context, goal.type);
  const done = await carry(context, 'create', goal, () => provider.create(goal.type, revealed(goal.inputs)));
  if (done === undefined) return { urn: goal.urn, outputs: {} };
  const now = save(context, made(goal, done.value.id, done.value.outputs));
  context.log.done('create', undefined, now);
  return answerOf(now);
}

async function update(
  context: Context,
  goal: ResourceGoal,
  old: ResourceState,
  diffs: readonly string[],
): Promise<Answer> {
  const id = old.id ?? '';
  context.log.step('update', old, goal, diffs);
  if (context.planning) return planned(goal, id);
  const provider = providerOf(context, goal.type);
  const done = await carry(context, 'update', goal, () =>
    provider.update(goal.type, id, revealed(old.inputs), revealed(goal.inputs)),
  );
  if (done === undefined) return { urn: goal.urn, outputs: {} };
  const now = save(context, made(goal, id, done.value));
  context.log.done('update', old, now);
  return answerOf(now);
}

/** The old one goes first, since names are fixed. What is protected is never replaced. */
async function replace(
  context: Context,
  goal: ResourceGoal,
  old: ResourceState,
  diffs: readonly string[],
): Promise<Answer> {
  context.log.step('replace', old, goal, diffs);
  if (old.protect) return fail(context, 'replace', goal, `It is protected: ${diffs.join(', ')} cannot change in place`);
  if (context.planning) return planned(goal);
  const provider = providerOf(context, goal.type);
  const gone = await carry(context, 'delete', old, () => provider.delete(old.type, old.id ?? ''));
  if (gone === undefined) return { urn: goal.urn, outputs: {} };
  context.known.delete(old.urn);
  context.state.remove(old.urn);
  const done = await carry(context, 'create', goal, () => provider.create(goal.type, revealed(goal.inputs)));
  if (done === undefined) return { urn: goal.urn, outputs: {} };
  const now = save(context, made(goal, done.value.id, done.value.outputs));
  context.log.done('replace', old, now);
  return answerOf(now);
}

/** Takes over what stands at the target, then compares it as if it had always been here. */
async function takeOver(context: Context, goal: ResourceGoal): Promise<Answer> {
  context.log.step('import', undefined, goal);
  try {
    const found = await providerOf(context, goal.type).read(goal.type, goal.importId, goal.inputs);
    if (found === undefined) return fail(context, 'import', goal, `'${goal.importId}' does not exist`);
    const taken = { ...made(goal, found.id, found.outputs), inputs: withSecretsOf(goal.inputs, found.inputs) };
    return await compare(context, goal, save(context, taken));
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    return fail(context, 'import', goal, error.message);
  }
}
