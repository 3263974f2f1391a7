import type { Verdict } from '../../core/approve/evidence.ts';
import type { ApprovalReport } from './report.ts';

/** What a report says about the decision on a request; names, not ids. */
export function approvalReport(verdict: Verdict): ApprovalReport {
  if (verdict.state === 'not-needed') return { granted: [] };
  if (verdict.state === 'granted')
    return { granted: [{ by: verdict.by.name, post: verdict.post.title, echelon: verdict.post.echelon }] };
  const { minEchelon, candidates } = verdict.needs;
  return { granted: [], missing: { minEchelon, who: candidates.map((person) => person.name) } };
}
