import type { Finding } from '../../core/finding.ts';
import { xml } from './escape.ts';
import { byFile } from './order.ts';
import { findingsOf, requestsOf } from './parts.ts';
import type { Report } from './report.ts';
import { say } from './texts.ts';
import type { View, ViewOptions } from './view.ts';

/**
 * JUnit XML: one suite per request file, a failing case per error and warning. An info is a passing case with output,
 * and a file without findings has one passing case.
 */
export const junit: View = (report, { lang }) => {
  const suites = filesOf(report).map(([file, findings]) => suite(file, findings, lang));
  const failures = findingsOf(report).filter(fails).length;
  const tests = suites.reduce((sum, one) => sum + one.tests, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="layanan ${xml(report.command)}" tests="${tests}" failures="${failures}">`,
    ...suites.flatMap((one) => one.lines),
    '</testsuites>',
    '',
  ].join('\n');
};

const fails = (finding: Finding): boolean => finding.severity !== 'info';

/** Files of requests and of findings, in order. */
function filesOf(report: Report): readonly (readonly [string, readonly Finding[]])[] {
  const found = byFile(findingsOf(report));
  const files = new Set([...requestsOf(report).map((request) => request.file), ...found.keys()]);
  return [...files].sort().map((file) => [file, found.get(file) ?? []]);
}

function suite(file: string, findings: readonly Finding[], lang: ViewOptions['lang']) {
  const name = xml(file);
  const cases =
    findings.length === 0
      ? [`    <testcase classname="${name}" name="${name}"/>`]
      : findings.flatMap((finding) => testcase(finding, name, lang));
  const tests = Math.max(1, findings.length);
  const failures = findings.filter(fails).length;
  return {
    tests,
    lines: [`  <testsuite name="${name}" tests="${tests}" failures="${failures}">`, ...cases, '  </testsuite>'],
  };
}

function testcase(finding: Finding, classname: string, lang: ViewOptions['lang']): readonly string[] {
  const message = xml(finding.message[lang]);
  const hint = finding.suggestion === undefined ? '' : ` (${say('suggestion')[lang]}: ${xml(finding.suggestion)})`;
  const body = `${classname}:${finding.line}:${finding.column}: ${message}${hint}`;
  const result = fails(finding)
    ? `<failure type="${finding.severity}" message="${message}">${body}</failure>`
    : `<system-out>${body}</system-out>`;
  return [
    `    <testcase classname="${classname}" name="${xml(finding.code)} ${finding.line}:${finding.column}" file="${classname}" line="${finding.line}">`,
    `      ${result}`,
    '    </testcase>',
  ];
}
