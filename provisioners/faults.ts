/**
 * What a sandbox server can be told to do wrong:
 * - `fail`: refused before any effect, with the protocol's own "busy" or "unavailable";
 * - `drop-reply`: the effect is done, then the connection is gone (TargetError with effect `lost`);
 * - `unreadable`: a read is refused;
 * - `short`: a list loses its last entries and its proof of completeness;
 * - `delayMs`: the answer comes late.
 */
export type Fault = 'fail' | 'drop-reply' | 'unreadable' | 'short' | { readonly delayMs: number };

/** One operation at a sandbox server, named as the protocol names it: `search`, `add`, `PATCH`, `UPDATE`. */
export interface Operation {
  readonly system: string;
  readonly operation: string;
  readonly write: boolean;
}

/** Asked once for each operation that reaches a sandbox server. */
export interface Faults {
  next(operation: Operation): Fault | undefined;
}

export const noFaults: Faults = { next: () => undefined };

/** A fault with the operations that it waits for; members left out match all. */
export interface ScriptedFault extends Partial<Operation> {
  readonly fault: Fault;
  /** How many matching operations pass first; 0 when left out. */
  readonly skip?: number;
}

/** Faults in the order given: each strikes once, at the first operation that it matches. */
export function scriptedFaults(list: readonly ScriptedFault[]): Faults {
  const waiting = list.map((entry) => ({ entry, skip: entry.skip ?? 0 }));
  const matches = ({ entry }: { entry: ScriptedFault }, operation: Operation) =>
    (entry.system ?? operation.system) === operation.system &&
    (entry.operation ?? operation.operation) === operation.operation &&
    (entry.write ?? operation.write) === operation.write;
  return {
    next(operation) {
      const index = waiting.findIndex((candidate) => matches(candidate, operation));
      const found = waiting[index];
      if (found === undefined) return undefined;
      if (found.skip > 0) {
        found.skip--;
        return undefined;
      }
      waiting.splice(index, 1);
      return found.entry.fault;
    },
  };
}
