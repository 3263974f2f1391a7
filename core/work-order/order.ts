import type { Norm } from '../catalogue/norm.ts';
import type { Fields, FieldValue } from '../kinds.ts';
import type { RequestId } from '../resource.ts';
import type { WorkEvent } from './event.ts';

/** A work order as the ticket system holds it: what is asked (managed fields) and what happened. */
export interface WorkOrder {
  /** `<request id>#<code>`. */
  readonly key: string;
  readonly owner: RequestId | null;
  readonly fields: Fields;
  readonly events: readonly WorkEvent[];
}

/** Who does a step: anyone of the team, those of it who are on duty at the activity, or the requester's side. */
export const STEP_ACTORS = ['team', 'duty', 'requester'] as const;
export type StepActor = (typeof STEP_ACTORS)[number];

export interface Step {
  readonly id: string;
  readonly by: StepActor;
}

/** The managed fields of a work order, typed. */
export interface WorkForm {
  readonly code: string;
  readonly title: string;
  readonly team: string;
  readonly steps: readonly Step[];
  /** Ids of the steps that are done before the activity. */
  readonly preparation: ReadonlySet<string>;
  readonly components: readonly string[];
  readonly documents: readonly string[];
  readonly details: readonly string[];
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly norm: Norm | null;
  readonly closing: Norm | null;
  readonly calendar: string;
}

const text = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');
const orNull = (value: FieldValue | undefined): string | null => (typeof value === 'string' ? value : null);
const list = (value: FieldValue | undefined): readonly string[] => (Array.isArray(value) ? value : []);

/** `duty:escort` is a step of those on duty, `escort` one of the team. */
function stepOf(word: string): Step {
  const [by, id] = word.includes(':') ? word.split(':') : ['team', word];
  return { id: id ?? '', by: STEP_ACTORS.find((one) => one === by) ?? 'team' };
}

/** The word that stands for a step in the field `steps`. */
export const stepWord = ({ id, by }: Step): string => (by === 'team' ? id : `${by}:${id}`);

/** `6 working_hour`; null for none. */
export function normOf(value: FieldValue | undefined): Norm | null {
  const [, amount, unit] = /^(\d+) (working_hour|working_day|calendar_day)$/.exec(text(value)) ?? [];
  return amount === undefined ? null : { kind: 'fixed', value: Number(amount), unit: unit as Norm['unit'] };
}

/** The text that stands for a norm in the fields `norm` and `closing`. */
export const normWord = (norm: Norm | null): string | null => (norm === null ? null : `${norm.value} ${norm.unit}`);

export const formOf = ({ fields }: Pick<WorkOrder, 'fields'>): WorkForm => ({
  code: text(fields.code),
  title: text(fields.title),
  team: text(fields.team),
  steps: list(fields.steps).map(stepOf),
  preparation: new Set(list(fields.preparation)),
  components: list(fields.components),
  documents: list(fields.documents),
  details: list(fields.details),
  startsAt: orNull(fields.startsAt),
  endsAt: orNull(fields.endsAt),
  norm: normOf(fields.norm),
  closing: normOf(fields.closing),
  calendar: text(fields.calendar),
});

/** What the request says; the rest is how the catalogue has it done. */
const ASKED = ['documents', 'details', 'occasion', 'startsAt', 'endsAt'];

/**
 * Whether a change of fields asks for the work anew. A catalogue that has it done otherwise, by another team or with one
 * more step, does not undo what was done.
 */
export const isAskedAnew = (after: Fields): boolean => Object.keys(after).some((name) => ASKED.includes(name));
