import { YAMLException } from 'js-yaml';
import type { Fault } from './fault.ts';
import { openBracket, openQuote } from './opener.ts';

/** js-yaml's reasons, in the words of a person who edits a file; the first that matches counts. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/nesting exceeded/, 'yaml/too-deep'],
  [/tab characters/, 'yaml/tab-indentation'],
  [/bad indentation|deficient indentation/, 'yaml/indentation'],
  [/within a (?:single|double) quoted/, 'yaml/quote-not-closed'],
  [/within a flow collection/, 'yaml/bracket-not-closed'],
  [/missed comma/, 'yaml/comma-missing'],
  [/expected ':'|multiline key|end of the stream or a document/, 'yaml/colon-missing'],
  [/unknown escape|hexadecimal/, 'yaml/escape'],
  [/directive|YAML version/i, 'yaml/directive'],
  [/tag/, 'yaml/tag'],
  [/alias/, 'yaml/alias'],
  [/anchor/, 'yaml/anchor'],
];

/** The fault that stopped the parser. Characters it refuses are named with their places elsewhere: undefined for those. */
export function syntaxFault(error: unknown, text: string): Fault | undefined {
  if (!(error instanceof YAMLException) || error.mark === undefined) throw error;
  if (/non-printable|null byte|valid JSON character/.test(error.reason)) return undefined;
  const code = REASONS.find(([pattern]) => pattern.test(error.reason))?.[1] ?? 'yaml/syntax';
  const at = Math.min(error.mark.position, text.length);
  if (code === 'yaml/indentation') return colonInText(text, at) ?? { code, at };
  const word = /^[^\s,[\]{}]*/.exec(text.slice(at))?.[0] ?? '';
  const values = { reason: error.reason, name: word, tag: word, directive: word };
  return { code, at: betterPlace(code, text, at), values };
}

/** The parser stops where it gives up; a person looks where the mistake began. */
function betterPlace(code: string, text: string, at: number): number {
  if (code === 'yaml/quote-not-closed') return openQuote(text) ?? at;
  if (code === 'yaml/bracket-not-closed') return openBracket(text, at) ?? at;
  if (code !== 'yaml/colon-missing') return at;
  const end = text.slice(0, at).trimEnd().length;
  const start = text.lastIndexOf('\n', end - 1) + 1;
  return start + (/^\s*/.exec(text.slice(start, end))?.[0].length ?? 0);
}

/** `title: Server: uji`: the parser speaks of indentation, the mistake is text that needs quotes. */
function colonInText(text: string, at: number): Fault | undefined {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(start, text.indexOf('\n', at) === -1 ? undefined : text.indexOf('\n', at));
  const match = /^(\s*(?:- +)?[\w-]+: +)([^\s"'[{|>&*!#][^"]*:(?: .*|\s*))$/.exec(line);
  if (match === null) return undefined;
  const [, before = '', value = ''] = match;
  return { code: 'yaml/colon-in-text', at: start + before.length, suggestion: `"${value.trimEnd()}"` };
}
