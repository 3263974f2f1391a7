import type { Fulfilled, History } from '../../core/journal/history.ts';
import type { Policies } from '../../core/policies.ts';
import { plusDays } from '../../core/term/day.ts';
import { endOf } from '../../core/term/end.ts';
import { type Notice, noticesSince, type Running } from '../../core/term/notices.ts';
import { notices } from '../../policies/notices.ts';

/** A notice with the request that it is about, as it was last fulfilled. */
export interface DueNotice {
  readonly fulfilled: Fulfilled;
  readonly end: string;
  readonly notice: Notice;
}

/** The term of a fulfilled request; undefined where it has none, or is over and done with. */
export function runningTerm({ version, term: reached }: Fulfilled, policies: Policies): Running | undefined {
  const term = policies.catalogues.get(version.catalogue)?.offers.get(version.service)?.term;
  const end = endOf(term, version);
  if (term === undefined || end === undefined || reached?.phase === 'absent') return undefined;
  return { term, end, ...(reached ? { reached } : {}) };
}

/** What people are to be told on a day, by request. @param since the last day on which somebody looked */
export function dueNotices(
  { fulfilled }: Pick<History, 'fulfilled'>,
  policies: Policies,
  today: string,
  since = plusDays(today, -1),
): readonly DueNotice[] {
  return [...fulfilled.values()].flatMap((one) => {
    const running = runningTerm(one, policies);
    if (running === undefined) return [];
    const { end } = running;
    return noticesSince(since, today, running, notices).map((notice) => ({ fulfilled: one, end, notice }));
  });
}
