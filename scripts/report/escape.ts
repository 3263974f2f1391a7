/**
 * Escapes text that others wrote (requests, replies of targets), by the context it is put in. The only file that knows
 * how; every view goes through it.
 */

/**
 * What a reader cannot see or what moves the cursor: control, format and bidirectional characters, line separators,
 * lone surrogates, fillers that render as nothing, noncharacters.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

const codePoint = (character: string): string => (character.codePointAt(0) ?? 0).toString(16);

/** One line on which every character shows: what is invisible appears as `\u{...}`. Cut to `longest` characters. */
export function visible(text: string, longest = Number.POSITIVE_INFINITY): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replace(INVISIBLE, (character) => `\\u{${codePoint(character)}}`);
}

/**
 * Makes whole output harmless for a CI runner that reads it as a log. The runner takes `::` at the start of a line,
 * after white space, and `##[` anywhere in a line as a command (actions/runner, ActionCommand.cs).
 */
export const inert = (output: string): string =>
  output.replace(/^([^\S\n]*)::/gm, '$1\\u{3a}:').replaceAll('##[', '\\u{23}#[');

/** JSON whose strings show no invisible character and hold no runner command; it parses to the same value. */
export function json(value: unknown): string {
  const unit = (character: string) =>
    character
      .split('')
      .map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
  return JSON.stringify(value, null, 2)
    .replace(INVISIBLE, (character) => (character === '\n' ? character : unit(character)))
    .replaceAll('##[', '#\\u0023[');
}

/** XML text or attribute value. */
export const xml = (text: string): string =>
  visible(text)
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('##[', '#&#35;[');

/** Percent signs are the escape character of workflow commands. */
const commandText = (text: string): string => visible(text).replaceAll('%', '%25').replaceAll('##[', '# #[');

/** Data of a workflow command, one or more lines. */
export const commandData = (...lines: readonly string[]): string => lines.map(commandText).join('%0A');

/** Property of a workflow command. */
export const commandProperty = (text: string): string =>
  commandText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const entity = (character: string): string => `&#${character.charCodeAt(0)};`;

/**
 * Markdown: text in code. A `code` element with entities, for in a backtick span a table's pipe cannot be escaped
 * after a backslash. The comment after an at sign ends the text node in which an e-mail address would become a link.
 */
export const code = (text: string, longest?: number): string =>
  `<code>${visible(text, longest)
    .replace(/www\.|[^\p{L}\p{N}\p{M} ,./=+-]/giu, (part) => (part.length > 1 ? 'www&#46;' : asciiEntity(part)))
    .replaceAll('&#64;', '&#64;<!-- -->')}</code>`;

/** Only ASCII has a meaning in Markdown. */
const asciiEntity = (character: string): string => (character.charCodeAt(0) < 128 ? entity(character) : character);

/**
 * A word that GitHub would turn into a mention, a link, a reference, an emoji or mathematics:
 * `@name`, `a@b.c`, `https://`, `www.`, `#1`, `GH-1`, a commit, `:x:`, `$x$`.
 */
const LIVE = /[@$#]|:\/\/|www\.|gh-\d|:[\w+-]+:|\b(?=[a-f]*\d)[0-9a-f]{7,40}\b|mailto:|xmpp:/i;

const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>|~&!"^]/g, entity);

/** Quotes, brackets and stops around a word stay outside of its code. */
const wordAsCode = (word: string): string =>
  word.replace(/^(["'(]*)(.*?)((?:["'),.;]+:?)?)$/, (_, before: string, core: string, after: string) =>
    [plain(before), code(core), plain(after)].join(''),
  );

/** Markdown: text in a paragraph, a list or a heading. Words that GitHub would bring to life are shown as code. */
export function inline(text: string, longest?: number): string {
  return visible(text, longest)
    .trim()
    .split(' ')
    .map((word) => (LIVE.test(word) ? wordAsCode(word) : plain(word)))
    .join(' ')
    .replace(/^[-+=]/, entity)
    .replace(/^(\d+)([.)])(?= |$)/, (_, digits: string, mark: string) => digits + entity(mark));
}

/** Markdown: text in a cell of a table. */
export const cell = (text: string, longest = 300): string => inline(text, longest) || '—';

/** Markdown: a link whose label is code; only `https`, any other address leaves the label alone. */
export function link(label: string, address: string, longest = 300): string {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:') return code(label, longest);
  const target = url.href.replace(/[^\w\-.~:/?#@&+,;=%]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
  return `[${code(label, longest)}](${target.replaceAll('&', '&amp;')})`;
}

/** Markdown: a block of code; its fence is longer than any in the text. `lines` are shown as they are. */
export function fenced(language: string, lines: readonly string[]): string {
  const shown = lines.map((line) => visible(line));
  const runs = shown.flatMap((line) => line.match(/`+/g) ?? []);
  const longest = runs.reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return [fence + language, ...shown, fence].join('\n');
}
