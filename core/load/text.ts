import type { Fault } from './fault.ts';

/** The largest request file, in bytes. */
export const LARGEST_FILE = 64 * 1024;

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder('utf-8', { ignoreBOM: true });
const MARK = '\ufeff';

export interface Decoded {
  /** Without a byte order mark; what follows damage is cut off. */
  readonly text: string;
  readonly faults: readonly Fault[];
  /** False where parsing makes no sense. */
  readonly readable: boolean;
}

/** Bytes to text; size and encoding are judged before anything else looks at them. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length > LARGEST_FILE) {
    const values = { bytes: bytes.length, limit: LARGEST_FILE };
    return { text: '', faults: [{ code: 'yaml/too-large', at: 0, values }], readable: false };
  }
  let text: string;
  try {
    text = STRICT.decode(bytes);
  } catch {
    return damaged(bytes);
  }
  if (!text.startsWith(MARK)) return { text, faults: [], readable: true };
  return { text: text.slice(1), faults: [{ code: 'yaml/byte-order-mark', at: 0 }], readable: true };
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
