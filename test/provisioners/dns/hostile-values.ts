/** Names and texts that mean something to one of the languages they pass through. Pseudo-random, the same each time. */

/** Numbers in `[0, max)`; mulberry32, which is enough to mix texts. */
export function mixer(seed: number): (max: number) => number {
  let state = seed;
  return (max) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % max;
  };
}

const PIECES = [
  ...['b', 'c-d', 'e9', 'f0', 'spt', 'xn--abc', 'djp', '.djp', '.', '-1'],
  ...['a', 'spt', 'xn--', 'x-', '-x', '9', 'A', 'z'.repeat(63), 'q'.repeat(64), 'w.'.repeat(126)],
  ...['.', '..', '.contoh.test', '.contoh.test.', '.lain.test', '.10.in-addr.arpa', '.test', '@', '*', '*.'],
  ...['_layanan', '_layanan.', '_sip._tcp.', '_', '\\', '\\.', '\\000', '\\046', '\\300', '\\', '"', "'", '`'],
  ...[
    ',DC=lain',
    ',DC=@,DC=lain.test',
    '+CN=x',
    '=',
    '<GUID=00>',
    ')(objectClass=*)',
    '*)(',
    '\\2a',
    '\\00',
    '#',
    '%00',
  ],
  ...[
    '\0',
    '\n',
    '\r\n',
    '\t',
    '\u007f',
    '\u0085',
    ' ',
    '  ',
    '\u00a0',
    '\u200b',
    '\u202e',
    '\ufeff',
    '\u3002',
    '\uff0e',
  ],
  ...['é', 'ß', 'İ', 'K', '\u0301', '中文', '😀', '\ud800', '\udc00', '\uffff'],
  ...['$INCLUDE /etc/passwd', '$ORIGIN lain.test.', '; drop', '( ', ' )', 'IN A 10.9.9.9', '"\n@ IN NS x.'],
  ...[
    'layanan:djbc/lain',
    'layanan:',
    'v=spf1 -all',
    '$' + '{x}',
    '$(id)',
    '\x1b[31m',
    '-----BEGIN',
    '../',
    'null',
    '{}',
  ],
] as const;

/** One to four pieces in a row. */
export function hostileText(mix: (max: number) => number): string {
  const count = 1 + mix(4);
  return Array.from({ length: count }, () => PIECES[mix(PIECES.length)] ?? '').join('');
}

const VARIABLE = 'LAYANAN_HOSTILE_VALUES';

/** How many of each sort a test tries. */
export const HOSTILE = Number(process.env[VARIABLE] ?? 1_000);

/** For the title of a test: how many there are, and how to try more. */
export const HOSTILE_TITLE = `${HOSTILE} (${VARIABLE}=10000 for more)`;
