import { closest } from '../../../core/load/closest.ts';

/** One line that an official or the service desk writes; digests are the first 32 hexadecimal digits. */
export type Command =
  /** Approves what has this digest: one request, or all of the pull request together. */
  | { readonly name: 'setuju'; readonly digest: string }
  /** Approves and names an object (`<kind>:<key>`) that may be deleted. */
  | { readonly name: 'hapus'; readonly object: string; readonly digest: string }
  /** Attests a letter: the checksum is that of the original, computed by whoever saw it. */
  | { readonly name: 'surat'; readonly digest: string; readonly sha256: string };

/** Why a text that looks like a command is none. */
export type Misread = 'approval/quoted' | 'approval/look-alike' | 'approval/extra-words';

/** What a comment says: commands and nothing else, something like one, or (null) anything else. */
export type Reading = { readonly commands: readonly Command[] } | { readonly misread: Misread } | null;

const SETUJU = /^\/setuju ([0-9a-f]{32})$/;
const HAPUS = /^\/hapus ([a-z]+(?:-[a-z]+)*:[ -~]{1,300}) ([0-9a-f]{32})$/;
const SURAT = /^\/surat ([0-9a-f]{32}) ([0-9a-f]{64})$/;

function commandOf(line: string): Command | null {
  const setuju = SETUJU.exec(line);
  if (setuju) return { name: 'setuju', digest: setuju[1] ?? '' };
  const hapus = HAPUS.exec(line);
  if (hapus) return { name: 'hapus', object: hapus[1] ?? '', digest: hapus[2] ?? '' };
  const surat = SURAT.exec(line);
  return surat ? { name: 'surat', digest: surat[1] ?? '', sha256: surat[2] ?? '' } : null;
}

const WORDS = ['setuju', 'hapus', 'surat'];
/** Marks of quotes, lists, emphasis and code before something that looks like a slash and a word. */
const START = /^[\s>*_`~+-]*[/\\\u2044\u2215\u2571\u29f8\uff0f]\s*([\p{L}\p{M}\p{N}]{3,16})/u;
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;

/** Whether somebody could take a line for a command; Latin letters nearly spelling one, or letters that only look so. */
function resembles(line: string): boolean {
  const [, word] = START.exec(line.replace(INVISIBLE, '').normalize('NFKC')) ?? [];
  if (word === undefined) return false;
  return closest(word, WORDS) !== undefined || /[^a-z]/i.test(word);
}

const isBlank = (line: string): boolean => /^[ \t]*$/.test(line);

/**
 * Reads a comment. It holds either command lines and nothing else, or no command at all: a reply by mail, which carries
 * the text that it answers, can so never approve by accident, and there is no question of what Markdown makes of a line.
 */
export function readCommands(body: string): Reading {
  const lines = body.split(/\r?\n/).filter((line) => !isBlank(line));
  const commands = lines.map(commandOf).filter((command) => command !== null);
  if (commands.length > 0 && commands.length === lines.length) return { commands };
  const alike = lines.filter((line) => commandOf(line) !== null || resembles(line));
  if (alike.length === 0) return null;
  if (lines.some((line) => /^\s*(?:>|`{3}|~{3})|^(?: {4}|\t)|`/.test(line))) return { misread: 'approval/quoted' };
  const strange = (line: string) => /[^ -~\t]/.test(line) || /^\/\S*[A-Z]/.test(line);
  return { misread: alike.some(strange) ? 'approval/look-alike' : 'approval/extra-words' };
}
