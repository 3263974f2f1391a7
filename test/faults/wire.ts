import type { Fault, Faults } from '../../provisioners/faults.ts';

/** One operation that reached a server. */
export interface Seen {
  /** `directory add`, `graph POST /users`, `dns UPDATE`. */
  readonly name: string;
  readonly write: boolean;
  readonly fault?: Fault;
}

/** The fault of one operation: the n-th write, or the n-th read, counted from 1. */
export interface Strike {
  readonly nth: number;
  readonly write: boolean;
  readonly fault: Fault;
}

/** Writes down every operation that reaches a server, and lets one of them go wrong. */
export function wireOf(strike?: Strike): { readonly faults: Faults; readonly seen: readonly Seen[] } {
  const seen: Seen[] = [];
  let passed = 0;
  const faults: Faults = {
    next({ system, operation, write }) {
      const hit = strike !== undefined && write === strike.write && ++passed === strike.nth;
      const name = `${system} ${operation}`;
      seen.push({ name, write, ...(hit ? { fault: strike.fault } : {}) });
      return hit ? strike.fault : undefined;
    },
  };
  return { faults, seen };
}

/** Names of the writes, in order. */
export const writesOf = (seen: readonly Seen[]): readonly string[] =>
  seen.filter((one) => one.write).map((one) => one.name);
