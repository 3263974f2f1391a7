import type { Kind } from './kinds.ts';
import type { Change, Id, Outcome, Reading, RequestId, Wanted } from './resource.ts';

/** The code that reads and writes the resources of one target. It maps; it never diffs, validates or formats. */
export interface Provisioner {
  readonly kinds: readonly Kind[];
  /** Reads by keys and by owners; complete, or says what was not read. Throws only on a bug of ours. */
  read(wanted: Wanted): Promise<Reading>;
  /**
   * Writes one batch of one stage, in the order given; one outcome for each change. Every precondition is checked
   * at the write: what was read again must still hash to it, and the write itself is a compare-and-set.
   */
  apply(changes: readonly Change[], port: WritePort): AsyncIterable<Outcome>;
  /**
   * Names of everything that stands where its kinds are written, whoever owns it: what `nameOf` gives for their keys.
   * Complete, or it rejects with a TargetError. A target that cannot list them has none: what is free there is then
   * known from a live reading only.
   */
  names?(): Promise<readonly string[]>;
}

/** One write to a target, before it is sent; without secrets, for it goes to the journal. */
export interface Write {
  readonly system: string;
  /** The protocol's own name of the operation: `add`, `modify`, `POST /users`, `UPDATE`. */
  readonly operation: string;
  readonly kind: Kind;
  readonly key: string;
  readonly request: RequestId;
  /** Further changes of the same unit that the same message makes: all of them are done, or none. */
  readonly also?: readonly (Id & { readonly request: RequestId })[];
}

/**
 * Every write to a target goes through it: the intent is on disk before `send` runs, the result after it.
 * Rejects with what `send` rejected with.
 */
export interface WritePort {
  write<T>(write: Write, send: () => Promise<T>): Promise<T>;
}
