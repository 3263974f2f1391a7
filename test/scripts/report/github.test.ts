import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from '../../../scripts/report/escape.ts';
import { github } from '../../../scripts/report/github.ts';
import { hostile, INVISIBLE, RUNS } from './hostile.ts';
import { aCheck, aFinding, options, reportsWith } from './sample.ts';

const many = (severity: 'error' | 'warning' | 'info', count: number) =>
  Array.from({ length: count }, (_, at) => aFinding({ severity, line: at + 1 }));

const count = (output: string, command: string) =>
  output.split('\n').filter((line) => line.startsWith(`::${command} `)).length;

/** As the runner reads a line (actions/runner, ActionCommand.cs). */
function read(line: string) {
  const [, command = '', properties = '', data = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
  const plain = (text: string) =>
    text.replace(/%(0D|0A|3A|2C|25)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const pairs = properties.split(',').map((pair) => pair.split('=', 1).concat(pair.slice(pair.indexOf('=') + 1)));
  return {
    command,
    properties: Object.fromEntries(pairs.map(([key, value]) => [key, plain(value ?? '')])),
    data: plain(data),
  };
}

describe('github()', () => {
  it('annotates the exact line and column', () => {
    expect(github(aCheck({ findings: [aFinding()] }), options())).toBe(
      "::error file=requests/djp/andi.yaml,line=5,col=3,title=spec/unknown-field::Bidang 'mailbx' tidak dikenal%0Abenar: mailbox\n",
    );
  });

  it('writes errors before warnings', () => {
    const output = github(aCheck({ findings: [...many('warning', 1), ...many('error', 1)] }), options());
    expect(output.indexOf('::error')).toBeLessThan(output.indexOf('::warning'));
  });

  it('writes at most 10 of each level and says how many more there are', () => {
    const findings = [...many('info', 30), ...many('warning', 12), ...many('error', 25)];
    const output = github(aCheck({ findings }), options());
    expect(['error', 'warning', 'notice'].map((command) => count(output, command))).toEqual([10, 10, 10]);
    expect(output).toContain('::15 kesalahan lagi ada di ringkasan');
    expect(output).toContain('::2 peringatan lagi ada di ringkasan');
    expect(output).toContain('::23 info lagi ada di ringkasan');
  });

  it('lets no text become a command or a property of its own', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const output = github(reportsWith(text).applied, options());
        const lines = output.trimEnd().split('\n');
        expect(lines).toHaveLength(2);
        expect(output).not.toMatch(INVISIBLE);
        const first = read(lines[0] ?? '');
        expect(first.command).toBe('error');
        expect(Object.keys(first.properties)).toEqual(['file', 'line', 'col', 'title']);
        expect(first.properties.file).toBe(visible(text).replaceAll('##[', '# #['));
        expect(first.data.split('\n')).toHaveLength(2);
        expect(output).not.toContain('##[');
      }),
      RUNS,
    );
  });
});
