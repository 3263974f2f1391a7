import type { Path } from '../../core/request.ts';
import type { Choice } from './asker.ts';

/** What our JSON Schemas (draft-07, `policies/schema/`) say of a value. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
}

/** `instant`: a moment, by which a one-off act is asked for. */
type Holds = 'text' | 'number' | 'list' | 'instant';

interface Asked {
  readonly path: Path;
  readonly message: string;
  /** Whether the file must say it. */
  readonly required: boolean;
}

/** One question of the wizard, made of one field of a schema. */
export type Question =
  | (Asked & { readonly type: 'text'; readonly example?: string; readonly holds: Holds })
  | (Asked & { readonly type: 'choice' | 'choices'; readonly choices: readonly Choice[]; readonly initial?: string })
  | (Asked & { readonly type: 'yes-no'; readonly initial: boolean })
  /** An object, field by field; `repeated` for a list of them. */
  | (Asked & { readonly type: 'group' | 'repeated'; readonly fields: readonly Question[] });

/** The fields of an object, in the order of the schema. */
export function questionsOf({ properties = {}, required = [] }: JsonSchema, path: Path): readonly Question[] {
  return Object.entries(properties).map(([name, schema]) =>
    questionOf(schema, { path: [...path, name], message: messageOf(schema, name), required: required.includes(name) }),
  );
}

function questionOf(schema: JsonSchema, asked: Asked): Question {
  const { items } = schema;
  if (schema.enum?.every((value) => typeof value === 'string')) {
    const initial = typeof schema.default === 'string' ? { initial: schema.default } : {};
    return { ...asked, type: 'choice', choices: choicesOf(schema), ...initial };
  }
  if (schema.type === 'boolean') return { ...asked, type: 'yes-no', initial: schema.default === true };
  if (schema.type === 'object') return { ...asked, type: 'group', fields: questionsOf(schema, asked.path) };
  if (schema.type === 'array' && items?.enum !== undefined)
    return { ...asked, type: 'choices', choices: choicesOf(items) };
  if (schema.type === 'array' && items?.type === 'object')
    return { ...asked, type: 'repeated', fields: questionsOf(items, [...asked.path, 0]) };
  return { ...asked, type: 'text', holds: holdsOf(schema), ...exampleOf(schema) };
}

/** What a typed answer to a question is. */
export function heldBy(question: Question): Holds | 'boolean' {
  if (question.type === 'yes-no') return 'boolean';
  if (question.type === 'choices') return 'list';
  return question.type === 'text' ? question.holds : 'text';
}

function holdsOf({ type, format }: JsonSchema): Holds {
  if (type === 'array') return 'list';
  if (format === 'date-time') return 'instant';
  return type === 'integer' || type === 'number' ? 'number' : 'text';
}

function exampleOf({ examples }: JsonSchema): { readonly example?: string } {
  const [first] = examples ?? [];
  return first === undefined ? {} : { example: Array.isArray(first) ? first.join(', ') : String(first) };
}

/** The description without the sentences that say what each choice means: those stand beside the choices. */
function messageOf({ description = '', enum: values, items }: JsonSchema, name: string): string {
  const choices = values ?? items?.enum ?? [];
  const begins = choices.map((value) => description.indexOf(`${value}: `)).filter((at) => at > 0);
  const told = begins.length === 0 ? description : description.slice(0, Math.min(...begins));
  return `${told.trim() || name} (${name})`;
}

const choicesOf = ({ enum: values = [], description = '' }: JsonSchema): readonly Choice[] =>
  values.map((value) => {
    const begin = description.indexOf(`${value}: `);
    const told = begin < 0 ? '' : description.slice(begin + `${value}: `.length);
    const hint = /^(?:[^.]|\.(?=\S))*/.exec(told)?.[0] ?? '';
    return { value: String(value), label: hint === '' ? String(value) : `${value}: ${hint}` };
  });
