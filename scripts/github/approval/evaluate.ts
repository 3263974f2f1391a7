import { approve } from '../../../core/approve/approve.ts';
import type { Approval, Verdict } from '../../../core/approve/evidence.ts';
import type { JournalEvent } from '../../../core/journal/entry.ts';
import type { Organisation } from '../../../core/organisation/organisation.ts';
import type { Prepared } from '../../../core/plan/prepare.ts';
import { type Evidence, evidenceOf, isRemark, type Remark } from './evidence.ts';
import type { PullRequestFacts } from './facts.ts';
import { actorsOf } from './people.ts';

/** What the events of a pull request amount to. */
export interface Evaluation {
  /** The requests with verdicts that count the events, and the approvals that the journal had already. */
  readonly prepared: readonly Prepared[];
  /** Events that do not count as they were meant, in order. */
  readonly remarks: readonly Remark[];
  /** Approvals that count: to be entered in the journal before the first write. */
  readonly entries: readonly ApprovedEvent[];
}

export type ApprovedEvent = Extract<JournalEvent, { readonly type: 'approved' }>;

export interface EvaluateContext {
  readonly organisation: Organisation;
  /** ISO date of the decision, in this IANA zone. */
  readonly today: string;
  readonly zone: string;
}

/** A deletion that was named is used soon or named again. */
const NAMED_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Decides on the approvals of a pull request: from reviews and command lines to the verdict of each request. Pure, so
 * that any job that reads the same facts decides the same, before the merge and after it.
 * @param prepared the requests that the pull request changes, made with `actorsOf(facts)`
 */
export function evaluateApprovals(
  prepared: readonly Prepared[],
  facts: PullRequestFacts,
  context: EvaluateContext,
): Evaluation {
  const { organisation, zone } = context;
  const events = facts.events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const heard = events.flatMap((event) => evidenceOf(event, { prepared, facts, organisation, zone }));
  const remarks = heard.filter(isRemark);
  const evidence: Evidence[] = [];
  for (const one of heard) {
    if (isRemark(one)) continue;
    if (isWithdrawn(one, facts)) remarks.push({ event: one.event, code: 'approval/withdrawn' });
    else evidence.push(one);
  }
  const byRequest = Map.groupBy(evidence, (one) => one.request);
  const decided = prepared.map((one) => {
    const own = byRequest.get(one.request.id) ?? [];
    const judge = (approvals: readonly Approval[]) => judged(one, approvals, facts, context);
    const named = namedBy(own, judge, context.today);
    remarks.push(...named.remarks);
    return { one: { ...one, verdict: withEarlier(one.verdict, judge(own.map(({ approval }) => approval))) }, named };
  });
  return {
    prepared: decided.map(({ one }) => one),
    remarks: distinct(remarks),
    entries: decided.flatMap(({ one, named }) => [...entryOf(one), ...named.entries]),
  };
}

/** Whoever asks for changes takes back what they approved before. */
const isWithdrawn = ({ event }: Evidence, { events }: PullRequestFacts): boolean =>
  events.some(
    (later) =>
      later.kind === 'review' &&
      later.state === 'CHANGES_REQUESTED' &&
      later.author.login.toLowerCase() === event.author.login.toLowerCase() &&
      Date.parse(later.at) >= Date.parse(event.at),
  );

function judged(
  { request, classification, digest }: Prepared,
  approvals: readonly Approval[],
  facts: PullRequestFacts,
  { organisation, today }: EvaluateContext,
): Verdict {
  const actors = actorsOf(facts, organisation);
  return approve({ request, classification, digest, approvals, ...actors, organisation, day: today });
}

/** What the journal had decides first. Its approvals of older substance are no news to a pull request. */
const withEarlier = (earlier: Verdict, now: Verdict): Verdict => (earlier.state === 'missing' ? now : earlier);

const entryOf = ({ request, verdict }: Prepared): readonly ApprovedEvent[] =>
  verdict.state === 'granted' ? [{ type: 'approved', request: request.id, approval: verdict.approval }] : [];

/** Deletions by name: they count where an approval by the same person would, for seven days. */
function namedBy(own: readonly Evidence[], judge: (approvals: readonly Approval[]) => Verdict, today: string) {
  const entries: ApprovedEvent[] = [];
  const remarks: Remark[] = [];
  for (const { event, request, approval, object } of own) {
    if (object === undefined) continue;
    if (Date.parse(today) - Date.parse(approval.on) > NAMED_DAYS * DAY_MS)
      remarks.push({ event, code: 'approval/name-expired' });
    else if (judge([approval]).state !== 'granted') remarks.push({ event, code: 'approval/name-unapproved' });
    else entries.push({ type: 'approved', request, approval, deletes: [object] });
  }
  return { entries, remarks };
}

function distinct(remarks: readonly Remark[]): readonly Remark[] {
  const byKey = new Map(remarks.map((remark) => [`${remark.event.kind} ${remark.event.id} ${remark.code}`, remark]));
  return [...byKey.values()].toSorted((a, b) => Date.parse(a.event.at) - Date.parse(b.event.at));
}
