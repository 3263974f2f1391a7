import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../../scripts/report/verdict.ts';
import { aCheck, aCreate, aFinding, aHeld, aList, anApply, anOutcome, aPlan, aRequest } from './sample.ts';

const english = (over: Parameters<typeof aCheck>[0]) => verdictOf(aCheck(over))?.text.en;

describe('verdictOf()', () => {
  it('counts checked requests where nothing was planned', () => {
    expect(english({ checked: 20 })).toBe('20 requests checked, no errors');
    expect(english({ checked: 1, findings: [aFinding({ severity: 'warning' })] })).toBe(
      '1 request checked, no errors; 1 warning',
    );
  });

  it('does not call held resources nothing to do', () => {
    expect(verdictOf(aPlan({ held: [aHeld()] }))).toMatchObject({
      level: 'waiting',
      text: { en: '1 resource held' },
    });
  });

  it('says what was done beside what still waits', () => {
    const { plan } = aPlan({ changes: [aCreate()], held: [aHeld()] });
    const report = anApply([anOutcome()], { plan, requests: [aRequest({ state: 'waiting-approval' })] });
    expect(verdictOf(report)?.text.en).toBe('Done: 1 change applied; 1 request waiting for approval; 1 resource held');
  });

  it('does not announce as plan what failed', () => {
    const { plan } = aPlan({ changes: [aCreate()] });
    expect(verdictOf(anApply([anOutcome({ result: 'unknown' })], { plan }))).toMatchObject({
      level: 'error',
      text: { en: 'The result of 1 of 1 change(s) is unknown' },
    });
  });

  it('is absent for a command that only lists', () => {
    expect(verdictOf(aList([]))).toBeNull();
  });
});
