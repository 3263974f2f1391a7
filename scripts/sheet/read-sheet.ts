import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { both, finding, type Messages, type Text } from '../../core/finding.ts';
import type { Cell, Sheet } from './sheet.ts';

/** Loads the library that reads a kind of file: only collective orders need one. */
const READERS: Readonly<Record<string, () => Promise<(bytes: Buffer) => Promise<Cell[][]>>>> = {
  '.xlsx': xlsxReader,
  '.csv': csvReader,
};

/**
 * Reads the first sheet of an .xlsx file, or a .csv file (UTF-8; comma, semicolon or tab, as its first line has it).
 * @throws UserError with the finding `sheet/unreadable`
 */
export async function readSheet(file: string, messages: Messages): Promise<Sheet> {
  const kind = extname(file).toLowerCase();
  const reader = READERS[kind];
  if (!existsSync(file)) throw unreadable(file, { id: 'berkas itu tidak ada', en: 'there is no such file' }, messages);
  if (reader === undefined) {
    const id = `harus .xlsx atau .csv, ini ${kind || 'tanpa akhiran nama'}`;
    throw unreadable(file, { id, en: `want .xlsx or .csv, got ${kind || 'no extension'}` }, messages);
  }
  // A library that is not installed, or a file that may not be read, is no fault of the sheet.
  const rowsOf = await reader();
  const bytes = await readFile(file);
  try {
    return { file, rows: await rowsOf(bytes) };
  } catch (error) {
    throw unreadable(file, reasonOf(error, kind), messages, error);
  }
}

/** What the libraries found, in the words of somebody who saves a sheet. */
function reasonOf(error: unknown, kind: string): Text {
  const { code, lines, message } = error as Error & { readonly code?: unknown; readonly lines?: number };
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return {
      id: `berkas bukan UTF-8; di Excel simpan sebagai 'CSV UTF-8 (Comma delimited)'`,
      en: `it is not UTF-8; in Excel save it as 'CSV UTF-8 (Comma delimited)'`,
    };
  if (lines !== undefined)
    return {
      id: `tanda kutip di sekitar baris ${lines} tidak berpasangan`,
      en: `the quotes around line ${lines} do not match`,
    };
  if (kind === '.xlsx')
    return {
      id: 'isinya bukan lembar .xlsx; simpan ulang dari Excel atau LibreOffice',
      en: 'it holds no .xlsx sheet; save it again from Excel or LibreOffice',
    };
  return both(message);
}

function unreadable(file: string, reason: Text, messages: Messages, cause?: unknown): UserError {
  const found = finding(messages, 'sheet/unreadable', { file, line: 1, column: 1 }, { reason });
  const { id, en } = reason;
  const text = { id: `Tidak dapat membaca lembar '${file}': ${id}`, en: `Cannot read sheet '${file}': ${en}` };
  return new UserError(text, [found], { cause });
}

async function xlsxReader() {
  const { readSheet: read } = await import('read-excel-file/node');
  return async (bytes: Buffer): Promise<Cell[][]> => {
    const rows: unknown[][] = await read(bytes, { parseNumber: (number: string) => ({ number }) });
    return rows.map((row) => row.map(cellOf));
  };
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') return { text: value };
  if (typeof value === 'boolean') return { flag: value };
  if (value instanceof Date) return { other: value.toISOString().slice(0, 10) };
  if (typeof value === 'object' && 'number' in value) return { number: String(value.number) };
  return { other: String(value) };
}

async function csvReader() {
  const { parse } = await import('csv-parse/sync');
  return async (bytes: Buffer): Promise<Cell[][]> => {
    const whole = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // Excel reads this line and does not show it, so it is no row.
    const [hint = '', named] = /^sep=(.)(?:\r\n?|\n)/i.exec(whole) ?? [];
    const text = whole.slice(hint.length);
    const delimiter = named ?? delimiterOf(/\S.*/.exec(text)?.[0] ?? '');
    const rows: string[][] = parse(text, { delimiter, relax_column_count: true, trim: true });
    return rows.map((row) => row.map((value) => (value === '' ? null : { text: value })));
  };
}

/** Excel writes a semicolon where the decimal sign is a comma, as in Indonesia. */
const delimiterOf = (heading: string): string =>
  [';', '\t', ','].toSorted((a, b) => heading.split(b).length - heading.split(a).length)[0] ?? ',';
