import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secret } from '../../../core/secret.ts';
import { catalogueListing } from '../../../scripts/report/catalogue-listing.ts';
import { json } from '../../../scripts/report/json.ts';
import type { Report } from '../../../scripts/report/report.ts';
import { hostile, INVISIBLE, RUNS, runnerCommands } from './hostile.ts';
import { aCheck, aFinding, aList, anApply, anItem, anOutcome, anUpdate, options, reportsWith } from './sample.ts';

const parsed = (report: Report) => JSON.parse(json(report, options()));

describe('json()', () => {
  it('gives a finding its stable form', () => {
    const finding = aFinding();
    expect(Object.keys(parsed(aCheck({ findings: [finding] })).findings[0])).toEqual([
      'file',
      'line',
      'column',
      'code',
      'severity',
      'message',
      'suggestion',
    ]);
    expect(parsed(aCheck({ findings: [finding] })).findings).toEqual([finding]);
  });

  it('leaves out a suggestion that is not known', () => {
    const { suggestion, ...finding } = aFinding();
    expect(suggestion).toBeDefined();
    expect(parsed(aCheck({ findings: [finding] })).findings[0]).not.toHaveProperty('suggestion');
  });

  it('gives an outcome as change, result and values', () => {
    expect(parsed(anApply([anOutcome()])).outcomes).toEqual([
      { change: anUpdate(), result: 'done', values: { enabled: false } },
    ]);
  });

  it('lists catalogue items in their stable form', () => {
    const listing = catalogueListing([{ item: anItem(), figures: { mailboxGb: 50 } }]);
    expect(parsed({ ...aList([]), listing }).items).toEqual([
      {
        catalogue: 'sc-11-2023',
        code: '8.3',
        service: 'account',
        name: { id: 'Penonaktifan akun', en: 'Disabling an account' },
        approver: { minEchelon: 'IV' },
        norm: { kind: 'fixed', value: 1, unit: 'working_day' },
        leadTime: null,
        figures: { mailboxGb: 50 },
        documents: ['deactivation-evidence'],
        automation: 'full',
      },
    ]);
  });

  it('prints a secret as ***', () => {
    const list = aList([{ cells: [], data: { password: secret('kata-sandi') } }]);
    expect(parsed(list).items).toEqual([{ password: '***' }]);
  });

  it('parses back to the same values, whatever they are, and shows nothing invisible', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { applied: report, all } = reportsWith(text);
        const back = parsed(report);
        const output = all.map((one) => json(one, options())).join('');
        expect(back.findings).toEqual(report.findings);
        expect(back.plan).toEqual(report.plan);
        expect(back.outcomes).toEqual(report.outcomes);
        expect(back.requests[0].title).toBe(text);
        expect(output).not.toMatch(INVISIBLE);
        expect(runnerCommands(output)).toEqual([]);
      }),
      RUNS,
    );
  });
});
