import type { BareRepository } from './repository.ts';

/** One call as it came, for counting and for faults. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly login: string;
}

/** What the handler in front of the emulator remembers itself. */
export interface State {
  readonly git: BareRepository;
  readonly members: ReadonlySet<string>;
  readonly now: () => Date;
  /** Latest status `layanan` by commit. */
  readonly statuses: Map<string, { state: string; description: string }>;
  /** Head branch by pull request. */
  readonly heads: Map<number, string>;
  readonly merged: Map<number, { commit: string; head: string; base: string; at: string }>;
  /** Login of the last editor by comment. */
  readonly editors: Map<number, string>;
  /** When comments and reviews were made, by `comment 7` and `review 7`. */
  readonly times: Map<string, { created: string; updated: string }>;
  /** The head that a review was given on. */
  readonly reviewed: Map<number, string>;
}

export const openState = ({
  git,
  members,
  now,
}: {
  readonly git: BareRepository;
  readonly members: readonly string[];
  readonly now: () => Date;
}): State => ({
  git,
  members: new Set(members),
  now,
  statuses: new Map(),
  heads: new Map(),
  merged: new Map(),
  editors: new Map(),
  times: new Map(),
  reviewed: new Map(),
});
