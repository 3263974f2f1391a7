import { inflateRawSync, constants as zlib } from 'node:zlib';

/** What a text would look like in some encoding, as latin-1 characters. */
interface Trace {
  readonly encoding: string;
  readonly needle: string;
}

const binary = (bytes: Buffer) => bytes.toString('latin1');

/** Base64 of bytes that stand anywhere in a longer text: what is the same whatever surrounds them, at each alignment. */
function base64Of(bytes: Buffer, variant: 'base64' | 'base64url'): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString(variant)
      .replace(/=+$/, '');
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return text.slice(Math.ceil((before * 8) / 6), whole);
  });
}

const BYTE_FORMS: readonly (readonly [string, (bytes: Buffer) => readonly string[]])[] = [
  ['raw', (bytes) => [binary(bytes)]],
  ['base64', (bytes) => base64Of(bytes, 'base64')],
  ['base64url', (bytes) => base64Of(bytes, 'base64url')],
  ['reversed', (bytes) => [binary(Buffer.from(bytes.toReversed()))]],
  ['byte array', (bytes) => [[...bytes].join(','), [...bytes].join(', '), [...bytes].join('\n')]],
];

const TEXT_FORMS: readonly (readonly [string, (text: string) => readonly string[]])[] = [
  ['JSON', (text) => [JSON.stringify(text).slice(1, -1)]],
  ['URL', (text) => [encodeURIComponent(text)]],
  ['quoted-printable', (text) => [text.replaceAll('=', '=3D')]],
];

const HEX_FORMS = [
  ['', ''],
  ['', ' '],
  ['%', ''],
  ['\\x', ''],
] as const;

const hexOf = (bytes: Buffer) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));

/** Everything that a secret is looked for as: in UTF-8 and in UTF-16LE, in each encoding. */
function tracesOf(secret: string): readonly Trace[] {
  const traces: Trace[] = [];
  for (const [charset, bytes] of [
    ['', Buffer.from(secret)],
    ['UTF-16LE ', Buffer.from(secret, 'utf16le')],
  ] as const) {
    for (const [encoding, form] of BYTE_FORMS)
      for (const needle of form(bytes)) traces.push({ encoding: `${charset}${encoding}`, needle });
    for (const [prefix, join] of HEX_FORMS)
      for (const digits of [hexOf(bytes), hexOf(bytes).map((two) => two.toUpperCase())])
        traces.push({ encoding: `${charset}hex`, needle: digits.map((two) => prefix + two).join(join) });
  }
  for (const [encoding, form] of TEXT_FORMS) for (const needle of form(secret)) traces.push({ encoding, needle });
  return traces;
}

/** Needles by their first four bytes, with a filter that most places of a text do not pass. */
interface Searcher {
  readonly filter: Uint8Array;
  readonly byStart: ReadonlyMap<number, readonly { readonly encoding: string; readonly needle: Buffer }[]>;
}

const FILTER_BITS = 20;
const slotOf = (start: number) => Math.imul(start, 0x9e3779b1) >>> (32 - FILTER_BITS);

/** Makes one search of many secrets, so that a text is gone through once. */
export function searcherOf(secrets: readonly string[]): Searcher {
  const filter = new Uint8Array(2 ** FILTER_BITS);
  const needles = secrets.flatMap(tracesOf).map(({ encoding, needle }) => ({
    encoding,
    needle: Buffer.from(needle, 'latin1'),
  }));
  for (const { needle } of needles) filter[slotOf(needle.readUInt32BE())] = 1;
  return { filter, byStart: Map.groupBy(needles, ({ needle }) => needle.readUInt32BE()) };
}

function hitsIn(bytes: Buffer, { filter, byStart }: Searcher): Set<string> {
  const hits = new Set<string>();
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    start = ((start << 8) | (bytes[at] as number)) >>> 0;
    if (at < 3 || filter[slotOf(start)] === 0) continue;
    for (const { encoding, needle } of byStart.get(start) ?? [])
      if (bytes.subarray(at - 3, at - 3 + needle.length).equals(needle)) hits.add(encoding);
  }
  return hits;
}

const MOST_DEPTH = 3;
/** Header of a gzip stream without a name, as `node:zlib` writes it. */
const HEADER = 10;

/** Compressed parts of some bytes, opened; as far as they go. */
function opened(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = bytes.indexOf('1f8b08', 0, 'hex'); at >= 0; at = bytes.indexOf('1f8b08', at + 1, 'hex'))
    try {
      found.push(inflateRawSync(bytes.subarray(at + HEADER), { finishFlush: zlib.Z_SYNC_FLUSH }));
    } catch {
      // Three bytes that only look like a beginning.
    }
  return found;
}

/** Names of the encodings in which any of the secrets is found in some bytes, however its lines are wrapped. */
export function foundIn(bytes: Buffer, searcher: Searcher, depth = 0): readonly string[] {
  const joined = Buffer.from(binary(bytes).replace(/=?\r?\n[ \t]*/g, ''), 'latin1');
  const hits = new Set([...hitsIn(bytes, searcher), ...hitsIn(joined, searcher)]);
  const inside = depth < MOST_DEPTH ? opened(bytes).flatMap((part) => foundIn(part, searcher, depth + 1)) : [];
  return [...hits, ...new Set(inside.map((encoding) => `gzip ${encoding}`))];
}
