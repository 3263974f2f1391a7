import type { EngineEvent, OpType } from '@pulumi/pulumi/automation/index.js';
import type { ResourceGoal } from './registration.ts';
import type { ResourceState } from './state.ts';
import { masked } from './values.ts';

type Metadata = NonNullable<EngineEvent['resourcePreEvent']>['metadata'];
type StateMetadata = NonNullable<Metadata['old']>;

/** Collects what a run tells, in the vocabulary of Automation API. */
export interface Log {
  readonly events: EngineEvent[];
  step(op: OpType, old: ResourceState | undefined, goal: ResourceGoal | undefined, diffs?: readonly string[]): void;
  done(op: OpType, old: ResourceState | undefined, now: ResourceState | undefined): void;
  failed(op: OpType, of: ResourceGoal | ResourceState, message: string): void;
}

const sideOf = (side: ResourceState | ResourceGoal): StateMetadata => ({
  type: side.type,
  urn: side.urn,
  custom: side.custom,
  id: 'id' in side ? (side.id ?? '') : '',
  parent: side.parent,
  protect: side.protect,
  inputs: masked(side.inputs),
  outputs: 'outputs' in side ? masked(side.outputs ?? {}) : {},
  provider: '',
});

function metadataOf(
  op: OpType,
  old: ResourceState | undefined,
  now: ResourceGoal | ResourceState | undefined,
): Metadata {
  const of = now ?? old;
  if (of === undefined) throw new Error('Cannot tell of a step: it has neither an old nor a new side');
  return {
    op,
    urn: of.urn,
    type: of.type,
    ...(old ? { old: sideOf(old) } : {}),
    ...(now ? { new: sideOf(now) } : {}),
    provider: '',
  };
}

/** @param now seconds since the epoch */
export function openLog(planning: boolean, now: () => number): Log {
  const events: EngineEvent[] = [];
  const tell = (event: Omit<EngineEvent, 'sequence' | 'timestamp'>) =>
    events.push({ sequence: events.length, timestamp: now(), ...event });
  return {
    events,
    step(op, old, goal, diffs) {
      const metadata = { ...metadataOf(op, old, goal), ...(diffs?.length ? { diffs: [...diffs] } : {}) };
      tell({ resourcePreEvent: { metadata, ...(planning ? { planning } : {}) } });
    },
    done: (op, old, now) =>
      void tell({ resOutputsEvent: { metadata: metadataOf(op, old, now), ...(planning ? { planning } : {}) } }),
    failed(op, of, message) {
      tell({ diagnosticEvent: { urn: of.urn, message, color: 'never', severity: 'error' } });
      tell({ resOpFailedEvent: { metadata: metadataOf(op, undefined, of), status: 0, steps: 1 } });
    },
  };
}
