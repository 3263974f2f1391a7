import * as z from 'zod';
import { meantDate, meantTimestamp } from './date.ts';
import { slugged } from './path.ts';
import { scalarOf } from './scalar.ts';

/** Cyrillic and Greek letters, and below each the Latin one that nobody can tell from it (UTS 39, confusables). */
const FOREIGN = 'аеорсухіјѕԁһԛԝАВЕКМНОРСТХІЈЅοανιρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ';
const LATIN = 'aeopcyxijsdhqwABEKMHOPCTXIJSoavipABEZHIKMNOPTYX';

/** As it would be typed on a plain keyboard: Latin letters, ASCII hyphens, no letters of double width. */
const retyped = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\P{ASCII}/gu, (letter) => LATIN[FOREIGN.indexOf(letter)] ?? letter);

/** Small repairs of a text, the least first; undefined where one has nothing to mend. */
const REPAIRS: readonly ((text: string) => string | undefined)[] = [
  (text) => text.replace(/\s+/g, ' ').trim(),
  // Quotes of a word processor are letters to YAML.
  (text) => text.replace(/^[\s"'\u2018-\u201f]+|[\s"'\u2018-\u201f]+$/g, ''),
  retyped,
  (text) => text.replace(/\s+/g, ''),
  (text) => retyped(text).trim().toLowerCase(),
  (text) => text.trim().replace(/^http:/, 'https:'),
  // `Loket <loket@contoh.test>`, an address where its first part is wanted, a whole DNS name where its label is.
  (text) => /^[^<>]*<([^<>\s]+@[^<>\s]+)>$/.exec(text.trim())?.[1],
  (text) => /^\s*([^\s@]+)@/.exec(text)?.[1]?.toLowerCase(),
  (text) => /^\s*([a-z0-9-]+)\.[a-z0-9-]+\.[a-z0-9.-]+\s*$/i.exec(text)?.[1]?.toLowerCase(),
  (text) => text.trim().toLowerCase().replace(/\s+/g, '.'),
  // `9.00`, as clocks are read in Indonesia.
  (text) => text.trim().replace(/^(\d{1,2})[.:](\d\d)$/, (_, hours, minutes) => `${hours.padStart(2, '0')}:${minutes}`),
  (text) => (/[<>@]/.test(text) ? undefined : slugged(text)),
  meantDate,
  meantTimestamp,
];

/** The first repair of a text that its schema accepts; undefined where none does. */
export function mended(text: string, schema: z.core.$ZodType): string | undefined {
  if (text.length > 200) return undefined;
  for (const repair of REPAIRS) {
    const repaired = repair(text);
    if (repaired !== undefined && repaired !== text && z.safeParse(schema, repaired).success) return repaired;
  }
  return undefined;
}

/** A text as it has to be written so that YAML reads it as a text. */
export function sourceOf(text: string): string {
  const read = scalarOf(text);
  return 'value' in read && read.value === text ? text : JSON.stringify(text);
}
