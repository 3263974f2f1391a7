import { type Finding, finding, type Messages } from '../../core/finding.ts';
import { cleaned } from '../../core/load/characters.ts';
import { type Column, headingOf, type Layout } from './columns.ts';
import { isLogin, loginOf } from './login.ts';
import { cellName, type Sheet, shown } from './sheet.ts';

/** One account of a sheet; `row` counts from 0. */
export interface AccountRow {
  readonly row: number;
  readonly name: string;
  readonly nip: string;
  readonly login: string;
  /** The part before the @; the login where the sheet has none and there is a mailbox. */
  readonly address?: string;
  readonly mailbox: Mailbox;
  readonly internet: boolean;
}

type Mailbox = 'licensed' | 'standard' | 'none';

const MAILBOXES: ReadonlyMap<string, Mailbox> = new Map([
  ['', 'standard'],
  ['standar', 'standard'],
  ['standard', 'standard'],
  ['berlisensi', 'licensed'],
  ['lisensi', 'licensed'],
  ['licensed', 'licensed'],
  ['tidak ada', 'none'],
  ['tanpa', 'none'],
  ['none', 'none'],
]);
const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['', false],
  ['ya', true],
  ['yes', true],
  ['true', true],
  ['tidak', false],
  ['no', false],
  ['false', false],
]);

/** Reads one row's cells and reports their faults. */
interface Cells {
  text(column: Column): string;
  needed(column: Column): string | undefined;
  choice<T>(column: Column, choices: ReadonlyMap<string, T>, named: string): T | undefined;
  report(code: string, column: Column, values?: Readonly<Record<string, string>>): undefined;
}

function cellsOf(sheet: Sheet, layout: Layout, row: number, findings: Finding[], messages: Messages): Cells {
  const indexOf = (column: Column) => layout.columns.get(column) ?? 0;
  const report: Cells['report'] = (code, column, values = {}) => {
    const index = indexOf(column);
    const at = { file: sheet.file, line: row + 1, column: index + 1 };
    const all = { cell: cellName(row, index), heading: headingOf(column), ...values };
    findings.push(finding(messages, code, at, all));
  };
  const text: Cells['text'] = (column) => {
    const index = layout.columns.get(column);
    const cell = index === undefined ? null : (sheet.rows[row]?.[index] ?? null);
    if (cell !== null && 'other' in cell) report('sheet/not-text', column, { value: cell.other });
    return cleaned(shown(cell)).trim().replaceAll(/\s+/g, ' ');
  };
  return {
    text,
    report,
    needed: (column) => text(column) || report('sheet/missing-value', column),
    choice: (column, choices, named) => {
      const value = text(column);
      return choices.get(value.toLowerCase()) ?? report('sheet/bad-choice', column, { value, choices: named });
    },
  };
}

/**
 * 18 digits. A number cell is refused even where its digits look right: Excel keeps 15 of them. So is a text that an
 * export made of a number: `1,99E+17`, `….0`, or a last part 000, for serial numbers of a NIP start at 001.
 */
function nipOf(cells: Cells, isNumber: boolean): string | undefined {
  const value = cells.needed('nip');
  if (value === undefined) return undefined;
  const digits = value.replaceAll(' ', '').replace(/^'/, '');
  const wasNumber = isNumber || /^[\d.,]+e\+?\d+$/i.test(digits) || /^\d{15,}[.,]0+$/.test(digits);
  if (wasNumber || /^\d{15}000$/.test(digits)) return cells.report('sheet/nip-as-number', 'nip', { value });
  if (/^\d{18}$/.test(digits)) return digits;
  return cells.report('sheet/bad-nip', 'nip', { got: /^\d+$/.test(digits) ? String(digits.length) : `'${value}'` });
}

function loginIn(cells: Cells, name: string | undefined): string | undefined {
  const login = cells.text('login').toLowerCase();
  if (login !== '') return isLogin(login) ? login : cells.report('sheet/bad-login', 'login', { value: login });
  if (name === undefined) return undefined;
  return loginOf(name) ?? cells.report('sheet/missing-value', 'login');
}

/** The local part; the whole address may stand in the sheet, as long as it is the ministry's. */
function addressIn(cells: Cells, mailDomain: string): string | undefined {
  const value = cells.text('address').toLowerCase();
  const at = value.indexOf('@');
  if (at >= 0 && value.slice(at + 1) !== mailDomain) {
    return cells.report('sheet/other-domain', 'address', { value, domain: mailDomain });
  }
  return (at < 0 ? value : value.slice(0, at)) || undefined;
}

/** The account of one row; undefined where a fault was reported. */
export function accountRow(
  sheet: Sheet,
  layout: Layout,
  row: number,
  mailDomain: string,
  findings: Finding[],
  messages: Messages,
): AccountRow | undefined {
  const cells = cellsOf(sheet, layout, row, findings, messages);
  const nipCell = sheet.rows[row]?.[layout.columns.get('nip') ?? 0];
  const name = cells.needed('name');
  const nip = nipOf(cells, nipCell !== null && nipCell !== undefined && 'number' in nipCell);
  const login = loginIn(cells, name);
  const written = addressIn(cells, mailDomain);
  const mailbox = cells.choice('mailbox', MAILBOXES, 'berlisensi, standar, tidak ada');
  const internet = cells.choice('internet', FLAGS, 'ya, tidak');
  if (name === undefined || nip === undefined || login === undefined) return undefined;
  if (mailbox === undefined || internet === undefined) return undefined;
  const address = written ?? (mailbox === 'none' ? undefined : login);
  return { row, name, nip, login, ...(address === undefined ? {} : { address }), mailbox, internet };
}
