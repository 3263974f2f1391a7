import { isForbiddenKey, scalarOf } from './scalar.ts';

/** Thrown where a text is more than plain; one for all, for it carries nothing. */
const NOT_PLAIN = new Error('Cannot read the text: it is more than plain');

/** More than a request needs, and less than the parser's own limit. */
const DEEPEST = 8;
const KEY = /^[A-Za-z][A-Za-z0-9_.-]*$/;
/** Letters, digits and what else begins a plain scalar without a thought; `-` only before a number. */
const FIRST = /^(?:[A-Za-z0-9/.+(\u00a1-\ufefe]|-[0-9])/;
/** One that is plain between brackets too. */
const FLOW_ITEM = /^[A-Za-z0-9/.](?:[A-Za-z0-9/._@+()=<>!"*-]|:(?=[A-Za-z0-9/])| (?=[A-Za-z0-9/(=<>!"]))*$/;
/** Longer ones that begin with a letter are neither `null` nor `true` nor `false` in any spelling. */
const LONGEST_WORD = 5;

/** The line that is read next, without its indentation; blank lines and comments are passed over. */
interface Line {
  readonly text: string;
  start: number;
  end: number;
  /** -1 behind the last line. */
  indent: number;
}

/**
 * The short way through a text, for what nearly every request is: block mappings and lists of scalars of one line
 * each, or of one line of them in brackets. It answers only where it is sure. Whatever asks for more of YAML (a comment behind a value, a continued line,
 * an escape, a tab, a document marker) gives undefined, and so does every fault: the whole text then goes the way of
 * `examine`, which gives the same value for whatever is read here.
 * @param text without forbidden characters
 */
export function plainValue(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text.includes('\t') || text.includes('\r')) return undefined;
  const line: Line = { text, start: 0, end: -1, indent: 0 };
  advance(line);
  if (line.indent !== 0) return undefined;
  try {
    return mapping(line, 0, DEEPEST);
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

function advance(line: Line): void {
  const { text } = line;
  while (line.end < text.length) {
    const from = line.end + 1;
    const found = text.indexOf('\n', from);
    line.end = found === -1 ? text.length : found;
    let at = from;
    while (text.charCodeAt(at) === 0x20) at++;
    if (at >= line.end || text[at] === '#') continue;
    line.start = at;
    line.indent = at - from;
    return;
  }
  line.indent = -1;
}

function mapping(line: Line, indent: number, depth: number): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  while (line.indent === indent) {
    const colon = line.text.indexOf(':', line.start);
    const key = colon === -1 ? undefined : plainKey(line.text.slice(line.start, colon));
    if (key === undefined || members[key] !== undefined) throw NOT_PLAIN;
    members[key] = memberAt(line, colon + 1, indent, depth);
  }
  if (line.indent > indent) throw NOT_PLAIN;
  return members;
}

/** Keys that were found plain; the same few stand in every file. */
const keys = new Map<string, string>();
const MOST_KEYS = 1000;

function plainKey(written: string): string | undefined {
  const known = keys.get(written);
  if (known !== undefined) return known;
  if (!KEY.test(written) || isForbiddenKey(written) || typeof wordOf(written) !== 'string') return undefined;
  if (keys.size < MOST_KEYS) keys.set(written, written);
  return written;
}

/** What stands behind a colon, or below it. */
function memberAt(line: Line, at: number, indent: number, depth: number): unknown {
  if (at < line.end) {
    if (line.text[at] !== ' ') throw NOT_PLAIN;
    return scalar(line, at + 1);
  }
  advance(line);
  if (isItem(line) && line.indent >= indent) return list(line, line.indent, depth - 1);
  if (line.indent <= indent || depth === 0) throw NOT_PLAIN;
  if (line.text[line.start] === '{') return scalar(line, line.start);
  return mapping(line, line.indent, depth - 1);
}

const isItem = ({ text, start }: Line): boolean => text[start] === '-' && text[start + 1] === ' ';

function list(line: Line, indent: number, depth: number): unknown[] {
  if (depth < 0) throw NOT_PLAIN;
  const items: unknown[] = [];
  while (line.indent === indent && isItem(line)) {
    const at = line.start + 2;
    // A scalar with a colon before a space is none: such an item is a mapping whose first member stands on this line.
    if (isMember(line, at)) {
      line.start = at;
      line.indent = indent + 2;
      items.push(mapping(line, line.indent, depth - 1));
    } else items.push(scalar(line, at));
  }
  return items;
}

function isMember({ text, end }: Line, at: number): boolean {
  if (text[at] === '{' || text[at] === '"') return false;
  const colon = text.indexOf(':', at);
  return colon !== -1 && colon < end && (colon + 1 === end || text[colon + 1] === ' ');
}

/** The scalar from an offset to the end of its line, or a list or mapping of scalars in brackets. */
function scalar(line: Line, at: number): unknown {
  const source = line.text.slice(at, line.end);
  advance(line);
  const first = source[0];
  if (first === '"' || first === "'") return quoted(source, first);
  if (first === '[') return inBrackets(source, ']').map(flowItem);
  if (first === '{') return flowMapping(source);
  if (!FIRST.test(source) || goesOn(source)) throw NOT_PLAIN;
  return wordOf(source);
}

/** Whether a plain scalar ends within a text, or may be more than it. */
const goesOn = (source: string): boolean =>
  source.includes(': ') || source.includes(' #') || source.endsWith(':') || source.endsWith(' ');

/** In quotes, without another quote or an escape. */
function quoted(source: string, quote: string): string {
  const end = source.length - 1;
  if (end < 1 || source.indexOf(quote, 1) !== end || source.includes('\\')) throw NOT_PLAIN;
  return source.slice(1, end);
}

/** The parts between a bracket and the one that closes the line. */
function inBrackets(source: string, closing: string): readonly string[] {
  if (!source.endsWith(closing)) throw NOT_PLAIN;
  const within = source.slice(1, -1).trim();
  return within === '' ? [] : within.split(', ');
}

function flowItem(source: string): unknown {
  if (!FLOW_ITEM.test(source)) throw NOT_PLAIN;
  return wordOf(source);
}

function flowMapping(source: string): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const part of inBrackets(source, '}')) {
    const colon = part.indexOf(': ');
    const key = colon === -1 ? undefined : plainKey(part.slice(0, colon));
    if (key === undefined || members[key] !== undefined) throw NOT_PLAIN;
    members[key] = flowItem(part.slice(colon + 2));
  }
  return members;
}

/** The value of a plain scalar. */
function wordOf(source: string): unknown {
  if (source.length > LONGEST_WORD && /^[A-Za-z]/.test(source)) return source;
  const read = scalarOf(source);
  if ('value' in read) return read.value;
  throw NOT_PLAIN;
}
