import { stampAt } from '../../core/calendar/zone.ts';
import type { Text } from '../../core/finding.ts';
import { type NormState, normStates } from '../../core/journal/norms.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import type { Held } from '../../core/resource.ts';
import { endOf } from '../../core/term/end.ts';
import { nextPhase } from '../../core/term/term.ts';
import type { RequestState, Times } from '../report/report.ts';
import { heldText } from '../report/request-texts.ts';
import { say } from '../report/texts.ts';
import type { Workspace } from '../workspace/workspace.ts';

type Clock = Pick<Workspace, 'zone' | 'now'>;

/** How a request stands. */
interface Standing {
  readonly state: RequestState;
  readonly held: readonly Held[];
}

const isDone = (state: RequestState): boolean => state === 'applied' || state === 'unchanged';

/**
 * Since when a request stands as it does, and until when that should last: while something is to be done, since it was
 * approved and complete and until its norm ends; once it is fulfilled, since then and until the next phase of its term.
 */
export function timesOf(
  prepared: Prepared,
  { state, held }: Standing,
  clock: Clock & Pick<Workspace, 'policies'>,
): Times {
  const { before, accepted, term } = prepared;
  // An edit that waits for its approval has no clock yet, whatever the order before it had.
  const order = state === 'waiting-approval' ? undefined : accepted;
  const norms = order === undefined ? [] : normStates(order, clock.now().toISOString());
  const [first] = norms.toSorted((a, b) => (a.due < b.due ? -1 : 1));
  const coming = comingPhase(prepared);
  const since = isDone(state) ? before?.at : order?.at;
  const until = isDone(state) ? undefined : first;
  return {
    norms: norms.map((norm) => ({ ...norm, text: normText(norm, clock) })),
    ...waitsFor(state, held, clock),
    ...(since === undefined ? {} : { since: moment(since, clock) }),
    ...(until === undefined ? {} : { until: { at: until.due, text: dueText(until, clock) } }),
    ...(isDone(state) && coming
      ? { until: { at: coming.from, text: say(`until.${coming.phase}`, { at: coming.from }) } }
      : {}),
    ...(coming || term.phase !== 'on' ? { term: { phase: term.phase, ...(coming ? { next: coming } : {}) } } : {}),
  };
}

/** What a request that cannot go on waits for: people, where some are to act, else the first thing that is held. */
function waitsFor(state: RequestState, held: readonly Held[], clock: Clock & Pick<Workspace, 'policies'>) {
  const [first] = held;
  if (first === undefined || (state !== 'held' && state !== 'waiting')) return {};
  const forPeople = held.find((one) => one.waits?.whom !== undefined);
  return { waitsFor: forPeople ? peopleText(forPeople, clock) : heldText(clock.policies.messages, first) };
}

/** `Menunggu Tim Uji sampai 2026-12-08 10:00 (terlambat): djp/spt#7.1`. */
function peopleText({ key, waits }: Held, { policies, ...clock }: Clock & Pick<Workspace, 'policies'>): Text {
  const { whom, until } = waits ?? {};
  const team = typeof whom === 'object' ? policies.organisation.teams.get(whom.team)?.name : undefined;
  const who = team ?? { id: 'pemohon', en: 'the requester' };
  if (until === undefined) return say('waits.people', { who, order: key });
  const isOver = Date.parse(until) < clock.now().getTime();
  return say(isOver ? 'waits.overdue' : 'waits.until', { who, order: key, until: moment(until, clock).text });
}

function comingPhase({ offer, request, term }: Prepared) {
  const next = nextPhase(offer.term, endOf(offer.term, request), term);
  return next === undefined || next.phase === 'on' ? undefined : { phase: next.phase, from: next.from };
}

/** `Butir 8.1.1: selesai 2026-11-20 10:00, tepat waktu (2026-11-24 10:00)`. */
function normText({ code, start, due, state, fulfilledAt = due }: NormState, clock: Clock) {
  const times = { start: localOf(start, clock), due: localOf(due, clock), done: localOf(fulfilledAt, clock) };
  return say(`norm.${state}`, { code, ...times });
}

function dueText({ due, state }: NormState, clock: Clock) {
  const at = localOf(due, clock);
  return say(state === 'overdue' ? 'until.overdue' : 'until.due', { at });
}

const moment = (at: string, clock: Clock) => {
  const text = localOf(at, clock);
  return { at, text: { id: text, en: text } };
};

/** `2026-11-24 16:00`, as people of the environment's calendar write it. */
const localOf = (at: string, { zone }: Clock): string => stampAt(new Date(at), zone).slice(0, 16).replace('T', ' ');
