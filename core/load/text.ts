import type { Fault } from './fault.ts';

/** The largest request file, in bytes. */
export const LARGEST_FILE = 64 * 1024;

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder('utf-8', { ignoreBOM: true });
const MARK = '\ufeff';

/** What a file holds: its bytes or, where whoever read it is sure that nothing was lost, the text that they are. */
export type Content = { readonly bytes: Uint8Array } | { readonly text: string };

export interface Decoded {
  /** Without a byte order mark; what follows damage is cut off. */
  readonly text: string;
  readonly faults: readonly Fault[];
  /** False where parsing makes no sense. */
  readonly readable: boolean;
}

/** Content to text; size and encoding are judged before anything else looks at them. */
export function decode(content: Content): Decoded {
  return 'text' in content ? measured(content.text) : decodedBytes(content.bytes);
}

function measured(text: string): Decoded {
  // A code unit takes three bytes at most: few texts must be counted.
  const bytes = text.length * 3 > LARGEST_FILE ? Buffer.byteLength(text) : 0;
  return bytes > LARGEST_FILE ? tooLarge(bytes) : unmarked(text);
}

/** Lines that end as on a Macintosh of old: to YAML all of it is one line. */
const OLD_LINE_ENDS: Decoded = { text: '', faults: [{ code: 'yaml/line-ends', at: 0 }], readable: false };

const tooLarge = (bytes: number): Decoded => ({
  text: '',
  faults: [{ code: 'yaml/too-large', at: 0, values: { bytes, limit: LARGEST_FILE } }],
  readable: false,
});

function unmarked(text: string): Decoded {
  if (!text.includes('\n') && text.includes('\r')) return OLD_LINE_ENDS;
  if (!text.startsWith(MARK)) return { text, faults: [], readable: true };
  return { text: text.slice(1), faults: [{ code: 'yaml/byte-order-mark', at: 0 }], readable: true };
}

function decodedBytes(bytes: Uint8Array): Decoded {
  if (bytes.length > LARGEST_FILE) return tooLarge(bytes.length);
  try {
    return unmarked(STRICT.decode(bytes));
  } catch {
    return damaged(bytes);
  }
}

/** Cuts the text at the first byte that is no UTF-8; a replacement character that the file itself holds is not one. */
function damaged(bytes: Uint8Array): Decoded {
  const text = LENIENT.decode(bytes);
  let at = text.indexOf('\ufffd');
  for (; at !== -1; at = text.indexOf('\ufffd', at + 1)) {
    const byte = Buffer.byteLength(text.slice(0, at));
    if (bytes[byte] !== 0xef || bytes[byte + 1] !== 0xbf || bytes[byte + 2] !== 0xbd) break;
  }
  return { text: text.slice(0, at), faults: [{ code: 'yaml/encoding', at }], readable: false };
}
