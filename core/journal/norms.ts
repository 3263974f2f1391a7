import type { NormClock } from './entry.ts';
import type { Accepted } from './history.ts';

/** How a norm stands: it runs, it has passed, or the request was fulfilled in time or late. */
export interface NormState extends NormClock {
  readonly state: 'running' | 'overdue' | 'met' | 'missed';
  /** When the request was fulfilled, ISO 8601 UTC. */
  readonly fulfilledAt?: string;
}

/** How the norms of a request's last order stand. @param now ISO 8601, UTC */
export const normStates = ({ norms, fulfilledAt }: Accepted, now: string): readonly NormState[] =>
  norms.map((norm) => {
    const isLate = Date.parse(fulfilledAt ?? now) > Date.parse(norm.due);
    if (fulfilledAt === undefined) return { ...norm, state: isLate ? 'overdue' : 'running' };
    return { ...norm, fulfilledAt, state: isLate ? 'missed' : 'met' };
  });
