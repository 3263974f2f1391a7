import { describe, expect, it } from 'vitest';
import { approve } from '../../../core/approve/approve.ts';
import { REFUSALS } from '../../../core/approve/evidence.ts';
import { approvalFindings } from '../../../core/approve/findings.ts';
import { projectMessages } from '../validate/messages.ts';
import { aCase, anApproval } from './builders.ts';

const at = { file: 'requests/djp-timur/andi.contoh.yaml', line: 1, column: 1 };
const findingsOf = (it: ReturnType<typeof aCase>) =>
  approvalFindings(approve(it), at, it.organisation, projectMessages);

describe('approvalFindings()', () => {
  it('says who could approve and why an approval does not count', () => {
    const [missing, refused] = findingsOf(aCase({ minEchelon: 'II', approvals: [anApproval({ by: 'kasi' })] }));
    expect(missing?.message.en).toContain('echelon II or higher in djp-timur');
    expect(missing?.message.en).toContain('Contoh direktur');
    expect(refused).toMatchObject({ code: 'approval/rank-too-low', file: at.file });
  });

  it('says when nobody could', () => {
    expect(findingsOf(aCase({ minEchelon: 'I', approvals: [] }))[0]?.code).toBe('approval/nobody');
  });

  it('says nothing once granted', () => {
    expect(findingsOf(aCase())).toEqual([]);
  });

  it.each(REFUSALS)('has texts for %s, with every hole filled', (reason) => {
    const approval = anApproval({ letterAttestedBy: 'meja' });
    const it = aCase();
    const needs = { minEchelon: 'IV', unit: 'djp', candidates: [] } as const;
    const verdict = { state: 'missing', needs, refused: [{ approval, reason }] } as const;
    const [, refused] = approvalFindings(verdict, at, it.organisation, projectMessages);
    expect(`${refused?.message.id} ${refused?.message.en}`).not.toMatch(/[{}]|undefined/);
  });
});
