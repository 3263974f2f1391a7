/** Pulumi's own engine, by its Automation API: the `pulumi` command, and its packages as they are installed. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  ConcurrentUpdateError,
  type EngineEvent,
  LocalWorkspace,
  PulumiCommand,
  type PulumiFn,
  type Stack,
} from '@pulumi/pulumi/automation/index.js';
import { TargetError } from '../../core/errors.ts';
import type { Fields } from '../../core/kinds.ts';
import type { Secret } from '../../core/secret.ts';
import { COMPONENT_TYPES, type Component, componentOf, type StackName } from '../component.ts';
import { type Engine, type Holding, pendingError, type StackRun } from '../engine.ts';
import { failuresOf } from '../steps.ts';

export interface AutomationOptions {
  /** The folder whose `bin/pulumi` is used; left out, the one on PATH. */
  readonly root?: string;
  /** Where Pulumi keeps what is its own; not shared by processes. */
  readonly home: string;
  /** Where the states are: `file:///var/lib/layanan`, `s3://...`. */
  readonly backend: string;
  /** Seals the secrets in the states. */
  readonly passphrase: Secret;
  /** Environment of the command and its packages: PATH, where servers are and what they ask for. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What is read of a deployment, as `pulumi stack export` gives it. */
interface Deployment {
  readonly resources?: readonly Resource[];
  readonly pending_operations?: readonly { readonly resource: Resource }[];
}

interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly outputs?: { readonly owner?: unknown; readonly fields?: unknown };
  readonly protect?: boolean;
}

const SETTINGS = {
  PULUMI_SKIP_UPDATE_CHECK: 'true',
  // Packages are brought by those who run this, never by a run.
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
};

const isComponent = ({ type }: Resource): boolean => Object.values<string>(COMPONENT_TYPES).includes(type);

const componentsOf = (resources: readonly Resource[]): readonly Component[] =>
  resources.flatMap((one) => {
    const key = componentOf(one.urn);
    const { owner, fields } = one.outputs ?? {};
    if (!isComponent(one) || key === undefined || typeof owner !== 'string' || fields === undefined) return [];
    return [{ key, owner, fields: fields as Fields }];
  });

function holdingOf({ resources = [], pending_operations = [] }: Deployment): Holding {
  return {
    components: componentsOf(resources),
    urns: resources.map((one) => one.urn).filter((urn) => componentOf(urn) !== undefined),
    pending: pending_operations.map((one) => one.resource.urn),
  };
}

/** Opens stacks; each has a folder of its own, since a workspace is written to whenever a stack is selected. */
function opener({ root, home, backend, passphrase, environment }: AutomationOptions) {
  let command: Promise<PulumiCommand> | undefined;
  return async (name: StackName, program: PulumiFn = async () => {}): Promise<Stack> => {
    command ??= PulumiCommand.get(root === undefined ? {} : { root });
    const workDir = join(home, 'work', name.project, name.stack);
    mkdirSync(workDir, { recursive: true });
    return LocalWorkspace.createOrSelectStack(
      { projectName: name.project, stackName: name.stack, program },
      {
        pulumiCommand: await command,
        pulumiHome: home,
        workDir,
        projectSettings: { name: name.project, runtime: 'nodejs', backend: { url: backend } },
        secretsProvider: 'passphrase',
        envVars: { ...environment, ...SETTINGS, PULUMI_CONFIG_PASSPHRASE: passphrase.reveal() },
      },
    );
  };
}

/** Why a run was impossible. What the command says may be long: its last lines have the reason. */
function runError(operation: string, error: unknown): TargetError {
  const isLocked = error instanceof ConcurrentUpdateError;
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split('\n').filter((line) => /error|fail|lock/i.test(line));
  return new TargetError(
    {
      system: 'stack',
      operation,
      code: isLocked ? 'locked' : 'failed',
      effect: isLocked ? 'unsent' : 'lost',
      message: lines.slice(0, 5).join(' ').trim() || text.slice(0, 500),
    },
    { cause: error },
  );
}

/** Runs a command of the stack; failed resources are told by their events, everything else by an error. */
async function eventsOf(
  operation: string,
  run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>,
): Promise<readonly EngineEvent[]> {
  const events: EngineEvent[] = [];
  try {
    await run((event) => events.push(event));
  } catch (error) {
    if (failuresOf(events).length === 0) throw runError(operation, error);
  }
  return events;
}

export function createAutomationEngine(options: AutomationOptions): Engine {
  const open = opener(options);
  const deploymentOf = async (stack: Stack) => {
    const exported = await stack.exportStack();
    return { exported, deployment: (exported.deployment ?? {}) as Deployment };
  };
  /** Changes the state by itself, as `pulumi stack export | ... | pulumi stack import` does. */
  const edit = async (name: StackName, change: (deployment: Deployment) => Deployment) => {
    const stack = await open(name);
    const { exported, deployment } = await deploymentOf(stack);
    await stack.importStack({ ...exported, deployment: change(deployment) });
  };
  const common = (run: StackRun) => ({
    target: [...run.targets],
    refresh: run.refresh.length > 0,
    parallel: 10,
    suppressOutputs: true,
    color: 'never' as const,
  });
  return {
    read: async (name) => holdingOf((await deploymentOf(await open(name))).deployment),
    async preview(run) {
      const stack = await open(run.name, run.program as PulumiFn);
      return eventsOf('preview', (onEvent) => stack.preview({ ...common(run), onEvent }));
    },
    async up(run, write) {
      const stack = await open(run.name, run.program as PulumiFn);
      const { pending } = holdingOf((await deploymentOf(stack)).deployment);
      if (pending.length > 0) throw pendingError(run.name, pending);
      return write({ operation: 'up', urn: run.targets[0] ?? '' }, () =>
        // Pulumi deletes after a failure where it is told to continue.
        eventsOf('up', (onEvent) => stack.up({ ...common(run), continueOnError: !run.deletes, onEvent })),
      );
    },
    settle: (name) => edit(name, (deployment) => ({ ...deployment, pending_operations: [] })),
    release: (name, urns) =>
      edit(name, (deployment) => ({
        ...deployment,
        resources: (deployment.resources ?? []).map((one) =>
          urns.includes(one.urn) ? { ...one, protect: false } : one,
        ),
      })),
  };
}
