import type { Fields } from '../../core/kinds.ts';
import { COMPONENT_TYPES, type Component, componentOf } from '../component.ts';
import { type Engine, pendingError, type StackRun } from '../engine.ts';
import type { Properties, Provider } from '../provider.ts';
import { type Context, providerOf, save } from './context.ts';
import { openLog } from './events.ts';
import { createLock } from './lock.ts';
import { runProgram } from './monitor.ts';
import { refresh } from './refresh.ts';
import { register } from './register.ts';
import { removeRest } from './remove.ts';
import { openVault } from './secrets.ts';
import { openStates, type ResourceState, type StackState } from './state.ts';
import { hasUnknown } from './values.ts';

export interface EmbeddedOptions {
  /** The SQLite file of the states, shared by processes, or `:memory:`. */
  readonly file: string;
  /** 32 bytes; seals the secrets in the states. */
  readonly key: Buffer;
  readonly providers: readonly Provider[];
  readonly now: () => Date;
}

const isComponent = (type: string): boolean => Object.values<string>(COMPONENT_TYPES).includes(type);

const componentsOf = (resources: readonly ResourceState[]): readonly Component[] =>
  resources.flatMap(({ urn, type, outputs }) => {
    const key = componentOf(urn);
    if (!isComponent(type) || outputs === undefined || key === undefined) return [];
    return [{ key, owner: String(outputs.owner), fields: outputs.fields as Fields }];
  });

/** The outputs of a component, once its children are done; what is not known says that one of them failed. */
function complete(context: Context, urn: string, outputs: Properties): void {
  const old = context.known.get(urn);
  if (context.planning || old === undefined || !context.targets.has(urn) || hasUnknown(outputs)) return;
  save(context, { ...old, outputs });
}

async function execute(context: Context): Promise<void> {
  const { run, planning } = context;
  await refresh(context);
  await runProgram(run.name, run.program, planning, {
    register: (goal) => register(context, goal),
    complete: (urn, outputs) => complete(context, urn, outputs),
    invoke: (token, args) => providerOf(context, token).invoke(token, args),
  });
  await removeRest(context);
}

/** Runs stacks in the process, on providers of ours: the sandbox's engine, and the tests'. */
export function createEmbeddedEngine({ file, key, providers, now }: EmbeddedOptions): Engine & Disposable {
  const states = openStates(file, openVault(key));
  const lock = createLock(file);
  const byName = new Map(providers.map((one) => [one.name, one]));
  const contextOf = (run: StackRun, state: StackState, planning: boolean, write: Context['write']): Context => ({
    run,
    state,
    providers: byName,
    planning,
    write,
    log: openLog(planning, () => Math.floor(now().getTime() / 1000)),
    known: new Map(state.resources().map((one) => [one.urn, one])),
    targets: new Set(run.targets),
    seen: new Set(),
    failed: new Set(),
  });
  return {
    async read(name) {
      const state = states.of(name);
      const resources = state.resources();
      const urns = resources.filter((one) => componentOf(one.urn) !== undefined).map((one) => one.urn);
      return { components: componentsOf(resources), urns, pending: state.pending() };
    },
    async preview(run) {
      const context = contextOf(run, states.of(run.name), true, (_, send) => send());
      await execute(context);
      return context.log.events;
    },
    async up(run, write) {
      using _ = lock(run.name);
      const state = states.of(run.name);
      const pending = state.pending();
      if (pending.length > 0) throw pendingError(run.name, pending);
      const context = contextOf(run, state, false, write);
      await execute(context);
      return context.log.events;
    },
    async settle(name) {
      using _ = lock(name);
      states.of(name).settle();
    },
    async release(name, urns) {
      using _ = lock(name);
      const state = states.of(name);
      for (const one of state.resources())
        if (one.protect && urns.includes(one.urn)) state.put({ ...one, protect: false });
    },
    [Symbol.dispose]: () => states.close(),
  };
}
