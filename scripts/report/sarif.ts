import type { Finding, Messages, Severity } from '../../core/finding.ts';
import { json, visible } from './escape.ts';
import { worstFirst } from './order.ts';
import { findingsOf } from './parts.ts';
import { say } from './texts.ts';
import type { View, ViewOptions } from './view.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** GitHub keeps 5,000 results of a run and refuses a file with more than 25,000. */
const MOST = 5000;

/** SARIF 2.1.0 for code scanning: findings worst first, rules with the explanations of policies/messages. */
export const sarif: View = (report, { lang, messages }) => {
  const findings = worstFirst(findingsOf(report));
  const codes = [...new Set(findings.map((finding) => finding.code))].sort();
  const index = new Map(codes.map((code, at) => [code, at]));
  const left = findings.length - MOST;
  return `${json({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'layanan', rules: codes.map((code) => rule(code, messages, lang)) } },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: left > 0 ? [omitted(left, lang)] : [] }],
        results: findings.slice(0, MOST).map((finding) => result(finding, index.get(finding.code) ?? -1, lang)),
      },
    ],
  })}\n`;
};

function rule(code: string, messages: Messages, lang: ViewOptions['lang']) {
  const message = messages.get(code);
  if (message === undefined) return { id: visible(code) };
  return {
    id: visible(code),
    shortDescription: { text: visible(message.text[lang]) },
    fullDescription: { text: visible(message.explanation[lang]) },
    help: { text: visible(message.explanation[lang]) },
    defaultConfiguration: { level: LEVELS[message.severity] },
  };
}

function result(finding: Finding, ruleIndex: number, lang: ViewOptions['lang']) {
  const hint = finding.suggestion === undefined ? '' : ` (${say('suggestion')[lang]}: ${finding.suggestion})`;
  return {
    ruleId: visible(finding.code),
    ruleIndex,
    level: LEVELS[finding.severity],
    // Brackets would start a link, braces a placeholder (SARIF 2.1.0, 3.11.5 and 3.11.6).
    message: {
      text: visible(finding.message[lang] + hint)
        .replace(/[\\[\]]/g, '\\$&')
        .replace(/[{}]/g, '$&$&'),
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(finding.file) },
          region: { startLine: finding.line, startColumn: finding.column },
        },
      },
    ],
  };
}

/** A relative URI reference, each segment percent-encoded. */
const uriOf = (file: string): string =>
  file
    .toWellFormed()
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/');

const omitted = (n: number, lang: ViewOptions['lang']) => ({
  level: 'warning',
  message: { text: say('left.findings', { n })[lang] },
});
