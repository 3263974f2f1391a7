import type { History } from '../../core/journal/history.ts';
import { type Prepared, prepare } from '../../core/plan/prepare.ts';
import type { PlacedRequest } from '../../core/request.ts';
import type { Lookup } from '../../core/validate/facts.ts';
import { batchSize } from '../requests/edits.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Who stands behind the change; on a pull request its author and the committers, by their ids in the organisation. */
export interface Actors {
  readonly author: string | null;
  readonly committers: readonly string[];
}

export const NOBODY: Actors = { author: null, committers: [] };

/** Classifies valid requests and decides on their approvals. */
export function prepareAll(
  requests: readonly PlacedRequest[],
  workspace: Workspace,
  { history, lookup, actors = NOBODY }: { history: History; lookup: Lookup; actors?: Actors },
): readonly Prepared[] {
  const { policies, today } = workspace;
  const now = workspace.now().toISOString();
  return requests.map((placed) =>
    prepare(placed, { policies, history, today, now, creates: batchSize(placed, lookup), ...actors }),
  );
}

/**
 * Whether an edit may be carried out as far as the catalogue is concerned: it is claimed whole, with its documents.
 * Rules on the day of ordering are no part of it: they are checked when an item is ordered, never at apply.
 */
export const isClaimed = ({ classification }: Prepared): boolean =>
  !classification.findings.some((one) => one.severity === 'error' && one.code.startsWith('catalogue/'));
