import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sarif } from '../../../scripts/report/sarif.ts';
import { hostile, INVISIBLE, RUNS, runnerCommands } from './hostile.ts';
import { aCheck, aFinding, both, options, reportsWith } from './sample.ts';
import { SARIF_SCHEMA } from './sarif.schema.ts';

/** RFC 3986 characters, percent-encoding complete. */
const REFERENCE = /^(?:[\w\-.~:/?#@!$&'()*+,;=]|%[0-9A-F]{2})*$/;
const ajv = new Ajv({ formats: { 'uri-reference': REFERENCE, uri: (text: string) => URL.canParse(text) } });
const validate = ajv.compile(SARIF_SCHEMA);

const messages = new Map([
  ['spec/unknown-field', { severity: 'error', text: both('Tak dikenal'), explanation: both('Lihat skema') } as const],
]);

describe('sarif()', () => {
  it('points at the line and the rule', () => {
    const log = JSON.parse(sarif(aCheck({ findings: [aFinding()] }), options({ messages })));
    const [result] = log.runs[0].results;
    expect(result).toMatchObject({ ruleId: 'spec/unknown-field', ruleIndex: 0, level: 'error' });
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'requests/djp/andi.yaml' },
      region: { startLine: 5, startColumn: 3 },
    });
    expect(log.runs[0].tool.driver.rules[0]).toMatchObject({ id: 'spec/unknown-field', help: { text: 'Lihat skema' } });
  });

  it('is valid without findings', () => {
    expect(validate(JSON.parse(sarif(aCheck(), options())))).toBe(true);
  });

  it('keeps the 5,000 worst and says how many it left out', () => {
    const warnings = Array.from({ length: 5004 }, () => aFinding({ severity: 'warning' }));
    const log = JSON.parse(sarif(aCheck({ findings: [...warnings, aFinding()] }), options()));
    expect(log.runs[0].results).toHaveLength(5000);
    expect(log.runs[0].results[0].level).toBe('error');
    expect(log.runs[0].invocations[0].toolExecutionNotifications[0].message.text).toMatch(/^5 temuan lagi/);
  });

  it('validates against the standard whatever the text, without links in messages', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const output = sarif(reportsWith(text).applied, options());
        const log = JSON.parse(output);
        expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
        for (const result of log.runs[0].results) expect(result.message.text).not.toMatch(/(?<!\\)(?:\\\\)*\[/);
        expect(output).not.toMatch(INVISIBLE);
        expect(runnerCommands(output)).toEqual([]);
      }),
      RUNS,
    );
  });
});
