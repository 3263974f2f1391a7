import { apply } from '../../core/apply/apply.ts';
import { journalPort, type Position } from '../../core/apply/port.ts';
import { canonical } from '../../core/canonical.ts';
import type { JournalEvent } from '../../core/journal/entry.ts';
import type { Journal } from '../../core/journal/journal.ts';
import { unitOf } from '../../core/load/path.ts';
import type { Planned } from '../../core/plan/plan.ts';
import { isAdopting, isDue, type Prepared } from '../../core/plan/prepare.ts';
import type { Outcome, RequestId } from '../../core/resource.ts';
import type { Targets } from '../../provisioners/index.ts';

/** Enters an event into the chain of a request's unit. */
export type Append = (request: RequestId, event: JournalEvent) => void;

/** Appends to opened chains, one for each unit; the caller holds their locks. */
export const appendTo =
  (journals: ReadonlyMap<string, Journal>): Append =>
  (request, event) => {
    const unit = unitOf(request);
    const journal = journals.get(unit);
    if (journal === undefined) throw new Error(`Cannot enter '${request}': journal of unit '${unit}' is not open`);
    journal.append(event);
  };

export interface ApplyRun {
  /** Tells runs apart in the journal. */
  readonly run: string;
  readonly planned: Planned;
  readonly targets: Targets;
  readonly append: Append;
  /** Told of each outcome as it happens. */
  readonly progress: (outcome: Outcome) => void;
  /** Called when a batch is through and entered. */
  readonly batchDone?: () => Promise<void>;
  readonly reached?: (point: number, position: Position) => void;
}

/** Writes a plan's changes through the port, and enters each outcome. */
export async function applyPlan(options: ApplyRun): Promise<Outcome[]> {
  const { run, planned, targets, append, progress, batchDone, reached } = options;
  const port = journalPort({ run, append, ...(reached ? { reached } : {}) });
  const { changes } = planned.plan;
  const outcomes: Outcome[] = [];
  for await (const outcome of apply({
    changes,
    resources: planned.resources,
    provisionerOf: targets.provisionerOf,
    port,
    ...(batchDone ? { batchDone } : {}),
  })) {
    const { change, result, error } = outcome;
    const code = error?.code;
    append(change.request, {
      type: 'outcome',
      run,
      request: change.request,
      action: change.action,
      kind: change.kind,
      key: change.key,
      result,
      ...(code === undefined ? {} : { code }),
    });
    outcomes.push(outcome);
    progress(outcome);
  }
  return outcomes;
}

/**
 * Enters which requests are fulfilled: those for which a plan made after the writes has no change and nothing held. An
 * adoption is fulfilled when all is the request's own, and a phase when all that it changes is done: what differs
 * besides is listed and left, not waited for. What is entered already is not entered again, so a run with nothing to do
 * writes nothing.
 */
export function enterFulfilled(prepared: readonly Prepared[], planned: Planned, append: Append): readonly RequestId[] {
  const leaving = new Set(prepared.filter((one) => isAdopting(one) || isDue(one)).map((one) => one.request.id));
  const held = planned.plan.held.filter((one) => one.reason !== 'drift' || !leaving.has(one.request));
  const open = new Set([...planned.plan.changes, ...held].map((one) => one.request));
  const resources = Map.groupBy(planned.resources, (one) => one.request);
  return prepared.flatMap((one) => {
    const { request, classification, term } = one;
    const desired = planned.desired.get(request.id);
    if (open.has(request.id) || desired === undefined || isEntered(one, desired)) return [];
    const items = classification.ordered.map((each) => each.item.code);
    const objects = Object.fromEntries(
      [...Map.groupBy(resources.get(request.id) ?? [], (each) => each.kind)].map(([kind, list]) => [kind, list.length]),
    );
    const phase = term.phase === 'on' ? {} : { term };
    append(request.id, { type: 'fulfilled', request: request.id, desired, items, objects, version: request, ...phase });
    return [request.id];
  });
}

const isEntered = ({ request, before, term }: Prepared, desired: string): boolean =>
  before?.desired === desired &&
  (before.term?.phase ?? 'on') === term.phase &&
  canonical(before.version) === canonical(request);
