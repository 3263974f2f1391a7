/** A cell as it stands: text, a number as its file writes it, or something that is neither. */
export type Cell =
  | { readonly text: string }
  | { readonly number: string }
  | { readonly flag: boolean }
  | { readonly other: string }
  | null;

/** A sheet as it was read: all rows with all cells, so that the index of a row and of a cell is its place. */
export interface Sheet {
  readonly file: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** What people call a cell: row 6, column 1 is `B7`. Counts from 0, as the arrays do. */
export function cellName(row: number, column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}

/** A cell's content on one line; empty for an empty cell. */
export function shown(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if ('text' in cell) return cell.text;
  if ('number' in cell) return cell.number;
  return 'flag' in cell ? String(cell.flag) : cell.other;
}
