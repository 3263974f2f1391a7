import { finding, type Messages, type Severity, type Text } from '../../core/finding.ts';
import type { Listing } from '../report/report.ts';
import { fieldText, resourceText, valueText } from '../report/words.ts';
import type { Adoptable, Difference } from './compare.ts';
import { isRefusal, type Refusal } from './proposal.ts';

/** One object of the list: a request file for it, or why there is none. */
export type Row = Adoptable | Refusal;

const NOWHERE = { file: '', line: 1, column: 1 };
const both = (text: (lang: keyof Text) => string): Text => ({ id: text('id'), en: text('en') });

export const severityOf = ({ code }: Refusal, messages: Messages): Severity | undefined => messages.get(code)?.severity;

const messageOf = ({ main, code, values }: Refusal, messages: Messages): Text =>
  finding(messages, code, NOWHERE, { ...values, what: resourceText(main) }).message;

/** `Nama (CN): Andi ≠ Andi (andi)`: what stands, and what the request says. */
const differenceText = ({ kind, before, after }: Difference): Text =>
  both((lang) =>
    Object.keys(after)
      .map(
        (name) =>
          `${fieldText(kind, name)[lang]}: ${valueText(kind, before[name])[lang]} ≠ ${valueText(kind, after[name])[lang]}`,
      )
      .join('; '),
  );

const dataOf = (row: Row, messages: Messages) => {
  if (isRefusal(row)) {
    const { main, code, detail } = row;
    const severity = severityOf(row, messages);
    return { ...main, refused: { code, severity, message: messageOf(row, messages), ...(detail ? { detail } : {}) } };
  }
  const { proposal, request, file, differences } = row;
  return { ...proposal.main, request, file, differences };
};

const cellsOf = (row: Row, messages: Messages): readonly (string | Text)[] => {
  if (isRefusal(row)) return [row.main.key, '–', messageOf(row, messages)];
  const texts = row.differences.map(differenceText);
  return [row.proposal.main.key, row.file, both((lang) => texts.map((text) => text[lang]).join('; '))];
};

/** The objects with their files, differences and reasons; in the order in which they were found. */
export const adoptListing = (rows: readonly Row[], messages: Messages): Listing => ({
  columns: [
    { id: 'Objek', en: 'Object' },
    { id: 'Berkas', en: 'File' },
    { id: 'Berbeda (dibiarkan), atau alasan', en: 'Different (left), or why not' },
  ],
  rows: rows.map((row) => ({ cells: cellsOf(row, messages), data: dataOf(row, messages) })),
});
