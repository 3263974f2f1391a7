import type { Finding } from '../../core/finding.ts';
import { requestIdOf } from '../../core/load/path.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import { check } from '../requests/check.ts';
import { proposedRequests } from '../requests/selection.ts';
import { prepareAll } from '../run/prepare.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A request file that is not written yet. */
export interface Draft {
  readonly path: string;
  readonly text: string;
}

/** What all rules say of a draft among the requests that there are, and what it orders where it is valid. */
export function examineDraft(
  { path, text }: Draft,
  workspace: Workspace,
): { readonly findings: readonly Finding[]; readonly prepared?: Prepared } {
  const history = workspace.store.keptHistory();
  const file = { path, bytes: new TextEncoder().encode(text) };
  const selection = proposedRequests([file], workspace);
  const { findings, requests, lookup } = check(selection, workspace, history, { keep: true, ordering: true });
  if (findings.some((one) => one.severity === 'error')) return { findings };
  const prepared = prepareAll(requests, workspace, { history, lookup }).find(
    (one) => one.request.id === requestIdOf(path),
  );
  return { findings, ...(prepared ? { prepared } : {}) };
}
