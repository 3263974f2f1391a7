import type { Text } from '../finding.ts';
import type { Kind } from '../kinds.ts';
import type { Step } from '../work-order/order.ts';
import type { Norm } from './norm.ts';

/** One step of a task, in the order of the list. */
export interface TaskStep extends Step {
  readonly name: Text;
  /** Done before the activity. */
  readonly preparation: boolean;
  /** Done only with the checksum of a file that proves it. */
  readonly evidence: boolean;
}

/** What the catalogue says of a work order, whoever asks for it: who does what, in which time, with what. */
export interface Task {
  readonly name: Text;
  /** A team of policies/organisation/teams.yaml. */
  readonly team: string;
  /** Null: the norm of the item with the code of the order. */
  readonly norm: Norm | null;
  /** Time for closing it, counted from the end of the activity; null without one. */
  readonly closing: Norm | null;
  /** Document types that the team works with. */
  readonly documents: readonly string[];
  readonly steps: readonly TaskStep[];
  /** What is judged one by one, passed or failed; all of it must pass. */
  readonly components: readonly { readonly id: string; readonly name: Text }[];
}

/** A work order that a service asks for while its condition holds; plain data of the offer. */
export interface Assignment {
  /** Names the order within its request: `djp/spt#7.1`. */
  readonly code: string;
  readonly task: Task;
  readonly name: Text;
  readonly team: string;
  readonly norm: Norm | null;
  /** Wanted once the request is deleted, and only then; the others while it is not. */
  readonly deletion: boolean;
  /** CEL over `after`, `figures` and `unit`; wanted always where it is absent. */
  readonly if?: string;
  /** Kinds of the request's own resources, and codes of its other orders, that must be ready first. */
  readonly needs: readonly (Kind | string)[];
  /** Path whose value asks for the same work once more, for example a one-off act. */
  readonly occasion?: string;
  /** Path of the time of an activity, `{ date, from, to }`. */
  readonly activity?: string;
  /** Paths of what the team must know; the offer names them for people. */
  readonly details: readonly string[];
}
