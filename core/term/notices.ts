import { daysBetween, plusDays } from './day.ts';
import { nextPhase, type Reached, type Term } from './term.ts';

/** How many days before the next phase people are told of it. */
export interface NoticeDays {
  /** Before the last day of the term; 0 is that day itself. */
  readonly beforeEnd: readonly number[];
  /** Before the day of the deletion. */
  readonly beforeDeletion: readonly number[];
}

/** One thing that people are to be told on a day: the term ends, or what it gave is deleted. */
export interface Notice {
  readonly kind: 'ends' | 'deletes';
  /** Days from the notice to the last day of the term, or to the deletion. */
  readonly days: number;
  /** The first day of the phase that comes, ISO date. */
  readonly at: string;
}

/** The term of one fulfilled request. */
export interface Running {
  readonly term: Term;
  /** Its last day, ISO date. */
  readonly end: string;
  /** Absent while it runs. */
  readonly reached?: Reached;
}

/** What is to be told on a day, no earlier and no later. Pure. */
export function noticesOn(
  day: string,
  { term, end, reached }: Running,
  { beforeEnd, beforeDeletion }: NoticeDays,
): readonly Notice[] {
  const left = daysBetween(day, end);
  const off = { phase: 'off', since: plusDays(end, 1) } as const;
  const next = nextPhase(term, end, reached ?? (left < 0 ? off : { phase: 'on', since: day }));
  if (next === undefined) return [];
  const isEnd = next.phase === 'off';
  const days = isEnd ? left : daysBetween(day, next.from);
  if (!(isEnd ? beforeEnd : beforeDeletion).includes(days)) return [];
  return [{ kind: isEnd ? 'ends' : 'deletes', days, at: next.from }];
}

/**
 * What is to be told after one day, through another: where no run looked for some days, only the last notice that is
 * due counts, told with the days that are left now.
 */
export function noticesSince(after: string, day: string, running: Running, schedule: NoticeDays): readonly Notice[] {
  for (let back = 0; plusDays(day, -back) > after; back++) {
    const [notice] = noticesOn(plusDays(day, -back), running, schedule);
    if (notice !== undefined) return [{ ...notice, days: notice.days - back }];
  }
  return [];
}
