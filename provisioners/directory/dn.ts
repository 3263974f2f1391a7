/** Distinguished names as values: built, parsed and compared here, never as strings (RFC 4514). */

declare const brand: unique symbol;
/** A distinguished name in its text form, made by this file only. */
export type DnText = string & { readonly [brand]: 'dn' };

export interface Rdn {
  readonly type: string;
  readonly value: string;
}
/** From the leaf to the root. */
export type Dn = readonly Rdn[];

/** U+FEFF at the start of a value is lost where it is read back as text. */
const UNSAFE = /[\p{Cc}\u2028\u2029\ufeff]|\p{Cs}/u;
const TYPE = /^[A-Za-z][A-Za-z0-9-]*$/;

/** A name that must not reach a server: a NUL cuts it in two there, and the object lands in another container. */
export class NameError extends TypeError {
  override readonly name = 'NameError';
}

/** @throws NameError for control characters, lone surrogates and empty text */
export function refuseUnsafe(value: string, what: string): string {
  if (value === '') throw new NameError(`Cannot build ${what}: the value is empty`);
  if (UNSAFE.test(value)) throw new NameError(`Cannot build ${what}: the value has a control character`);
  return value;
}

/** UTF-8 octets as hexadecimal pairs, each behind a backslash. */
const octets = (character: string) =>
  Array.from(Buffer.from(character), (octet) => `\\${octet.toString(16).padStart(2, '0').toUpperCase()}`).join('');

/** Hexadecimal pairs for all that is special: no comma and no quote is left for a reader to stumble over. */
const escaped = (value: string) => value.replace(/[,+"\\<>;=]|^[ #]| $/g, octets);

function spelled(dn: Dn, textOf: (value: string) => string): DnText {
  const rdns = dn.map(({ type, value }) => {
    if (!TYPE.test(type)) throw new NameError(`Cannot build a distinguished name: '${type}' is no attribute type`);
    return `${type}=${textOf(value)}`;
  });
  return rdns.join(',') as DnText;
}

/** @throws NameError for values that must not reach a server */
export const formatDn = (dn: Dn): DnText =>
  spelled(dn, (value) => escaped(refuseUnsafe(value, 'a distinguished name')));

/** An existing object by its objectGUID (hexadecimal of its bytes): the name still fits after a rename. */
export function byIdentity(identity: string): DnText {
  if (!/^[0-9a-f]{32}$/.test(identity))
    throw new NameError(`Cannot address '${identity}': 32 hexadecimal digits wanted`);
  return `<GUID=${identity}>` as DnText;
}

/** An existing object by its SID, `S-1-5-21-...` ([MS-ADTS] 3.1.1.3.1.2.4). */
export function bySid(sid: string): DnText {
  if (!/^S-1-5(-\d+)+$/.test(sid)) throw new NameError(`Cannot address '${sid}': it is no SID`);
  return `<SID=${sid}>` as DnText;
}

/**
 * The name of an object that a server sent, to ask it for the same again: what no name of ours may hold is written as
 * octets. Where two domain controllers made one name, the name of the loser has a line feed in it.
 * @throws NameError for a NUL, and for a value that is empty
 */
export const sentDn = (dn: Dn): DnText =>
  spelled(dn, (value) => {
    if (value === '' || value.includes('\0')) throw new NameError(`Cannot spell a name with the value '${value}'`);
    return escaped(value).replace(/[\p{Cc}\u2028\u2029\ufeff]/gu, octets);
  });

/** Reads the text form, also with quoted values (`CN="x "`), which servers of this family still send. */
export function parseDn(text: string): Dn {
  const rdns: Rdn[] = [];
  let at = 0;
  while (at < text.length) {
    const equals = text.indexOf('=', at);
    const type = text.slice(at, equals).trim();
    if (equals < 0 || !TYPE.test(type)) throw new NameError(`Cannot read '${text}' as a distinguished name`);
    const read = readValue(text, equals + 1);
    rdns.push({ type, value: read.value });
    at = read.end + 1;
  }
  return rdns;
}

/** Reads one value up to an unescaped separator; escaped bytes are UTF-8. */
function readValue(text: string, start: number): { value: string; end: number } {
  const bytes: Buffer[] = [];
  let at = start;
  while (text[at] === ' ') at++;
  const quoted = text[at] === '"';
  if (quoted) at++;
  let significant = 0;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (quoted ? character === '"' : character === ',' || character === ';') break;
    if (character === '+' && !quoted) throw new NameError(`Cannot read '${text}': it has a relative name of two parts`);
    if (character === '\\') {
      const pair = /^[0-9A-Fa-f]{2}/.exec(text.slice(at + 1, at + 3))?.[0];
      bytes.push(pair ? Buffer.from(pair, 'hex') : Buffer.from(text.charAt(at + 1)));
      at += pair ? 2 : 1;
      significant = bytes.length;
    } else {
      const point = String.fromCodePoint(text.codePointAt(at) ?? 0);
      bytes.push(Buffer.from(point));
      at += point.length - 1;
      if (character !== ' ' || quoted) significant = bytes.length;
    }
  }
  const value = Buffer.concat(bytes.slice(0, significant)).toString('utf8');
  if (quoted) {
    const next = text.slice(at + 1).search(/[,;]/);
    at = next < 0 ? text.length : at + 1 + next;
  }
  return { value, end: at };
}

/** Equal for names that the directory takes for the same: case and runs of spaces do not count. */
export const dnKey = (dn: Dn): string =>
  JSON.stringify(
    dn.map(({ type, value }) => [type.toLowerCase(), value.normalize('NFC').toLowerCase().replace(/ +/g, ' ')]),
  );

export const sameDn = (a: Dn, b: Dn): boolean => dnKey(a) === dnKey(b);

/** Whether `dn` is `ancestor` or below it. */
export const isWithin = (dn: Dn, ancestor: Dn): boolean =>
  dn.length >= ancestor.length && sameDn(dn.slice(dn.length - ancestor.length), ancestor);

/** The part of `dn` below `base`: `OU=Akun,OU=DJP`. */
export const relativeTo = (dn: Dn, base: Dn): Dn => (isWithin(dn, base) ? dn.slice(0, dn.length - base.length) : dn);
