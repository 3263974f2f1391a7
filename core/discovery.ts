import type { Observed } from './resource.ts';

/**
 * Why no request may own an object, whatever it asks:
 * - `protected`: the target's own administration;
 * - `in-use`: the place of the marker holds a text of others;
 * - `elsewhere`: other servers hold it;
 * - `unmanaged`: of a type that is not written here.
 */
export type Unownable = 'protected' | 'in-use' | 'elsewhere' | 'unmanaged';

/** An object that a target holds, whoever owns it. */
export interface Candidate {
  readonly observed: Observed;
  /** `detail` is English, for engineers. */
  readonly refused?: { readonly reason: Unownable; readonly detail: string };
}

/** What a target holds at a place, in parts so that long lists show progress: complete, or it rejects with a TargetError. */
export interface Discovery {
  /** How many objects there are at most; some may turn out to be of no kind that is managed. */
  readonly total: number;
  readonly parts: AsyncIterable<readonly Candidate[]>;
}

/** Which accounts and groups are looked for. */
export interface AccountSearch {
  /** Relative DN of an organisational unit, without the domain's base; all below it counts. */
  readonly ou: string;
  /** Only these logins. */
  readonly logins?: readonly string[];
  /** Only logins that begin so. */
  readonly prefix?: string;
}
