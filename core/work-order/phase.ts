import type { Calendar } from '../calendar/calendar.ts';
import { UserError } from '../errors.ts';
import type { Phase } from '../resource.ts';
import { clocksOf, nextDue } from './clock.ts';
import { formOf, type Step, type WorkForm, type WorkOrder } from './order.ts';
import { stateOf, type WorkState } from './state.ts';

/** The first step that is not done yet. */
export const nextStep = ({ steps }: WorkForm, { checked }: WorkState): Step | undefined =>
  steps.find((step) => !checked.has(step.id));

/** A year without holidays must not cost the reading: the order is there, only its due date is not known. */
function untilOf(form: WorkForm, state: WorkState, calendar: Calendar | undefined): { until?: string } {
  if (calendar === undefined) return {};
  try {
    const until = nextDue(form, state, clocksOf(form, state, calendar));
    return until === undefined ? {} : { until };
  } catch (error) {
    if (error instanceof UserError) return {};
    throw error;
  }
}

/**
 * What a work order waits for. It is ready only once it is closed and all that was judged has passed: what failed keeps
 * the gate shut until the requester has mended it and the work was done anew.
 */
export function phaseOf(order: WorkOrder, calendarOf: (id: string) => Calendar | undefined): Phase {
  const form = formOf(order);
  const state = stateOf(order.events);
  const { closed, paused } = state;
  if (closed?.passed) return 'ready';
  if (closed !== null)
    return { waitsFor: 'the requester: mend what failed, then reopen it', since: closed.at, whom: 'requester' };
  if (paused !== null) return { waitsFor: `the requester: ${paused.reason}`, since: paused.at, whom: 'requester' };
  const due = { since: state.openedAt, ...untilOf(form, state, calendarOf(form.calendar)) };
  const step = nextStep(form, state);
  if (step?.by === 'requester') return { waitsFor: `the requester: step '${step.id}'`, ...due, whom: 'requester' };
  return { waitsFor: `team '${form.team}'`, ...due, whom: { team: form.team } };
}
