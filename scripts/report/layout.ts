/** Columns that a terminal gives a text: two for wide East Asian characters and emoji, none for combining marks. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text)
    columns += NARROW.test(character) ? 1 : COMBINING.test(character) ? 0 : widthOf(character);
  return columns;
}

const NARROW = /^[\u0020-\u02ff]$/;
const COMBINING = /^\p{M}$/u;
const WIDE =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]$/u;
const widthOf = (character: string): number => (WIDE.test(character) ? 2 : 1);

/** Breaks text at spaces, and longer words anywhere, into lines of at most `width` columns. */
export function wrap(text: string, width: number): readonly string[] {
  const room = Math.max(8, width);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => pieces(one, room))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (columnsOf(longer) <= room) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, room: number): readonly string[] {
  if (columnsOf(word) <= room) return [word];
  const parts: string[] = [''];
  for (const character of word) {
    const last = parts[parts.length - 1] ?? '';
    if (columnsOf(last + character) > room) parts.push(character);
    else parts[parts.length - 1] = last + character;
  }
  return parts;
}

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - columnsOf(text)));

const GAP = 2;
const WIDEST = 60;

/** Rows in aligned columns of at most `width` altogether; long cells go on below themselves. */
export function aligned(rows: readonly (readonly string[])[], width: number): readonly string[] {
  const widths = columnWidths(rows, width);
  return rows.flatMap((row) => {
    const cells = widths.map((columnWidth, column) => wrap(row[column] ?? '', columnWidth));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((lines, column) => pad(lines[line] ?? '', widths[column] ?? 0))
        .join(' '.repeat(GAP))
        .trimEnd(),
    );
  });
}

/** `Math.max` takes no 100,000 arguments. */
const largest = (numbers: readonly number[]): number => numbers.reduce((most, one) => Math.max(most, one), 0);

const LEAST = 8;
const words = (text: string): number => largest(text.split(' ').map(columnsOf));

/**
 * The natural widths, narrowed until the row fits: the widest first, as long as no word of it breaks; then the last
 * column, which has sentences and not names; then any.
 */
function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const count = largest(rows.map((row) => row.length));
  const columns = Array.from({ length: count }, (_, column) => rows.map((row) => row[column] ?? ''));
  const widths = columns.map((cells) => Math.min(WIDEST, largest(cells.map(columnsOf))));
  const whole = columns.map((cells) => Math.max(LEAST, largest(cells.map(words))));
  const widestOf = (least: (column: number) => number) =>
    widths.reduce((widest, one, column) => (one > Math.max(least(column), widths[widest] ?? 0) ? column : widest), -1);
  const room = width - GAP * (count - 1);
  for (let over = widths.reduce((sum, one) => sum + one, 0) - room; over > 0; over--) {
    const spare = widestOf((column) => whole[column] ?? LEAST);
    const last = (widths[count - 1] ?? 0) > 2 * LEAST ? count - 1 : widestOf(() => LEAST);
    const narrowed = spare >= 0 ? spare : last;
    if (narrowed < 0) break;
    widths[narrowed] = (widths[narrowed] ?? 0) - 1;
  }
  return widths;
}
