import type { CloudRequest } from '../protocol.ts';
import type { Store } from './store.ts';

/** Behaviours of the service that a sandbox can be set to. */
export interface Behaviour {
  /** After a create so many reads still miss the user, as on another replica. */
  readonly hiddenReads: number;
  /** After a create reads miss the user for so many milliseconds. */
  readonly hiddenMs: number;
  /** A mailbox appears so many milliseconds after its licence. */
  readonly mailboxMs: number;
  /** Entries on a page where the request asks for more. */
  readonly pageSize: number;
}

/** One request at the service. */
export interface Context {
  readonly store: Store;
  readonly request: CloudRequest;
  readonly now: Date;
  readonly behaviour: Behaviour;
  readonly newId: () => string;
}
