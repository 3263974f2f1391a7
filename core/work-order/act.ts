import type { Values } from '../finding.ts';
import type { WorkEventBody } from './event.ts';
import { formOf, type Step, type WorkForm, type WorkOrder } from './order.ts';
import { nextStep } from './phase.ts';
import { stateOf, type WorkState } from './state.ts';

/** What a person wants to do with a work order. */
export type Act = Exclude<WorkEventBody, { readonly type: 'opened' | 'changed' | 'closed' }> | Close;
interface Close {
  readonly type: 'close';
  readonly note?: string;
}

/** A person, and on whose side they stand to this order. */
export interface Actor {
  readonly id: string;
  readonly inTeam: boolean;
  /** Of the team, and on duty on the day of the activity. */
  readonly onDuty: boolean;
  /** Of the unit that asked. */
  readonly ofRequester: boolean;
}

export interface ActContext {
  /** ISO 8601 UTC. */
  readonly now: string;
  /** Ids of the steps that are done only with a file that proves it. */
  readonly evidence: ReadonlySet<string>;
  /** Until when a closed order may be reopened, ISO 8601 UTC; null without an end. */
  readonly reopenUntil: string | null;
}

/** Why a person may not do that now; the code is one of policies/messages/work.yaml. */
export interface ActFault {
  readonly code: string;
  readonly values: Values;
}

interface Case extends ActContext {
  readonly actor: Actor;
  readonly form: WorkForm;
  readonly state: WorkState;
}

const fault = (code: string, values: Values = {}): ActFault => ({ code, values });
const MS = Date.parse;

/** The event that an act becomes, or why it may not be. Pure; the ticket system adds when and by whom. */
export function judgeAct(order: WorkOrder, act: Act, actor: Actor, context: ActContext): WorkEventBody | ActFault {
  const it: Case = { ...context, actor, form: formOf(order), state: stateOf(order.events) };
  return closedFault(act, it) ?? pauseFault(act, it) ?? faultOf(act, it) ?? eventOf(act, it);
}

function eventOf(act: Act, { state }: Case): WorkEventBody {
  if (act.type !== 'close') return act;
  const passed = [...state.judged.values()].every((one) => one.passed);
  return { type: 'closed', passed, ...(act.note === undefined ? {} : { note: act.note }) };
}

function closedFault(act: Act, { state: { closed } }: Case): ActFault | undefined {
  if (act.type === 'reopened') return closed === null ? fault('work/not-closed') : undefined;
  return closed === null ? undefined : fault('work/closed', { by: closed.by, at: closed.at });
}

function pauseFault(act: Act, { state: { paused } }: Case): ActFault | undefined {
  if (act.type === 'resumed') return paused === null ? fault('work/not-paused') : undefined;
  return paused === null ? undefined : fault('work/paused', { reason: paused.reason, by: paused.by, at: paused.at });
}

function faultOf(act: Act, it: Case): ActFault | undefined {
  switch (act.type) {
    case 'checked':
      return checkFault(act, it);
    case 'judged':
      return judgementFault(act.component, it);
    case 'close':
      return teamFault(it) ?? closeFault(it);
    case 'paused':
      return teamFault(it);
    case 'resumed':
      return sideFault(it);
    case 'reopened':
      return sideFault(it) ?? reopenFault(it);
  }
}

const teamFault = ({ actor, form }: Case): ActFault | undefined =>
  actor.inTeam ? undefined : fault('work/not-of-team', { person: actor.id, team: form.team });

/** The team and those who asked. */
const sideFault = ({ actor, form }: Case): ActFault | undefined =>
  actor.inTeam || actor.ofRequester ? undefined : fault('work/not-concerned', { person: actor.id, team: form.team });

function actorFault(step: Step, it: Case): ActFault | undefined {
  const values = { person: it.actor.id, step: step.id };
  if (step.by === 'requester') return it.actor.ofRequester ? undefined : fault('work/not-requester', values);
  if (step.by === 'duty' && it.actor.inTeam) return it.actor.onDuty ? undefined : fault('work/not-on-duty', values);
  return teamFault(it);
}

function checkFault(act: Extract<Act, { type: 'checked' }>, it: Case): ActFault | undefined {
  const { form, state } = it;
  const step = form.steps.find((one) => one.id === act.step);
  if (step === undefined)
    return fault('work/unknown-step', { step: act.step, steps: form.steps.map((one) => one.id).join(', ') });
  const done = state.checked.get(step.id);
  if (done !== undefined) return fault('work/checked-already', { step: step.id, by: done.by, at: done.at });
  const first = nextStep(form, state);
  if (first !== undefined && first.id !== step.id)
    return fault('work/out-of-order', { step: step.id, first: first.id });
  const isEarly = form.startsAt !== null && !form.preparation.has(step.id) && MS(it.now) < MS(form.startsAt);
  if (isEarly) return fault('work/too-early', { step: step.id, at: form.startsAt ?? '' });
  if (it.evidence.has(step.id) && act.sha256 === undefined) return fault('work/evidence-missing', { step: step.id });
  return actorFault(step, it);
}

function judgementFault(component: string, it: Case): ActFault | undefined {
  const { components } = it.form;
  if (components.includes(component)) return teamFault(it);
  if (components.length === 0) return fault('work/nothing-judged', { component });
  return fault('work/unknown-component', { component, components: components.join(', ') });
}

function closeFault({ form, state }: Case): ActFault | undefined {
  const steps = form.steps.filter((step) => !state.checked.has(step.id)).map((step) => step.id);
  if (steps.length > 0) return fault('work/steps-open', { steps: steps.join(', ') });
  const components = form.components.filter((one) => !state.judged.has(one));
  return components.length === 0 ? undefined : fault('work/components-open', { components: components.join(', ') });
}

/** What failed is reopened whenever it is mended; what passed, as a complaint, for some days only. */
function reopenFault({ state, now, reopenUntil }: Case): ActFault | undefined {
  const isLate = state.closed?.passed === true && reopenUntil !== null && MS(now) > MS(reopenUntil);
  return isLate ? fault('work/reopen-late', { until: reopenUntil }) : undefined;
}
