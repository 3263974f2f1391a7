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

/** A system of which no read is answered. */
export interface Blackout {
  readonly unreadable: 'directory' | 'graph' | 'exchange' | 'dns' | 'vsphere' | 'kubernetes';
}

/** Writes down every operation that reaches a server, and lets one of them go wrong, or all reads of one system. */
export function wireOf(strike?: Strike | Blackout): { readonly faults: Faults; readonly seen: readonly Seen[] } {
  const seen: Seen[] = [];
  let passed = 0;
  const faultOf = (system: string, write: boolean): Fault | undefined => {
    if (strike === undefined) return undefined;
    if ('unreadable' in strike) return !write && system === strike.unreadable ? 'unreadable' : undefined;
    return write === strike.write && ++passed === strike.nth ? strike.fault : undefined;
  };
  const faults: Faults = {
    next({ system, operation, write }) {
      const fault = faultOf(system, write);
      const name = `${system} ${operation}`;
      seen.push({ name, write, ...(fault === undefined ? {} : { fault }) });
      return fault;
    },
  };
  return { faults, seen };
}

/** Names of the writes, in order. */
export const writesOf = (seen: readonly Seen[]): readonly string[] =>
  seen.filter((one) => one.write).map((one) => one.name);
