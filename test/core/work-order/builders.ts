import type { Fields } from '../../../core/kinds.ts';
import type { Act, ActContext, Actor } from '../../../core/work-order/act.ts';
import { judgeAct } from '../../../core/work-order/act.ts';
import type { WorkEvent, WorkEventBody } from '../../../core/work-order/event.ts';
import type { WorkOrder } from '../../../core/work-order/order.ts';

/** Monday 23 November 2026, 09:00 WIB, and the days after it. */
export const at = (hour: number, day = 23) => `2026-11-${day}T${String(hour - 7).padStart(2, '0')}:00:00Z`;

export const VISIT: Fields = {
  team: 'fasilitas-dc',
  steps: ['list-checked', 'duty:escorted', 'requester:left', 'logged'],
  preparation: ['list-checked'],
  components: [],
  startsAt: at(13),
  endsAt: at(15),
  norm: '6 working_hour',
  closing: '1 working_day',
  calendar: 'wib',
};
export const TEST: Fields = {
  ...VISIT,
  team: 'pengujian',
  steps: ['tested', 'reported'],
  preparation: [],
  components: ['dbms', 'session'],
  startsAt: null,
  endsAt: null,
  norm: '12 working_day',
  closing: null,
};

type Body = WorkEventBody & { readonly at?: string; readonly by?: string };

/** Events in their order, from nine in the morning on, by the team where nobody is named. */
export const events = (...bodies: readonly Body[]): readonly WorkEvent[] =>
  [{ type: 'opened' as const }, ...bodies].map((body) => ({ at: at(9), by: 'petugas', ...body }));

export const order = (fields: Fields, ...bodies: readonly Body[]): WorkOrder => ({
  key: 'djp/spt#1',
  owner: 'djp/spt',
  fields,
  events: events(...bodies),
});

export const TEAM: Actor = { id: 'petugas', inTeam: true, onDuty: true, ofRequester: false };
export const REQUESTER: Actor = { id: 'pemohon', inTeam: false, onDuty: false, ofRequester: true };
export const STRANGER: Actor = { id: 'lain', inTeam: false, onDuty: false, ofRequester: false };

/** The code of the fault, or the type of the event. */
export function verdictOf(it: WorkOrder, act: Act, actor: Actor = TEAM, over: Partial<ActContext> = {}): string {
  const context = { now: at(14), evidence: new Set<string>(), reopenUntil: null, ...over };
  const verdict = judgeAct(it, act, actor, context);
  return 'code' in verdict ? verdict.code : verdict.type;
}

export const check = (step: string) => ({ type: 'checked', step }) as const;
export const judge = (component: string, passed = true) => ({ type: 'judged', component, passed }) as const;
