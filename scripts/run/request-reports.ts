import type { Ordered } from '../../core/catalogue/classification.ts';
import { UserError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import { isApproved, type Prepared } from '../../core/plan/prepare.ts';
import type { Change, Held, HeldReason, Outcome, Plan, RequestId } from '../../core/resource.ts';
import { approvalReport } from '../report/approval-report.ts';
import type { RequestReport, RequestState } from '../report/report.ts';
import { nextStep } from '../report/request-texts.ts';
import { say } from '../report/texts.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { timesOf } from './times.ts';

/** What is known of a run when its requests are reported. */
export interface RunResult {
  readonly prepared: readonly Prepared[];
  readonly findings: readonly Finding[];
  readonly plan?: Plan;
  readonly outcomes?: readonly Outcome[];
  /** Whether it is told since when requests stand as they do. */
  readonly timed?: boolean;
  /** Requests found to be fulfilled by this run. */
  readonly fulfilled?: readonly RequestId[];
}

/** One report for each request of a run. */
export async function requestReports(result: RunResult, workspace: Workspace): Promise<readonly RequestReport[]> {
  const changes = Map.groupBy(result.plan?.changes ?? [], (one) => one.request);
  const held = Map.groupBy(result.plan?.held ?? [], (one) => one.request);
  const outcomes = Map.groupBy(result.outcomes ?? [], (one) => one.change.request);
  const faulty = new Set(result.findings.filter((one) => one.severity === 'error').map((one) => one.file));
  const fulfilled = new Set(result.fulfilled);
  const reports = result.prepared.map(async (prepared): Promise<RequestReport> => {
    const { id, title, service } = prepared.request;
    const { file } = prepared.placed.places.of([]);
    const parts = { changes: changes.get(id) ?? [], held: held.get(id) ?? [], outcomes: outcomes.get(id) ?? [] };
    const state = stateOf(prepared, parts, { isFaulty: faulty.has(file), isFulfilled: fulfilled.has(id) });
    const approval =
      prepared.classification.ordered.length === 0 ? undefined : approvalReport(prepared.verdict, prepared.request);
    const decided = { state, ...(approval === undefined ? {} : { approval }) };
    return {
      id,
      file,
      title,
      service,
      ...decided,
      classification: prepared.classification,
      due: await duesOf(prepared, workspace),
      ...parts,
      next: nextStep(decided),
      ...(result.timed ? { times: timesOf(prepared, { state, held: parts.held }, workspace) } : {}),
    };
  });
  return Promise.all(reports);
}

interface Parts {
  readonly changes: readonly Change[];
  readonly held: readonly Held[];
  readonly outcomes: readonly Outcome[];
}

const WAITS: ReadonlySet<HeldReason> = new Set(['not-ready', 'needs']);

function stateOf(prepared: Prepared, parts: Parts, is: { isFaulty: boolean; isFulfilled: boolean }): RequestState {
  const { changes, held, outcomes } = parts;
  if (is.isFaulty) return 'invalid';
  if (outcomes.some((one) => one.result !== 'done')) return 'failed';
  if (is.isFulfilled) return 'applied';
  if (!isApproved(prepared)) return 'waiting-approval';
  const isWaiting = outcomes.some((one) => one.phase !== undefined && one.phase !== 'ready');
  // Something is waited for, and all else waits for that.
  const waits = held.some((one) => one.reason === 'not-ready');
  if (isWaiting || (waits && held.every((one) => WAITS.has(one.reason)))) return 'waiting';
  if (held.length > 0) return 'held';
  return changes.length > 0 || prepared.classification.ordered.length > 0 ? 'ready' : 'unchanged';
}

/** When each ordered item is due if its clock starts now. Loaded late: reckoning with time is no part of validation. */
async function duesOf({ classification, request }: Prepared, { policies, now }: Workspace) {
  if (classification.ordered.length === 0) return [];
  const [{ due }, { describe }] = await Promise.all([
    import('../../core/calendar/due.ts'),
    import('../../core/catalogue/describe.ts'),
  ]);
  const catalogue = policies.catalogues.get(request.catalogue);
  const calendar = policies.calendars.get(catalogue?.calendar ?? '');
  const offer = catalogue?.offers.get(request.service);
  if (!calendar || !offer) return [];
  return classification.ordered.map((ordered: Ordered) => {
    try {
      const end = due(ordered.item.norm, now().toISOString(), calendar);
      return { at: end.at, text: describe(ordered, offer, end).due ?? { id: end.local, en: end.local } };
    } catch (error) {
      // A year without holidays must not cost the report of what was done.
      if (!(error instanceof UserError)) throw error;
      return { at: '', text: say('due.unknown', { reason: error.text }) };
    }
  });
}
