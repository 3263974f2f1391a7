import type { Finding } from '../../core/finding.ts';
import { check } from '../requests/check.ts';
import { proposedRequests } from '../requests/selection.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { SheetDraft } from './requests-from-sheet.ts';

/**
 * What the rules between requests say of the files of a sheet, before one is written: names that are taken, quotas that
 * are used up. Each finding stands at the cell of which it speaks.
 */
export function amongRequests(drafts: readonly SheetDraft[], workspace: Workspace): readonly Finding[] {
  const selection = proposedRequests(drafts, workspace);
  const history = workspace.store.keptHistory();
  const { findings } = check(selection, workspace, history, { keep: false, ordering: false });
  const draftAt = new Map(drafts.map((draft) => [draft.path, draft]));
  return findings.map((one) => {
    const draft = draftAt.get(one.file);
    return draft === undefined ? one : { ...one, ...placeIn(draft, one.line) };
  });
}

/** The cell from which a line of a file was written; the name's where there is none. */
function placeIn({ text, places }: SheetDraft, line: number) {
  const field = /^ {2}(\w+):/.exec(text.split('\n')[line - 1] ?? '')?.[1];
  return places.of(field === undefined ? [] : ['spec', field]);
}
