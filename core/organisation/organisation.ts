/** Units and people: who may ask, who may approve on a given day, and where a unit's things go. */
import type { Text } from '../finding.ts';

/** Ranks of posts; I is the highest. */
export const ECHELONS = ['I', 'II', 'III', 'IV'] as const;
export type Echelon = (typeof ECHELONS)[number];

export interface Unit {
  /** The folder below requests/. */
  readonly id: string;
  readonly name: Text;
  /** The unit above, for approvals by superiors; none for the ministry's top. */
  readonly parent?: string;
  /** Relative DN of its organisational unit: `OU=DJP`. */
  readonly ou: string;
  /** DNS zones in which it may have names. */
  readonly zones: readonly string[];
  /** Prefix of its Kubernetes namespaces and machine names. */
  readonly prefix: string;
  /** Its static addresses, IPv4, both ends included. */
  readonly addresses?: { readonly first: string; readonly last: string };
  /**
   * Most live instances by quota key: `accounts`, `licences`, `addresses`, `machines`, `namespaces`; and what machines and
   * namespaces may take together: `cores`, `memoryGb`, `storageGb`.
   */
  readonly quotas: Readonly<Record<string, number>>;
}

/** A post held by a person from a day until a day (ISO dates, both included), by a decree. */
export interface Post {
  readonly unit: string;
  readonly title: string;
  readonly echelon: Echelon;
  readonly decree: string;
  readonly from: string;
  readonly until?: string;
  /** Acting (Plt./Plh.): the rank counts while it lasts. */
  readonly acting?: boolean;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Units whose requests the person may change. */
  readonly units: readonly string[];
  readonly posts: readonly Post[];
  readonly github?: string;
  /** age recipient (`age1...`). */
  readonly ageKey?: string;
  /** May attest letters. */
  readonly serviceDesk?: boolean;
}

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** People who do the work orders that the catalogue gives to them. */
export interface Team {
  readonly id: string;
  readonly name: Text;
  /** Ids of people. */
  readonly members: readonly string[];
  /** Which of them are on duty, by weekday, for example to escort visitors; a day without them has nobody. */
  readonly duty: Readonly<Partial<Record<Weekday, readonly string[]>>>;
}

export interface Organisation {
  readonly units: ReadonlyMap<string, Unit>;
  readonly people: ReadonlyMap<string, Person>;
  readonly teams: ReadonlyMap<string, Team>;
}
