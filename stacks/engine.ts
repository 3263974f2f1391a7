/** What runs the stacks: one seam, two implementations, one vocabulary of events. No Pulumi is loaded here. */
import type { EngineEvent } from '@pulumi/pulumi/automation/index.js';
import { TargetError } from '../core/errors.ts';
import type { Component, StackName } from './component.ts';

/** A Pulumi program: registers everything that the stack shall hold. What it registered is its output. */
export type Program = () => Promise<{ readonly applied?: unknown }>;

/** What a stack holds, as its state says; the target may say otherwise, and then the target is right. */
export interface Holding {
  /** Components that were applied completely, with the owner and fields of the last time. */
  readonly components: readonly Component[];
  /** URNs of all resources, in the order in which they were made. */
  readonly urns: readonly string[];
  /** URNs of operations that were begun and of which no end is known. */
  readonly pending: readonly string[];
}

/** One write of an engine to a target, before it is sent. */
export interface EngineWrite {
  /** The operation and the type: `create vsphere:index/virtualMachine:VirtualMachine`; `up` for a whole run. */
  readonly operation: string;
  /** The resource; the first target for a whole run. */
  readonly urn: string;
}

/** One run of one stack. */
export interface StackRun {
  readonly name: StackName;
  readonly program: Program;
  /** URNs that may be touched; all others are answered from the state, whatever the program says of them. */
  readonly targets: readonly string[];
  /** URNs of which the state is first brought in line with the target. */
  readonly refresh: readonly string[];
  /** Whether the run takes something out. Its first failure then ends it; else a failure stops what needs it only. */
  readonly deletes: boolean;
}

/**
 * Runs stacks. A failed resource is told by its event; after any failure nothing is deleted, and what failed is never
 * held with the fields that it did not get.
 * @throws TargetError where a run is impossible: locked, pending, or the program itself fails
 */
export interface Engine {
  read(name: StackName): Promise<Holding>;
  /** Events of what a run would do. Nothing is written, neither at a target nor in the state. */
  preview(run: StackRun): Promise<readonly EngineEvent[]>;
  /** Does it, each write bracketed by `write`. */
  up(
    run: StackRun,
    write: <T>(write: EngineWrite, send: () => Promise<T>) => Promise<T>,
  ): Promise<readonly EngineEvent[]>;
  /** Forgets pending operations. The caller has asked the target what became of them. */
  settle(name: StackName): Promise<void>;
  /** Lifts the protection of resources whose end is approved. */
  release(name: StackName, urns: readonly string[]): Promise<void>;
}

/** Nothing is run while the end of something is not known. */
export const pendingError = ({ stack }: StackName, urns: readonly string[]): TargetError =>
  new TargetError({
    system: 'stack',
    operation: 'up',
    code: 'pending',
    effect: 'unsent',
    message: `Operations of stack '${stack}' have no known end: ${urns.join(', ')}`,
  });
