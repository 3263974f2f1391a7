/**
 * The SDK runs a program against a resource monitor, which is the engine's side of the wire. This one answers in the
 * process: the SDK's own `setMockOptions` takes it, and gives it whole requests. Its paths into the SDK are deep imports;
 * the version is exact, and the engine's tests run them.
 */
import { runtime } from '@pulumi/pulumi';
import proto from '@pulumi/pulumi/proto/resource_pb.js';
import * as runtimeState from '@pulumi/pulumi/runtime/state.js';
import type { StackName } from '../component.ts';
import type { Program } from '../engine.ts';
import type { Properties } from '../provider.ts';
import type { Answer } from './context.ts';
import { goalOf, type RegisterRequest, type ResourceGoal } from './registration.ts';

/** What the monitor asks of a run. Rejects on a bug of ours only. */
export interface Served {
  register(goal: ResourceGoal): Promise<Answer>;
  complete(urn: string, outputs: Properties): void;
  invoke(token: string, args: Properties): Promise<Properties>;
}

type Callback<T> = (error: Error | null, answer?: T) => void;
interface Struct {
  toJavaScript(): Properties;
}

const { withLocalStorage } = runtimeState as unknown as { withLocalStorage<T>(work: () => Promise<T>): Promise<T> };

const { ResourceMonitorFeature } = proto;
/** Output values are left out: inputs then arrive plain, with secrets and unknowns marked. */
const FEATURES = [
  ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_SECRETS,
  ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
  ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
  ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
  ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
];

const struct = (value: Properties): Struct => ({ toJavaScript: () => value });

/** `RegisterResourceResponse`. A failure is no error on this wire, which the SDK would raise where nobody listens: everything of it is unknown. */
const registered = ({ urn, id, outputs }: Answer) => ({
  getUrn: () => urn,
  getId: () => id ?? '',
  getObject: () => struct(outputs),
  getPropertydependenciesMap: () => undefined,
  getResult: () => proto.Result.SUCCESS,
  getUnknown: () => id === undefined,
});

/** Runs the requests one after another, in the order in which they came. */
function inTurn() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
}

/** @param broken told of what must end the run: a bug, or a journal that cannot be written */
function monitorOf(name: StackName, served: Served, broken: (error: unknown) => void) {
  const turn = inTurn();
  return {
    supportsFeature: (_: unknown, callback: Callback<unknown>) => callback(null, { getHassupport: () => false }),
    getDeploymentInfo: (_: unknown, callback: Callback<unknown>) =>
      callback(null, { getSupportedfeaturesList: () => FEATURES }),
    registerResource(request: RegisterRequest, callback: Callback<unknown>) {
      const goal = goalOf(name, request);
      turn(() => served.register(goal)).then(
        (answer) => callback(null, registered(answer)),
        (error) => {
          broken(error);
          callback(null, registered({ urn: goal.urn, outputs: {} }));
        },
      );
    },
    registerResourceOutputs(
      request: { getUrn(): string; getOutputs(): Struct | undefined },
      callback: Callback<unknown>,
    ) {
      turn(async () => served.complete(request.getUrn(), request.getOutputs()?.toJavaScript() ?? {})).catch(broken);
      callback(null, {});
    },
    invoke(request: { getTok(): string; getArgs(): Struct | undefined }, callback: Callback<unknown>) {
      served.invoke(request.getTok(), request.getArgs()?.toJavaScript() ?? {}).then(
        (answer) => callback(null, { getReturn: () => struct(answer), getFailuresList: () => [] }),
        (error) => {
          // The SDK makes an error of its own of it.
          broken(error);
          callback(error);
        },
      );
    },
  };
}

let running = 0;
let stackTraceLimit = Error.stackTraceLimit;

/** The SDK formats a stack trace for each of its promises, for a leak detector: most of its time. None is asked for here. */
function withoutStackTraces(): Disposable {
  if (running++ === 0) {
    stackTraceLimit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
  }
  return {
    [Symbol.dispose]: () => {
      if (--running === 0) Error.stackTraceLimit = stackTraceLimit;
    },
  };
}

/**
 * Runs a program to its end, apart from all others in the process.
 * @throws what the program threw, or what broke the run
 */
export async function runProgram(name: StackName, program: Program, planning: boolean, served: Served): Promise<void> {
  const faults: unknown[] = [];
  using _ = withoutStackTraces();
  await withLocalStorage(async () => {
    const monitor = monitorOf(name, served, (error) => faults.push(error));
    runtime.setMockOptions(monitor, name.project, name.stack, planning);
    await runtime.runInPulumiStack(() => program().catch((error: unknown) => void faults.push(error)));
    await runtime.disconnect();
  });
  if (faults.length > 0) throw faults[0];
}
