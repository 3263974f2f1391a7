import type { Calendar } from '../core/calendar/calendar.ts';
import type { AccountSearch, Discovery } from '../core/discovery.ts';
import type { Handover } from '../core/handover.ts';
import type { Organisation } from '../core/organisation/organisation.ts';
import type { Provisioner } from '../core/provisioner.ts';
import type { Secret } from '../core/secret.ts';
import type { Environment } from '../core/service.ts';
import type { Credential } from './credentials.ts';
import type { Faults } from './faults.ts';
import type { TicketClient } from './work-orders/protocol.ts';

/** What stands at the targets, whoever owns it; for adoption. Reads only. */
export interface Discover {
  discoverAccounts(search: AccountSearch): Promise<Discovery>;
  /** @param zone in lower case, without the final dot */
  discoverRecords(zone: string): Promise<Discovery>;
}

export interface TargetOptions {
  readonly environment: Environment;
  readonly organisation: Organisation;
  /** A calendar of policies/calendars. */
  readonly calendarOf: (id: string) => Calendar | undefined;
  readonly handover: Handover;
  readonly now: () => Date;
  /** Uniform integers in `[0, max)`. */
  readonly randomInt: (max: number) => number;
  /** A file of the sandbox's state, by the name of its server. */
  readonly stateFile: (server: string) => string;
  /** What a server asks for. @throws UserError where it is missing */
  readonly credential: (name: Credential) => Secret;
  /** Text of a file that the environment names. @throws UserError where it cannot be read */
  readonly text: (file: string) => string;
  readonly faults?: Faults;
  /** Waits so many milliseconds; a timer where left out. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** One target, reached and willing. */
export interface Opened extends Partial<Discover> {
  readonly provisioner: Provisioner;
  readonly tickets?: TicketClient;
  close(): void | PromiseLike<void>;
}

/**
 * Opens one target where its environment says that it stands, loading its SDK only then.
 * @throws TargetError where the server is not reached, or does not take us for who we are
 */
export type Factory = (options: TargetOptions) => Promise<Opened>;
