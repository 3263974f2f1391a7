import type { Finding } from '../../core/finding.ts';
import { type Answers, type Asking, ask, keyOf, nameOf } from './answers.ts';
import { Cancelled } from './asker.ts';
import type { Question } from './questions.ts';
import { TEXTS } from './texts.ts';

/** What is wrong with a draft, at lines of its text. */
export interface Faulty {
  readonly findings: readonly Finding[];
  readonly text: string;
}

/**
 * Lets a person change fields of a draft; those whose lines the findings name are marked already.
 * @throws Cancelled where none is chosen
 */
export async function mended(
  fields: readonly Question[],
  answers: Answers,
  faulty: Faulty,
  it: Asking,
): Promise<Answers> {
  const choices = fields.map((field) => ({
    value: nameOf(field),
    label: `${nameOf(field)}: ${shown(answers.get(keyOf(field)))}`,
  }));
  const initial = namedIn(faulty).filter((name) => choices.some((choice) => choice.value === name));
  const wanted = await it.asker.chooseSome({ message: it.say(TEXTS.mend), choices, initial });
  if (wanted.length === 0) throw new Cancelled('No field was chosen');
  const changed = new Map(answers);
  for (const field of fields) {
    if (wanted.includes(nameOf(field))) changed.set(keyOf(field), await ask(field, it, answers.get(keyOf(field))));
  }
  return changed;
}

const shown = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value ?? '–'));

/** The keys on the lines that findings point at. */
function namedIn({ findings, text }: Faulty): readonly string[] {
  const lines = text.split('\n');
  const keys = findings.map(({ line }) => /^\s*(?:- )?(\w+):/.exec(lines[line - 1] ?? '')?.[1] ?? '');
  return [...new Set(keys)];
}
