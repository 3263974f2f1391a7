import type { Text } from '../../core/finding.ts';
import type { Path } from '../../core/request.ts';
import type { Asker } from './asker.ts';
import type { Question } from './questions.ts';
import { TEXTS } from './texts.ts';
import { typedValue } from './typed-value.ts';

/** What is wrong with the value of a path, for the person who typed it. */
export type Check = (path: Path, value: unknown) => string | undefined;

export interface Asking {
  readonly asker: Asker;
  readonly check: Check;
  readonly say: (text: Text) => string;
}

/** Answers by the dotted path of their question; undefined where one is left out. */
export type Answers = ReadonlyMap<string, unknown>;

/** Asked without being chosen first: what the file must say, and what has an answer ready. */
const isAsked = (question: Question): boolean =>
  question.required || question.type === 'yes-no' || ('initial' in question && question.initial !== undefined);

/** Asks the fields that must be there, then which others are wanted, and those. */
export async function askFields(questions: readonly Question[], it: Asking): Promise<Answers> {
  const answers = new Map<string, unknown>();
  for (const question of questions.filter(isAsked)) answers.set(keyOf(question), await ask(question, it));
  const others = questions.filter((question) => !isAsked(question));
  if (others.length === 0) return answers;
  const choices = others.map((question) => ({
    value: nameOf(question),
    label: `${nameOf(question)}: ${toldOf(question)}`,
  }));
  const wanted = await it.asker.chooseSome({ message: it.say(TEXTS.optional), choices });
  for (const question of others)
    if (wanted.includes(nameOf(question))) answers.set(keyOf(question), await ask({ ...question, required: true }, it));
  return answers;
}

/** `spec.login`. */
export const keyOf = ({ path }: Question): string => path.join('.');

/** The last step of a question's path, as the file has it. */
export const nameOf = ({ path }: Question): string => String(path.at(-1));

/** The message without the name that ends it. */
const toldOf = (question: Question): string => question.message.replace(` (${nameOf(question)})`, '');

/** Asks one question; `current` is the answer that it had before. */
export async function ask(question: Question, it: Asking, current?: unknown): Promise<unknown> {
  const { asker } = it;
  const { message } = question;
  switch (question.type) {
    case 'text':
      return await askText(question, it, current);
    case 'choice': {
      const initial = typeof current === 'string' ? current : question.initial;
      return await asker.choose({ message, choices: question.choices, ...(initial === undefined ? {} : { initial }) });
    }
    case 'choices':
      return await asker.chooseSome({ message, choices: question.choices });
    case 'yes-no':
      return await asker.confirm({ message, initial: typeof current === 'boolean' ? current : question.initial });
    case 'group':
      asker.show(nameOf(question), toldOf(question));
      return await askGroup(question.fields, it);
    case 'repeated': {
      asker.show(nameOf(question), toldOf(question));
      const all = [];
      do all.push(await askGroup(question.fields, it));
      while (await asker.confirm({ message: it.say(TEXTS.more), initial: false }));
      return all;
    }
  }
}

async function askText(question: Question & { type: 'text' }, { asker, check, say }: Asking, current: unknown) {
  const { path, holds, required, example } = question;
  const note = holds === 'list' ? `; ${say(TEXTS.list)}` : '';
  const text = await asker.text({
    message: question.message + note,
    ...(example === undefined ? {} : { example }),
    ...(current === undefined ? {} : { initial: Array.isArray(current) ? current.join(', ') : String(current) }),
    check: (typed) => (typed === '' && !required ? undefined : check(path, typedValue(typed, holds))),
  });
  return text === '' ? undefined : typedValue(text, holds);
}

async function askGroup(fields: readonly Question[], it: Asking): Promise<Readonly<Record<string, unknown>>> {
  const answers = await askFields(fields, it);
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = answers.get(keyOf(field));
      return value === undefined ? [] : [[nameOf(field), value]];
    }),
  );
}
