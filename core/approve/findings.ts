import { type Finding, finding, type Messages, type Place } from '../finding.ts';
import type { Organisation } from '../organisation/organisation.ts';
import type { Refused, Verdict } from './evidence.ts';

const MOST_NAMED = 3;

/** Says what is missing and from whom, and why each approval that was given does not count; empty once granted. */
export function approvalFindings(
  verdict: Verdict,
  at: Place,
  organisation: Organisation,
  messages: Messages,
): readonly Finding[] {
  if (verdict.state !== 'missing') return [];
  const nameOf = (id: string) => organisation.people.get(id)?.name ?? id;
  const { minEchelon, unit, candidates } = verdict.needs;
  const named = candidates.slice(0, MOST_NAMED).map((person) => person.name);
  const missing =
    named.length === 0
      ? finding(messages, 'approval/nobody', at, { echelon: minEchelon, unit })
      : finding(messages, 'approval/missing', at, { echelon: minEchelon, unit, candidates: named.join(', ') });
  const refused = ({ approval, reason }: Refused) =>
    finding(messages, reason, at, {
      by: nameOf(approval.by),
      on: approval.on,
      attester: approval.letterAttestedBy === undefined ? '-' : nameOf(approval.letterAttestedBy),
      echelon: minEchelon,
      unit,
      digest: approval.digest.slice(0, 12),
    });
  return [missing, ...verdict.refused.map(refused)];
}
