const LONGEST_LABEL = 63;
const LONGEST_NAME = 255;
const DOT = 0x2e;
const BACKSLASH = 0x5c;

/** A name that cannot be written in a message, or a message that breaks the rules of RFC 1035. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

function labelsOf(name: string): Buffer[] {
  if (name === '') return [];
  const labels: number[][] = [[]];
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code > 0x7e || code < 0x21)
      throw new WireError(`Cannot encode name '${name}': characters must be visible ASCII`);
    if (code === DOT) labels.push([]);
    else if (code !== BACKSLASH) labels.at(-1)?.push(code);
    else {
      const decimal = /^\d{3}/.exec(name.slice(i + 1))?.[0];
      if (decimal ? Number(decimal) > 255 : i + 1 >= name.length)
        throw new WireError(`Cannot encode name '${name}': the escape at ${i} is not one of RFC 1035`);
      labels.at(-1)?.push(decimal ? Number(decimal) : name.charCodeAt(i + 1));
      i += decimal ? 3 : 1;
    }
  }
  return labels.map((label) => Buffer.from(label));
}

/** Wire form of a name, without compression. @throws WireError for an empty or long label, or a long name */
export function encodeName(name: string): Buffer {
  const parts: Buffer[] = [];
  for (const label of labelsOf(name)) {
    if (label.length === 0) throw new WireError(`Cannot encode name '${name}': a label is empty`);
    if (label.length > LONGEST_LABEL)
      throw new WireError(`Cannot encode name '${name}': a label has ${label.length} octets, at most 63 fit`);
    parts.push(Buffer.from([label.length]), label);
  }
  parts.push(Buffer.from([0]));
  const bytes = Buffer.concat(parts);
  if (bytes.length > LONGEST_NAME)
    throw new WireError(`Cannot encode name '${name}': it has ${bytes.length} octets, at most 255 fit`);
  return bytes;
}

/** Whether a name is a zone's or below it; a dot behind a backslash separates no labels. Both in lower case. */
export function isWithin(name: string, zone: string): boolean {
  if (name === zone) return true;
  if (!name.endsWith(`.${zone}`)) return false;
  let backslashes = 0;
  while (name[name.length - zone.length - 2 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 0;
}

const isPlain = (octet: number): boolean => octet > 0x20 && octet < 0x7f && octet !== DOT && octet !== BACKSLASH;

/** Room for the text of one name, in which an octet has four characters at most. */
const TEXT = Buffer.alloc(4 * LONGEST_NAME);

/** Writes an octet of a label into the text as RFC 1035 section 5.1 has it; gives the place behind it. */
function writeOctet(octet: number, at: number): number {
  if (isPlain(octet)) {
    TEXT[at] = octet;
    return at + 1;
  }
  const escaped = octet === DOT || octet === BACKSLASH ? String.fromCharCode(octet) : String(octet).padStart(3, '0');
  return at + TEXT.write(`\\${escaped}`, at, 'latin1');
}

/** The offset behind the name at an offset: its labels as far as a compression pointer. @throws WireError */
export function endOfName(message: Buffer, offset: number): number {
  for (let at = offset; ; ) {
    const length = message[at];
    if (length === undefined) throw new WireError(`Cannot decode the name at ${offset}: the message ends in it`);
    if (length === 0) return at + 1;
    if (length >= 0xc0) return at + 2;
    if (length > LONGEST_LABEL) throw new WireError(`Cannot decode the name at ${offset}: it is of an unknown form`);
    at += 1 + length;
  }
}

/**
 * Reads the name at an offset. A compression pointer must point before the place where the name began so far, so that no
 * message makes it run in a circle.
 */
export function decodeName(message: Buffer, offset: number): string {
  let written = 0;
  let octets = 1;
  let earliest = offset;
  for (let at = offset; ; ) {
    const length = message[at];
    if (length === undefined) throw new WireError(`Cannot decode the name at ${offset}: the message ends in it`);
    if (length === 0) return TEXT.toString('latin1', 0, written);
    if (length >= 0xc0) {
      const target = ((length & 0x3f) << 8) | (message[at + 1] ?? 0xff);
      if (target >= earliest) throw new WireError(`Cannot decode the name at ${offset}: it points forward`);
      earliest = target;
      at = target;
      continue;
    }
    octets += length + 1;
    if (length > LONGEST_LABEL || octets > LONGEST_NAME)
      throw new WireError(`Cannot decode the name at ${offset}: it is too long or of an unknown form`);
    const next = at + 1 + length;
    if (next > message.length) throw new WireError(`Cannot decode the name at ${offset}: the message ends in it`);
    if (written > 0) TEXT[written++] = DOT;
    for (at++; at < next; at++) written = writeOctet(message[at] ?? 0, written);
  }
}

/** The one spelling of a name: lower case, escapes only where they are needed. @throws WireError as `encodeName` does */
export const canonicalName = (name: string): string =>
  (name.includes('\\') ? decodeName(encodeName(name), 0) : name).toLowerCase();
