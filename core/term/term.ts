import type { Kind } from '../kinds.ts';
import { plus, plusDays, type Span } from './day.ts';

/** How a term of a service runs and ends, as its catalogue says; all of it plain data. */
export interface Term {
  /** Path of the last day of the term, an ISO date: `spec.until`. A request without one has no end. */
  readonly until: string;
  /** Longest term, from the day it is ordered on; an extension counts from the end of the running one. Absent: no limit. */
  readonly longest?: Span;
  /** How long it stays off before it is deleted. Absent: it stays off and nothing is deleted. */
  readonly grace?: Span;
  /** Kinds of which the end of the grace may delete resources, under the approval of the term. */
  readonly deletes: readonly Kind[];
}

/** `on` through the last day of the term, `off` after it, `absent` after the grace. */
export const TERM_PHASES = ['on', 'off', 'absent'] as const;
export type TermPhase = (typeof TERM_PHASES)[number];

/** The phase that targets were last seen to hold, and the day on which they first were. */
export interface Reached {
  readonly phase: TermPhase;
  readonly since: string;
}

/**
 * The phase of a term on a day. The grace runs from the day on which the targets were seen to be off, so that a run
 * that came late, or one with a wrong clock, never shortens it; and what was reached under the same end is never taken
 * back without an edit.
 * @param end of `endOf()`
 * @param reached under this same end; undefined where nothing was, or the end is another one since
 */
export function phaseOn(today: string, term: Term | undefined, end: string | undefined, reached?: Reached): TermPhase {
  if (term === undefined || end === undefined) return 'on';
  if (reached?.phase === 'absent') return 'absent';
  if (reached?.phase === 'off')
    return term.grace !== undefined && today >= plus(reached.since, term.grace) ? 'absent' : 'off';
  return today > end ? 'off' : 'on';
}

/** The phase that comes after the one that was reached, and its first day; undefined where none comes. */
export function nextPhase(
  term: Term | undefined,
  end: string | undefined,
  { phase, since }: Reached,
): { readonly phase: TermPhase; readonly from: string } | undefined {
  if (term === undefined || end === undefined || phase === 'absent') return undefined;
  if (phase === 'on') return { phase: 'off', from: plusDays(end, 1) };
  return term.grace === undefined ? undefined : { phase: 'absent', from: plus(since, term.grace) };
}
