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

/** The fault that stopped the parser, at the place where a person would look for it. */
export function syntaxFault(error: unknown, text: string): Fault {
  if (!(error instanceof YAMLException) || error.mark === undefined) throw error;
  const conflict = /^(?:<{7}|={7}|>{7})(?: |\r?$)/m.exec(text);
  if (conflict !== null) return { code: 'yaml/conflict-marker', at: conflict.index };
  const { reason } = error;
  const at = Math.min(error.mark.position, text.length);
  const code = REASONS.find(([pattern]) => pattern.test(reason))?.[1] ?? 'yaml/syntax';
  if (code === 'yaml/indentation') return notIndentation(reason, text, at) ?? { code, at: lineContent(text, at) };
  const place = betterPlace(code, text, at);
  if (code === 'yaml/colon-missing') return { code, at: place, ...spaceMissing(text, place) };
  const word = /^[^\s,[\]{}]*/.exec(text.slice(place))?.[0] ?? '';
  return { code, at: place, values: { reason, name: word, tag: word, directive: word } };
}

/** The parser stops where it gives up; a person looks where the mistake began. */
function betterPlace(code: string, text: string, at: number): number {
  if (code === 'yaml/quote-not-closed') return openQuote(text) ?? at;
  if (code === 'yaml/bracket-not-closed') return openBracket(text, at) ?? at;
  if (code === 'yaml/tag') return at - (/\S*$/.exec(text.slice(Math.max(0, at - 200), at))?.[0].length ?? 0);
  return code === 'yaml/colon-missing' ? lineWithoutColon(text, at) : at;
}

/** A line without colon is read on into the next one, whose colon then comes as a surprise. */
function lineWithoutColon(text: string, at: number): number {
  const before = text.charAt(at) === ':' ? text.lastIndexOf('\n', at) : at;
  const end = text.slice(0, before).trimEnd().length;
  return lineContent(text, end);
}

/** Where the line of an offset begins to say something. */
function lineContent(text: string, at: number): number {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return start + (/^\s*/.exec(text.slice(start, at))?.[0].length ?? 0);
}

/** `service:account` and `-andi`, where a space makes all well. */
function spaceMissing(text: string, at: number): Pick<Fault, 'suggestion'> {
  const line = text.slice(at).split(/\r?\n/, 1)[0] ?? '';
  const [, sign, rest] = /^((?:- +)?[A-Za-z]\w*:|-)([^\s:-].*)$/.exec(line) ?? [];
  return sign === undefined ? {} : { suggestion: `${sign} ${rest?.trimEnd()}` };
}

/** Mistakes that the parser takes for indentation. */
function notIndentation(reason: string, text: string, at: number): Fault | undefined {
  if (/^deficient/.test(reason)) {
    const quote = openQuote(text.slice(0, at));
    if (quote !== undefined) return { code: 'yaml/quote-not-closed', at: quote };
    const bracket = openBracket(text, text.length);
    return bracket === undefined ? undefined : { code: 'yaml/bracket-not-closed', at: bracket };
  }
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(start).split(/\r?\n/, 1)[0] ?? '';
  const [, before = '', value = ''] = /^(\s*(?:- +)?[\w-]+: +|\s*- +)([^"]*)$/.exec(line) ?? [];
  const suggestion = `"${value.trimEnd()}"`;
  if (/^[@`%]/.test(value)) {
    return { code: 'yaml/sign-first', at: start + before.length, values: { sign: value.charAt(0) }, suggestion };
  }
  const isColonInText = /^[^\s'[{|>&*!#].*:(?:\s|$)/.test(value);
  return isColonInText ? { code: 'yaml/colon-in-text', at: start + before.length, suggestion } : undefined;
}
