import type { Calendar } from '../../core/calendar/calendar.ts';
import { due } from '../../core/calendar/due.ts';
import type { Offer } from '../../core/catalogue/catalogue.ts';
import type { Assignment } from '../../core/catalogue/task.ts';
import { UserError } from '../../core/errors.ts';
import { WEEKDAYS } from '../../core/organisation/organisation.ts';
import type { PlacedRequest } from '../../core/request.ts';
import type { ActContext, Actor } from '../../core/work-order/act.ts';
import { formOf, type WorkForm } from '../../core/work-order/order.ts';
import { stateOf, type WorkState } from '../../core/work-order/state.ts';
import type { Ticket } from '../../provisioners/work-orders/protocol.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A work order with what the catalogue and its request say of it. */
export interface Job {
  readonly ticket: Ticket;
  readonly form: WorkForm;
  readonly state: WorkState;
  readonly placed: PlacedRequest;
  readonly offer: Offer;
  readonly assignment: Assignment;
  readonly calendar: Calendar;
}

/** Undefined where the request or the catalogue does not know the order any more. */
export function jobOf(ticket: Ticket, requests: readonly PlacedRequest[], { policies }: Workspace): Job | undefined {
  const placed = requests.find(({ request }) => request.id === ticket.owner);
  const catalogue = policies.catalogues.get(placed?.request.catalogue ?? '');
  const offer = catalogue?.offers.get(placed?.request.service ?? '');
  const form = formOf(ticket);
  const assignment = offer?.workOrders?.find((one) => one.code === form.code);
  const calendar = policies.calendars.get(form.calendar);
  if (!placed || !offer || !assignment || !calendar) return undefined;
  return { ticket, form, state: stateOf(ticket.events), placed, offer, assignment, calendar };
}

/** The weekday at an instant, by the clocks of a calendar. */
function weekdayAt(at: string, { zone }: Calendar) {
  const name = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: zone }).format(new Date(at)).toLowerCase();
  return WEEKDAYS.find((day) => day === name);
}

/** Who of the team is on duty at the activity, ids of people; nobody where there is no activity or no roster. */
export function onDuty({ form, calendar }: Job, { policies }: Workspace): readonly string[] {
  const day = form.startsAt === null ? undefined : weekdayAt(form.startsAt, calendar);
  return (day && policies.organisation.teams.get(form.team)?.duty[day]) ?? [];
}

/** @throws UserError for somebody whom people.yaml does not know */
export function actorOf(person: string, job: Job, workspace: Workspace): Actor {
  const { people, teams } = workspace.policies.organisation;
  const known = people.get(person);
  if (known === undefined)
    throw new UserError({
      id: `Tidak dapat bekerja sebagai '${person}': orang itu tidak ada di people.yaml`,
      en: `Cannot work as '${person}': people.yaml has no such person`,
    });
  return {
    id: person,
    inTeam: teams.get(job.form.team)?.members.includes(person) === true,
    onDuty: onDuty(job, workspace).includes(person),
    ofRequester: known.units.includes(job.placed.request.unit),
  };
}

/** What decides on an act, besides who does it. */
export function actContext(job: Job, { policies, now }: Workspace): ActContext {
  const reopen = policies.catalogues.get(job.placed.request.catalogue)?.reopen ?? null;
  const { closed } = job.state;
  return {
    now: now().toISOString(),
    evidence: new Set(job.assignment.task.steps.filter((step) => step.evidence).map((step) => step.id)),
    reopenUntil: closed === null || reopen === null ? null : due(reopen, closed.at, job.calendar).at,
  };
}
