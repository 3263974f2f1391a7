import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { finding, type Messages } from '../../core/finding.ts';
import type { Cell, Sheet } from './sheet.ts';

/**
 * Reads the first sheet of an .xlsx file, or a .csv file (UTF-8; comma, semicolon or tab, as its first line has it).
 * The libraries are loaded here, for only collective orders need them.
 * @throws UserError with the finding `sheet/unreadable`
 */
export async function readSheet(file: string, messages: Messages): Promise<Sheet> {
  const kind = extname(file).toLowerCase();
  try {
    if (kind === '.xlsx') return { file, rows: await xlsxRows(file) };
    if (kind === '.csv') return { file, rows: await csvRows(await readFile(file)) };
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : String(error), messages, error);
  }
  throw unreadable(file, `want .xlsx or .csv, got '${kind || 'no extension'}'`, messages);
}

function unreadable(file: string, reason: string, messages: Messages, cause?: unknown): UserError {
  const found = finding(messages, 'sheet/unreadable', { file, line: 1, column: 1 }, { reason });
  return new UserError(`Cannot read sheet '${file}': ${reason}`, [found], { cause });
}

async function xlsxRows(file: string): Promise<Cell[][]> {
  const { readSheet: read } = await import('read-excel-file/node');
  const rows: unknown[][] = await read(file, { parseNumber: (number: string) => ({ number }) });
  return rows.map((row) => row.map(cellOf));
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') return { text: value };
  if (typeof value === 'boolean') return { flag: value };
  if (value instanceof Date) return { other: value.toISOString().slice(0, 10) };
  if (typeof value === 'object' && 'number' in value) return { number: String(value.number) };
  return { other: String(value) };
}

async function csvRows(bytes: Uint8Array): Promise<Cell[][]> {
  const { parse } = await import('csv-parse/sync');
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const delimiter = delimiterOf(text.slice(0, text.search(/\r?\n|$/)));
  const rows: string[][] = parse(text, { delimiter, relax_column_count: true, trim: true });
  return rows.map((row) => row.map((value) => (value === '' ? null : { text: value })));
}

/** Excel writes a semicolon where the decimal sign is a comma, as in Indonesia. */
const delimiterOf = (heading: string): string =>
  [';', '\t', ','].toSorted((a, b) => heading.split(b).length - heading.split(a).length)[0] ?? ',';
