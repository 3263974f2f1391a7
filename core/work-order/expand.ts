import { instantAt } from '../calendar/instant.ts';
import type { Offer } from '../catalogue/catalogue.ts';
import { compile } from '../catalogue/cel.ts';
import { valueAt } from '../catalogue/changed.ts';
import type { Assignment } from '../catalogue/task.ts';
import type { Fields } from '../kinds.ts';
import type { Unit } from '../organisation/organisation.ts';
import type { ServiceRequest } from '../request.ts';
import type { Resource } from '../resource.ts';
import { workOrderId } from './id.ts';
import { normWord, stepWord } from './order.ts';

/** What work orders are made of, besides the request. */
export interface WorkContext {
  readonly offer: Offer;
  readonly unit: Unit;
  /** The calendar of the catalogue, with its IANA zone. */
  readonly calendar: { readonly id: string; readonly zone: string };
}

/**
 * The work orders that a request asks for as it stands: those of its offer whose condition holds.
 * @param resources what the service itself wants, for orders that need some of it
 */
export function workOrdersOf(
  request: ServiceRequest,
  resources: readonly Resource[],
  context: WorkContext,
): readonly Resource[] {
  const { offer, unit } = context;
  const variables = { after: request, figures: offer.figures, unit };
  const isDeleted = request.state === 'deleted';
  const wanted = (offer.workOrders ?? []).filter(
    (one) => one.deletion === isDeleted && (one.if === undefined || compile(one.if)(variables)),
  );
  return wanted.map((assignment) => {
    const needs = assignment.needs.flatMap((need) => {
      const own = resources.filter((one) => one.kind === need);
      if (own.length > 0) return own.map(({ kind, key }) => ({ kind, key }));
      return wanted.some((one) => one.code === need) ? [workOrderId(request.id, need)] : [];
    });
    return {
      ...workOrderId(request.id, assignment.code),
      request: request.id,
      fields: fieldsOf(request, assignment, context),
      ...(needs.length > 0 ? { needs } : {}),
    };
  });
}

function fieldsOf(request: ServiceRequest, assignment: Assignment, { calendar }: WorkContext): Fields {
  const { code, task, name, team, norm, occasion } = assignment;
  const asked = occasion === undefined ? undefined : valueAt(request, occasion);
  return {
    code,
    title: `${code} ${name.id}`,
    team,
    steps: task.steps.map(stepWord),
    preparation: task.steps.filter((step) => step.preparation).map((step) => step.id),
    components: task.components.map((component) => component.id),
    documents: (request.documents ?? [])
      .filter((one) => task.documents.includes(one.type))
      .map((one) => `${one.type} ${one.sha256}`),
    details: assignment.details.flatMap((path) => detailLines(path, valueAt(request, path))),
    occasion: asked === undefined ? null : String(asked),
    ...activityOf(request, assignment, calendar.zone),
    norm: normWord(norm),
    closing: normWord(task.closing),
    calendar: calendar.id,
  };
}

/** One line for each element of a list; a mapping is its values in their order. */
function detailLines(path: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  const text = (one: unknown) =>
    typeof one === 'object' && one !== null ? Object.values(one).map(String).join(', ') : String(one);
  return (Array.isArray(value) ? value : [value]).map((one) => `${path}=${text(one)}`);
}

interface ActivityTime {
  readonly date: string;
  readonly from: string;
  readonly to: string;
}

function activityOf(request: ServiceRequest, { activity }: Assignment, zone: string): Fields {
  const time = activity === undefined ? undefined : (valueAt(request, activity) as ActivityTime | undefined);
  if (time === undefined) return { startsAt: null, endsAt: null };
  const { date, from, to } = time;
  return { startsAt: instantAt(date, from, zone), endsAt: instantAt(date, to, zone) };
}
