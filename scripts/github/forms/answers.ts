import type { Field } from './field.ts';

/** What stands below each question, by its label; null where it was left open. */
export type Answers = ReadonlyMap<string, string | null>;

/** Why the text of an issue is no answered form. */
export type Unreadable =
  | { readonly fault: 'form/question-missing'; readonly label: string }
  | { readonly fault: 'form/question-twice'; readonly label: string };

const heading = (label: string): string => `### ${label}`;
const OPEN = '_No response_';

/**
 * Takes an issue apart as GitHub writes a form's answers: `### <label>`, a blank line, the answer. Every question must
 * stand there once and in the form's order: an answer that holds the heading of another question is refused, so that
 * nobody reads one thing and orders another.
 */
export function answersOf(body: string, labels: readonly string[]): Answers | Unreadable {
  const lines = body.split(/\r?\n/);
  const places: number[] = [];
  for (const label of labels) {
    const found = lines.flatMap((line, at) => (line.trimEnd() === heading(label) ? [at] : []));
    const [first, ...more] = found;
    if (first === undefined || first < (places.at(-1) ?? -1)) return { fault: 'form/question-missing', label };
    if (more.length > 0) return { fault: 'form/question-twice', label };
    places.push(first);
  }
  return new Map(
    labels.map((label, index) => {
      const text = lines.slice((places[index] ?? 0) + 1, places[index + 1]).join('\n');
      const answer = text.replace(/^\n+|\s+$/g, '');
      return [label, answer === '' || answer === OPEN ? null : answer];
    }),
  );
}

export const labelsOfFields = (fields: readonly Field[]): readonly string[] => fields.map(({ label }) => label);
