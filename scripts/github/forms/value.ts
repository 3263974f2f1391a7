import { type Column, type Field, FLAGS, optionText } from './field.ts';

/** A number as people type it; anything else stays text, and the reader says what is wrong with it. */
const numberOf = (text: string): unknown => (/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/.test(text) ? Number(text) : text);
const flagOf = (text: string): unknown => (Object.hasOwn(FLAGS, text) ? FLAGS[text] : text);

function scalarOf(kind: Column['kind'], text: string): unknown {
  if (kind === 'number') return numberOf(text);
  return kind === 'flag' ? flagOf(text) : text;
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** `Contoh Adi; third-party` as members of an object; cells beyond the columns stay, so that the reader refuses them. */
function rowOf(line: string, columns: readonly Column[]): Readonly<Record<string, unknown>> {
  const cells = line.split(';').map((one) => one.trim());
  const members = cells.flatMap((text, at): readonly (readonly [string, unknown])[] => {
    const column = columns[at];
    if (column === undefined) return [[`kolom-${at + 1}`, text]];
    return text === '' ? [] : [[column.name, scalarOf(column.kind, text)]];
  });
  return Object.fromEntries(members);
}

/** An answer as the request file holds it. What cannot be one stays as it was written: the reader is the judge. */
export function answeredValue({ answer }: Field, text: string): unknown {
  switch (answer.kind) {
    case 'choice':
      return answer.options.find((option) => optionText(option) === text) ?? text;
    case 'list':
      return linesOf(text);
    case 'rows':
      return linesOf(text).map((line) => rowOf(line, answer.columns));
    default:
      // Descriptions speak to those who write YAML too, and some say `in quotes`.
      return scalarOf(answer.kind, text.replace(/^"([^"\n]*)"$/, '$1'));
  }
}
