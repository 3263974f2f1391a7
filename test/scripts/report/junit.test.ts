import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { junit } from '../../../scripts/report/junit.ts';
import { hostile, INVISIBLE, RUNS, runnerCommands } from './hostile.ts';
import { aCheck, aFinding, aRequest, options, reportsWith } from './sample.ts';
import { xmlFault } from './xml-fault.ts';

describe('junit()', () => {
  it('has a suite for each request file and a failing case for each finding', () => {
    const findings = [
      aFinding(),
      aFinding({ line: 7, severity: 'warning' }),
      aFinding({ file: 'requests/djp/b.yaml' }),
    ];
    const output = junit(aCheck({ findings, requests: [aRequest({ file: 'requests/djp/c.yaml' })] }), options());
    expect(output).toContain('<testsuite name="requests/djp/andi.yaml" tests="2" failures="2">');
    expect(output).toContain('<testsuite name="requests/djp/b.yaml" tests="1" failures="1">');
    expect(output).toContain('<testsuite name="requests/djp/c.yaml" tests="1" failures="0">');
    expect(output).toContain('tests="4" failures="3"');
    expect(output.match(/<failure /g)).toHaveLength(3);
  });

  it('does not fail for an info', () => {
    const output = junit(aCheck({ findings: [aFinding({ severity: 'info' })] }), options());
    expect(output).toContain('failures="0"');
    expect(output).not.toContain('<failure');
  });

  it('is well-formed whatever the text', () => {
    expect(xmlFault('<a b="<"/>')).not.toBeNull();
    expect(xmlFault('<a></b>')).not.toBeNull();
    fc.assert(
      fc.property(hostile, (text) => {
        const output = junit(reportsWith(text).applied, options());
        expect(xmlFault(output)).toBeNull();
        expect(output.match(/<failure /g)).toHaveLength(2);
        expect(output).not.toMatch(INVISIBLE);
        expect(runnerCommands(output)).toEqual([]);
      }),
      RUNS,
    );
  });
});
