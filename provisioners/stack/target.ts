import type { Fields } from '../../core/kinds.ts';
import type { WritePort } from '../../core/provisioner.ts';
import type { Change, Observed } from '../../core/resource.ts';
import type { Child, Registration, StackKind } from '../../stacks/component.ts';
import type { Engine, Program } from '../../stacks/engine.ts';

/** An object as its target shows it, with the ids of its parts, by child, that Pulumi takes over. */
export interface Standing {
  readonly observed: Observed;
  readonly ids: ReadonlyMap<string, string>;
}

/** Why a change cannot be carried out, before anything is written. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** What a kind of stacks brings: its target, its program, and what Pulumi's package for it cannot do. */
export interface StackTarget {
  readonly kind: StackKind;
  readonly system: 'vsphere' | 'kubernetes';
  /** The Pulumi project. */
  readonly project: string;
  /** Fields that the program writes; the others are written beside the stack. */
  readonly stackFields: readonly string[];
  readonly children: readonly Child[];
  /** By key; what is absent is proved absent. @throws TargetError */
  observe(keys: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
  refusalOf(change: Change, standing: Standing | undefined): Refusal | undefined;
  /** Loads Pulumi. */
  program(registrations: readonly Registration[]): Promise<Program>;
  /** Writes the marker and nothing else. */
  adopt(change: Change, standing: Standing, port: WritePort): Promise<void>;
  /** Direct writes that must come before the stack is run. */
  before(change: Change, standing: Standing | undefined, port: WritePort): Promise<void>;
  /** Direct writes that must come after it. @returns the sealed file, where one was made */
  after(change: Change, wanted: Fields, port: WritePort): Promise<string | undefined>;
}

/** Opens the engine; asked only when a stack is to be run. */
export type OpenEngine = () => Promise<Engine>;
