import { type Finding, finding, type Messages, type Place } from '../../core/finding.ts';
import type { Document, Places } from '../../core/request.ts';
import { type Column, headingOf, type Layout, layoutOf } from './columns.ts';
import { type RequestFile, requestText } from './request-text.ts';
import { type AccountRow, accountRow } from './rows.ts';
import { cellName, type Sheet, shown } from './sheet.ts';

/** As many as one person can still review. */
const MOST_ROWS = 1000;

/** What all accounts of a sheet share. */
export interface Collective {
  readonly requester: string;
  readonly catalogue: string;
  /** Names the collective order, where there are so many rows that the catalogue makes it an item of its own. */
  readonly batch?: string;
  /** Domain of the ministry's addresses. */
  readonly mailDomain: string;
  /** For example the sheet itself, where the catalogue wants it as a document. */
  readonly documents?: readonly Document[];
  /** The file of a request by its name. */
  pathOf(name: string): string;
  /** Whether a file exists already; it is then a finding, for nothing is overwritten. */
  exists(path: string): boolean;
  /** Further findings about a request, at the cells that the places tell; for example the catalogue's schema. */
  check?(request: RequestFile, places: Places): readonly Finding[];
  /** Findings about all of them together and among those that there are; asked where each is well by itself. */
  among?(drafts: readonly SheetDraft[]): readonly Finding[];
}

/** A request file that a row would become. */
export interface SheetDraft {
  readonly path: string;
  readonly text: string;
  /** The cells from which its values came. */
  readonly places: Places;
}

/** Request files to write, or all that is wrong with the sheet: all or nothing. */
export type FromSheet =
  | { readonly files: readonly { readonly path: string; readonly text: string }[] }
  | { readonly findings: readonly Finding[] };

/** Turns each row of an account sheet into a request file of its unit, named after its login. */
export function requestsFromSheet(sheet: Sheet, collective: Collective, messages: Messages): FromSheet {
  const { layout, findings: headingFaults } = layoutOf(sheet, messages);
  const filled = [...sheet.rows.keys()].filter(
    (row) => row >= layout.first && sheet.rows[row]?.some((cell) => cell !== null),
  );
  const whole = { file: sheet.file, line: 1, column: 1 };
  if (headingFaults.length > 0) return { findings: headingFaults };
  if (filled.length === 0) return { findings: [finding(messages, 'sheet/empty', whole)] };
  if (filled.length > MOST_ROWS) {
    return { findings: [finding(messages, 'sheet/too-many-rows', whole, { rows: filled.length, limit: MOST_ROWS })] };
  }
  const findings: Finding[] = strayFindings(sheet, layout, filled, messages);
  const accounts = filled.flatMap(
    (row) => accountRow(sheet, layout, row, collective.mailDomain, findings, messages) ?? [],
  );
  findings.push(...repeated(accounts, 'nip', (account) => account.nip, sheet, layout, messages));
  findings.push(...repeated(accounts, 'login', fileName, sheet, layout, messages));
  const drafts = accounts.map((account): SheetDraft => {
    const path = collective.pathOf(fileName(account));
    const request = requestOf(account, collective);
    const places = placesOf(account.row, sheet, layout);
    if (collective.exists(path)) {
      const cell = cellName(account.row, columnOf('login', layout));
      findings.push(finding(messages, 'sheet/file-exists', places.of(['spec', 'login']), { cell, file: path }));
    }
    findings.push(...(collective.check?.(request, places) ?? []).map(withCell));
    return { path, text: requestText(request), places };
  });
  if (findings.length === 0) findings.push(...(collective.among?.(drafts) ?? []).map(withCell));
  if (findings.length > 0) return { findings: findings.toSorted(byPlace) };
  return { files: drafts.map(({ path, text }) => ({ path, text })) };
}

/** A finding that knows of no sheets, with the cell at which it stands. */
function withCell(found: Finding): Finding {
  const cell = cellName(found.line - 1, found.column - 1);
  const { id, en } = found.message;
  return { ...found, message: { id: `${cell}: ${id}`, en: `${cell}: ${en}` } };
}

/** Cells in which something stands, below no heading: often a separator too many that has moved the others. */
function strayFindings(sheet: Sheet, layout: Layout, rows: readonly number[], messages: Messages): Finding[] {
  const headings = sheet.rows[layout.first - 1] ?? [];
  return rows.flatMap((row) =>
    [...(sheet.rows[row] ?? []).entries()]
      .filter(([column, cell]) => cell !== null && (headings[column] ?? null) === null)
      .map(([column, cell]) => {
        const at = { file: sheet.file, line: row + 1, column: column + 1 };
        return finding(messages, 'sheet/no-heading', at, { cell: cellName(row, column), value: shown(cell) });
      }),
  );
}

/** Names of request files are slugs, without the dots that a login may have. */
const fileName = ({ login }: AccountRow) => login.replaceAll(/[._]/g, '-');

const byPlace = (a: Place, b: Place) => a.line - b.line || a.column - b.column;

/** A column that is left out: the name's, from which its value is made. */
const columnOf = (column: Column, layout: Layout) => layout.columns.get(column) ?? layout.columns.get('name') ?? 0;

function requestOf(account: AccountRow, { catalogue, requester, batch, documents }: Collective): RequestFile {
  const { login, name, nip, address, mailbox, internet } = account;
  return {
    catalogue,
    service: 'account',
    title: `Akun ${name}`,
    requester,
    ...(batch === undefined ? {} : { batch }),
    ...(documents === undefined ? {} : { documents }),
    spec: {
      login,
      kind: 'individual',
      displayName: name,
      nip,
      ...(address === undefined ? {} : { address }),
      mailbox,
      internet,
    },
  };
}

const COLUMN_OF: Readonly<Record<string, Column>> = {
  displayName: 'name',
  nip: 'nip',
  login: 'login',
  address: 'address',
  mailbox: 'mailbox',
  internet: 'internet',
};

/** Places of a request's values in the sheet: line and column are row and column of the cell. */
function placesOf(row: number, sheet: Sheet, layout: Layout): Places {
  const of: Places['of'] = ([root, field]) => {
    const column = root === 'spec' ? COLUMN_OF[String(field)] : undefined;
    return { file: sheet.file, line: row + 1, column: columnOf(column ?? 'name', layout) + 1 };
  };
  return { of, ofKey: of };
}

/** Each person and each file name stands once in a sheet: every later one is at fault and names the first. */
function repeated(
  accounts: readonly AccountRow[],
  column: 'nip' | 'login',
  keyOf: (account: AccountRow) => string,
  sheet: Sheet,
  layout: Layout,
  messages: Messages,
): readonly Finding[] {
  const first = new Map<string, string>();
  return accounts.flatMap((account) => {
    const value = account[column];
    const index = columnOf(column, layout);
    const cell = cellName(account.row, index);
    const other = first.get(keyOf(account));
    if (other === undefined) first.set(keyOf(account), cell);
    const at = { file: sheet.file, line: account.row + 1, column: index + 1 };
    const values = { cell, heading: headingOf(column), value, other: other ?? '' };
    return other === undefined ? [] : [finding(messages, 'sheet/row-twice', at, values)];
  });
}
