/** Numbers by texts, of which only fingerprints are kept. */
export interface Fingerprints {
  /**
   * Enters a number for a text that is new, and gives undefined; else the number that it has. Another text with the
   * same fingerprint gives the other's number, so whoever must be sure looks at what the number stands for.
   */
  enter(text: string, number: number): number | undefined;
  /** The number of a text, or of another one with the same fingerprint. */
  get(text: string): number | undefined;
}

/** Two halves of a fingerprint and the number plus one, zero where the place is free. */
const FIELDS = 3;
type Table = Uint32Array<ArrayBuffer>;
/** A power of two, as the places of every table: the low bits of a fingerprint are its place. */
const FEW = 16_384;
/** Room for the names of 20,000 requests, in 3 MB of which the system gives out what is written to. */
export const MANY = 16 * FEW;

/** The two halves, of 32 bits each, of the text that was looked at last: one pass, and no pair to throw away. */
let high = 0;
let low = 0;

/** FNV-1a over UTF-16 code units from two seeds, with the finish of MurmurHash3, so that all bits depend on all of the text. */
function look(text: string): void {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995);
  }
  high = mixed(a);
  low = mixed(b);
}

function mixed(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}

/** Where a fingerprint stands in a table, or would stand: the number of its first field. */
function placeOf(table: Table, a: number, b: number): number {
  let place = (a & (table.length / FIELDS - 1)) * FIELDS;
  while (table[place + 2] !== 0 && (table[place] !== a || table[place + 1] !== b))
    place = place + FIELDS === table.length ? 0 : place + FIELDS;
  return place;
}

function put(table: Table, place: number, a: number, b: number, number: number): void {
  table[place] = a;
  table[place + 1] = b;
  table[place + 2] = number;
}

function doubled(table: Table): Table {
  const larger = new Uint32Array(table.length * 2);
  for (let at = 0; at < table.length; at += FIELDS) {
    const [a, b, number] = [table[at] ?? 0, table[at + 1] ?? 0, table[at + 2] ?? 0];
    if (number !== 0) put(larger, placeOf(larger, a, b), a, b, number);
  }
  return larger;
}

/**
 * A table in one array: half a million names take 25 MB, and nothing of it is for the collector of garbage to follow.
 * With 64 bits two of so many are the same once in a hundred million tables, or where somebody goes to the trouble.
 * @param places how many there are before the table grows
 */
export function newFingerprints(places = FEW): Fingerprints {
  let table: Table = new Uint32Array(places * FIELDS);
  let size = 0;
  const find = (text: string): number => {
    look(text);
    return placeOf(table, high, low);
  };
  const numberAt = (place: number) => (table[place + 2] === 0 ? undefined : (table[place + 2] ?? 0) - 1);
  return {
    enter(text, number) {
      const place = find(text);
      const first = numberAt(place);
      if (first !== undefined) return first;
      put(table, place, high, low, number + 1);
      size++;
      if (size * FIELDS * 2 > table.length) table = doubled(table);
      return undefined;
    },
    get: (text) => numberAt(find(text)),
  };
}
