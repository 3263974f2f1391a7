import { canonical } from '../../../core/canonical.ts';
import { type History, namedDelete } from '../../../core/journal/history.ts';
import type { ApprovedEvent } from './evaluate.ts';

/** Entries that the journal does not have yet: a run that is repeated enters nothing twice. */
export function newEntries(history: History, entries: readonly ApprovedEvent[]): readonly ApprovedEvent[] {
  return entries.filter(({ request, approval, deletes = [] }) => {
    const known = (history.approvals.get(request) ?? []).some((one) => canonical(one) === canonical(approval));
    const named = deletes.every((object) => history.namedDeletes.has(namedDelete(request, approval.digest, object)));
    return !known || !named;
  });
}

/** The history as it will be once the entries are in the journal: what a pull request is planned with. */
export function historyWith(history: History, entries: readonly ApprovedEvent[]): History {
  const approvals = new Map(history.approvals);
  const namedDeletes = new Set(history.namedDeletes);
  for (const { request, approval, deletes = [] } of newEntries(history, entries)) {
    approvals.set(request, [...(approvals.get(request) ?? []), approval]);
    for (const object of deletes) namedDeletes.add(namedDelete(request, approval.digest, object));
  }
  return { ...history, approvals, namedDeletes };
}
