import { TargetError } from '../../core/errors.ts';
import type { EngineWrite, StackRun } from '../engine.ts';
import type { Properties, Provider } from '../provider.ts';
import type { Log } from './events.ts';
import type { ResourceGoal } from './registration.ts';
import type { ResourceState, StackState } from './state.ts';

/** The answer to a registration. Without an id everything of it is unknown to the program. */
export interface Answer {
  readonly urn: string;
  readonly id?: string;
  readonly outputs: Properties;
}

export type Op = 'create' | 'update' | 'same' | 'replace' | 'delete' | 'import';

/** One preview or update of one stack. */
export interface Context {
  readonly run: StackRun;
  readonly state: StackState;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly planning: boolean;
  readonly write: <T>(write: EngineWrite, send: () => Promise<T>) => Promise<T>;
  readonly log: Log;
  /** What the stack holds, as far as this run has come. */
  readonly known: Map<string, ResourceState>;
  readonly targets: ReadonlySet<string>;
  readonly seen: Set<string>;
  readonly failed: Set<string>;
}

/** The engine's own resources, which no target holds: the stack and its providers. */
export const isOwn = (type: string): boolean => type.startsWith('pulumi:');

/** @throws Error for a package that nobody serves: a bug of ours */
export function providerOf({ providers }: Context, token: string): Provider {
  const provider = providers.get(token.split(':')[0] ?? '');
  if (provider === undefined) throw new Error(`Cannot serve '${token}': no provider has that package`);
  return provider;
}

/** A goal as it would stand. */
export function standing(goal: ResourceGoal, old: ResourceState | undefined): ResourceState {
  const { urn, type, custom, parent, inputs, dependencies, protect } = goal;
  const kept = { ...(old?.id === undefined ? {} : { id: old.id }), ...(old?.outputs ? { outputs: old.outputs } : {}) };
  return { urn, type, custom, parent, inputs, dependencies, protect, ...kept };
}

export const answerOf = ({ urn, id, outputs = {} }: ResourceState): Answer => ({
  urn,
  outputs,
  ...(id === undefined ? {} : { id }),
});

export function save({ known, planning, state }: Context, resource: ResourceState): ResourceState {
  known.set(resource.urn, resource);
  if (!planning) state.put(resource);
  return resource;
}

/** Tells a failure; what depends on the resource is skipped. */
export function fail({ failed, log }: Context, op: Op, of: ResourceGoal | ResourceState, message: string): Answer {
  failed.add(of.urn);
  log.failed(op, of, message);
  return { urn: of.urn, outputs: {} };
}

/**
 * One operation at a target: entered in the state before it is sent, and its end after it. What is lost stays pending.
 * @returns what stands now; undefined after a failure, which is told
 */
export async function carry<T>(
  context: Context,
  op: Op,
  of: ResourceGoal | ResourceState,
  send: () => Promise<T>,
): Promise<{ readonly value: T } | undefined> {
  const { state, write } = context;
  state.begin(of.urn, op);
  try {
    return { value: await write({ operation: `${op} ${of.type}`, urn: of.urn }, send) };
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    if (error.effect !== 'lost') state.abandon(of.urn);
    fail(context, op, of, error.message);
    return undefined;
  }
}
