import { type Finding, finding, type Messages } from '../../core/finding.ts';
import { type Cell, cellName, type Sheet, shown } from './sheet.ts';

/** Columns that an account sheet may have, with their headings; the first one is shown to people. */
const HEADINGS = {
  name: ['nama', 'nama lengkap', 'nama pegawai', 'name', 'full name', 'display name'],
  nip: ['nip', 'nomor induk pegawai', 'employee number'],
  login: ['login', 'akun', 'nama akun', 'username', 'user name', 'account'],
  address: ['alamat', 'alamat surel', 'alamat email', 'surel', 'email', 'e-mail', 'address'],
  mailbox: ['kotak surat', 'jenis kotak surat', 'mailbox'],
  internet: ['internet', 'akses internet', 'internet access'],
} as const;

export type Column = keyof typeof HEADINGS;
const COLUMNS = Object.keys(HEADINGS) as Column[];
const NEEDED = ['name', 'nip'] as const satisfies readonly Column[];
/** For people only: the running number and remarks. */
const IGNORED = ['no', 'no.', 'nomor', 'nomor urut', 'keterangan', 'remarks'];

/** Where each column stands, counted from 0; `first` is the row below the headings. */
export interface Layout {
  readonly columns: ReadonlyMap<Column, number>;
  readonly first: number;
}

/** What people read of a column. */
export const headingOf = (column: Column): string => HEADINGS[column][0];

const plain = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ');

/** A title and a date may stand above the headings. */
const LAST_HEADING_ROW = 10;

const columnOf = (cell: Cell): Column | undefined => {
  const heading = plain(shown(cell));
  return COLUMNS.find((one) => (HEADINGS[one] as readonly string[]).includes(heading));
};

/** The row with a heading that is always needed; where there is none, the first that is not empty. */
function headingRow({ rows }: Sheet): number {
  const isNeeded = (cell: Cell) => (NEEDED as readonly (Column | undefined)[]).includes(columnOf(cell));
  const row = rows.slice(0, LAST_HEADING_ROW).findIndex((cells) => cells.some(isNeeded));
  return row >= 0 ? row : rows.findIndex((cells) => cells.some((cell) => cell !== null));
}

/** Finds the headings; a column that is not understood is never ignored silently. */
export function layoutOf(sheet: Sheet, messages: Messages): { layout: Layout; findings: readonly Finding[] } {
  const row = headingRow(sheet);
  const columns = new Map<Column, number>();
  const findings: Finding[] = [];
  const report = (code: string, column: number, values: Record<string, string>) => {
    const at = { file: sheet.file, line: row + 1, column: column + 1 };
    findings.push(finding(messages, code, at, { cell: cellName(row, column), ...values }));
  };
  for (const [index, cell] of (sheet.rows[row] ?? []).entries()) {
    const heading = plain(shown(cell));
    if (heading === '' || IGNORED.includes(heading)) continue;
    const column = columnOf(cell);
    const other = column === undefined ? undefined : columns.get(column);
    if (column === undefined) {
      report('sheet/unknown-heading', index, { heading, known: COLUMNS.map(headingOf).join(', ') });
    } else if (other !== undefined) report('sheet/heading-twice', index, { heading, other: cellName(row, other) });
    else columns.set(column, index);
  }
  for (const column of NEEDED) {
    if (row >= 0 && !columns.has(column)) report('sheet/missing-heading', 0, { heading: headingOf(column) });
  }
  return { layout: { columns, first: row + 1 }, findings };
}
