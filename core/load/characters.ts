import type { Fault } from './fault.ts';

/** ASCII without control characters needs no further look: nearly every file. A class alone is searched fastest. */
const SUSPECT = /[^\t\n\r -~]/;
const LONE_RETURN = /\r(?!\n)/;

/**
 * Characters that show nothing, or something else than they are: control, format (CVE-2021-42574), private use,
 * default ignorable, odd spaces, the Braille blank, and U+FFFD, which some program left in place of a lost character.
 */
const FORBIDDEN = /[[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{NChar}\p{Zl}\p{Zp}\p{Zs}\p{DI}\u2800\ufffd]--[\t\n\r ]]|\r(?!\n)/gv;

/** Refused by the parser, or read as a line break that nobody sees. */
const UNPARSABLE = /[[\p{Cc}\ufeff\ufffe\uffff]--[\t\n\r]]|\r(?!\n)/gv;

const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const LONGEST_WORD = 120;

/** True where no character can be at fault. */
export const isPlain = (text: string): boolean =>
  !SUSPECT.test(text) && !(text.includes('\r') && LONE_RETURN.test(text));

/** The text as it was meant: odd spaces become spaces, what shows nothing goes, and all is NFC. */
export const cleaned = (text: string): string =>
  text.replace(FORBIDDEN, (character) => (/\p{Zs}/u.test(character) ? ' ' : '')).normalize('NFC');

/** What would stop the parser, replaced by a character of the same length that `cleaned` takes away. */
export const parsable = (text: string): string => text.replace(UNPARSABLE, '\u2060');

/** Forbidden characters and text that is not NFC, anywhere in a text, comments included; offsets are of the text. */
export function characterFaults(text: string): Fault[] {
  if (isPlain(text)) return [];
  const faults: Fault[] = [];
  let end = -1;
  for (const match of text.matchAll(FORBIDDEN)) {
    const previous = faults.at(-1);
    const code = codeOf(match[0]);
    if (match.index !== end || previous?.code !== code) faults.push(forbidden(text, match.index, code, match[0]));
    end = match.index + match[0].length;
  }
  if (text.normalize('NFC') !== text) faults.push(...notComposed(text));
  return faults;
}

function codeOf(character: string): string {
  if (character === '\ufffd') return 'text/lost-character';
  if (/\p{Zs}/u.test(character)) return 'text/odd-space';
  if (BIDI.test(character)) return 'text/bidirectional';
  return /\p{Cc}/u.test(character) ? 'text/control' : 'text/invisible';
}

function forbidden(text: string, at: number, code: string, character: string): Fault {
  const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const suggestion = code === 'text/lost-character' ? undefined : cleanedWord(text, at);
  return { code, at, values: { character: `U+${point}` }, ...(suggestion ? { suggestion } : {}) };
}

/** The word around an offset, cleaned; undefined where it is no word but a page. */
function cleanedWord(text: string, at: number): string | undefined {
  const isBreak = (index: number) => /[\t\n ]/.test(text.charAt(index));
  let start = at;
  while (start > 0 && at - start < LONGEST_WORD && !isBreak(start - 1)) start--;
  let end = at;
  while (end < text.length && end - at < LONGEST_WORD && !isBreak(end)) end++;
  return end - start < LONGEST_WORD ? cleaned(text.slice(start, end)).trim() : undefined;
}

function* notComposed(text: string): Generator<Fault> {
  for (const { 0: word, index } of text.matchAll(/[^\t\n\r ]+/g)) {
    const composed = word.normalize('NFC');
    if (composed === word) continue;
    let same = 0;
    while (word[same] === composed[same]) same++;
    const suggestion = word.length < LONGEST_WORD ? { suggestion: cleaned(word) } : {};
    yield { code: 'text/not-composed', at: index + same, ...suggestion };
  }
}
