import type { Verdict } from '../../core/approve/evidence.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { ApprovalReport } from './report.ts';

/**
 * What a report says about the decision on a request; names, not ids.
 * @param request whose letter decides, once the service desk has seen it; one that was refused does not
 */
export function approvalReport(verdict: Verdict, request?: Pick<ServiceRequest, 'approval'>): ApprovalReport {
  if (verdict.state === 'not-needed') return { granted: [] };
  if (verdict.state === 'granted')
    return { granted: [{ by: verdict.by.name, post: verdict.post.title, echelon: verdict.post.echelon }] };
  const { minEchelon, candidates } = verdict.needs;
  const who = candidates.map((person) => person.name);
  const hasLetter = request?.approval !== undefined && verdict.refused.length === 0;
  return { granted: [], missing: { minEchelon, who, ...(hasLetter ? { letter: true } : {}) } };
}
