import * as z from 'zod';
import { both, type Finding, finding, type Messages, type Text, type Values } from '../finding.ts';
import type { Path } from '../request.ts';
import { closest } from './closest.ts';
import { isNoSuchDate } from './date.ts';
import type { Fault } from './fault.ts';
import { type CheckParams, isLatin } from './fields.ts';
import { mended, sourceOf } from './mend.ts';
import { metaOf, schemaAt, unwrapped, valueAt } from './node.ts';
import type { WrittenPlaces } from './places.ts';
import { hinted } from './private.ts';
import { isPersonal } from './references.ts';
import { written, wrongType } from './types.ts';

/** What a schema was held against. */
export interface Checked {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly places: WrittenPlaces;
  readonly messages: Messages;
}

type Issue = z.core.$ZodIssue;
type Described = Omit<Fault, 'at'> & { readonly path?: Path; readonly atKey?: boolean };

/** Findings in our words for what zod found; zod's own texts are not shown. */
export function issueFindings(issues: readonly Issue[], checked: Checked): Finding[] {
  const described = withoutEchoes(issues).flatMap((issue) => describe(issue, checked));
  const meant = new Set(described.filter((one) => one.code === 'field/unknown').map((one) => one.suggestion));
  return described
    .filter((one) => one.code !== 'field/missing' || !meant.has(String(one.path?.at(-1))))
    .map((one) => {
      const path = one.path ?? [];
      const at = one.atKey ? checked.places.ofKey(path) : checked.places.of(path);
      const isPrivate = metaOf(schemaAt(checked.schema, path)).private === true;
      const values = { field: fieldName(path), ...one.values, ...(isPrivate ? kept(one.values) : {}) };
      return {
        ...finding(checked.messages, one.code, at, values, one.suggestion),
        ...(isPrivate ? { private: true } : {}),
      };
    });
}

const kept = ({ value }: Values = {}) => (value === undefined ? {} : { value: hinted(String(value)) });

/** Of a value of the wrong type nothing more is said: zod still measures the length of a text where a list is wanted. */
function withoutEchoes(issues: readonly Issue[]): Issue[] {
  const key = (issue: Issue) => JSON.stringify(issue.path.map(String));
  const wrong = new Set(issues.filter((issue) => issue.code === 'invalid_type').map(key));
  return issues.filter((issue) => issue.code === 'invalid_type' || !wrong.has(key(issue)));
}

/** `spec.aliases[0]`. */
export const fieldName = (path: Path): string =>
  path.reduce<string>(
    (name, step) => (typeof step === 'number' ? `${name}[${step}]` : name ? `${name}.${step}` : step),
    '',
  );

function describe(issue: Issue, checked: Checked): Described[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField([...path, key], checked));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const fewest = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
    return fewest.flatMap((inner) => describe({ ...inner, path: [...issue.path, ...inner.path] }, checked));
  }
  const value = valueAt(checked.value, path);
  if (value === undefined) return [missing(path, checked)];
  const one = ownCode(issue, value) ?? builtIn(issue, value, path, checked);
  return [{ ...one, values: { value: written(value), ...one.values }, path }];
}

/** The branch of a union that got furthest is the one that was meant. */
const depth = (issues: readonly Issue[]): number => Math.max(...issues.map((issue) => issue.path.length), 0);

function unknownField(path: Path, checked: Checked): Described {
  const parent = path.slice(0, -1);
  const schema = schemaAt(checked.schema, parent);
  const inner = schema && unwrapped(schema);
  const siblings = Object(valueAt(checked.value, parent));
  const known = inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  const key = String(path.at(-1));
  const absent = known.filter((name) => !Object.hasOwn(siblings, name));
  const suggestion = closest(key, absent) ?? elsewhere(key, parent, checked);
  const values = { known: absent.length > 0 ? both(absent.join(', ')) : NOTHING_MORE };
  return { code: 'field/unknown', path, atKey: true, values, ...suggested(suggestion) };
}

const NOTHING_MORE: Text = { id: 'tidak ada', en: 'none' };

/** A field of the spec that stands beside it, or the other way round. */
function elsewhere(key: string, parent: Path, checked: Checked): string | undefined {
  const isTop = parent.length === 0;
  const home = isTop ? schemaAt(checked.schema, ['spec']) : checked.schema;
  const inner = home && unwrapped(home);
  if (!(inner instanceof z.ZodObject) || !Object.hasOwn(inner.shape, key)) return undefined;
  return isTop ? `spec.${key}` : key;
}

function missing(path: Path, checked: Checked): Described {
  const example = exampleAt(path, checked);
  return { code: 'field/missing', path, ...suggested(example && `${path.at(-1)}: ${example}`) };
}

const exampleAt = (path: Path, { schema }: Checked): string | undefined => exampleOf(schemaAt(schema, path));

function exampleOf(schema: Schema): string | undefined {
  const { examples } = metaOf(schema);
  const first: unknown = Array.isArray(examples) ? examples[0] : undefined;
  if (first === undefined || typeof first === 'object') return undefined;
  return typeof first === 'string' ? sourceOf(first) : String(first);
}

/** A custom check that names its code in `params`. */
function ownCode(issue: Issue, value: unknown): Described | undefined {
  if (issue.code !== 'custom' || typeof issue.params?.code !== 'string') return undefined;
  const params = issue.params as CheckParams & Record<string, unknown>;
  const suggestion = params.suggest?.(value);
  return {
    code: params.code,
    ...(params.values ? { values: params.values } : {}),
    ...suggested(suggestion),
  };
}

function builtIn(issue: Issue, value: unknown, path: Path, checked: Checked): Described {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, value, checked.places.source(path), schemaAt(checked.schema, path));
    case 'invalid_value':
      return notOffered(value, issue.values.map(String));
    case 'invalid_union':
      return notOffered(value, 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : []);
    case 'too_small':
      return tooSmall(issue, value, schemaAt(checked.schema, path));
    case 'too_big':
      return tooBig(issue, value, schemaAt(checked.schema, path));
    case 'invalid_format':
      return wrongFormat(issue.format, value, path, checked);
    case 'not_multiple_of':
      return { code: 'field/step', values: { step: issue.divisor } };
    default:
      return { code: 'field/invalid' };
  }
}

function notOffered(value: unknown, choices: readonly string[]): Described {
  if (value === null) return { code: 'field/empty' };
  const suggestion = choices.length === 1 ? choices[0] : closest(String(value), choices);
  return { code: 'field/choice', values: { choices: both(choices.join(', ')) }, ...suggested(suggestion) };
}

type Schema = z.core.$ZodType | undefined;

/** The limit, where the field's other rules accept it as well. */
const limitFor = (schema: Schema, limit: number): string | undefined =>
  schema === undefined || z.safeParse(schema, limit).success ? String(limit) : undefined;

function tooSmall(issue: z.core.$ZodIssueTooSmall, value: unknown, schema: Schema): Described {
  if (value === '') return { code: 'field/empty' };
  const values = { limit: Number(issue.minimum) };
  if (issue.origin === 'string') return { code: 'field/too-short', values };
  if (issue.origin === 'array') return { code: 'field/too-few', values };
  return { code: 'field/too-small', values, ...suggested(limitFor(schema, values.limit)) };
}

function tooBig(issue: z.core.$ZodIssueTooBig, value: unknown, schema: Schema): Described {
  const values = { limit: Number(issue.maximum) };
  const got = (Object(value) as ArrayLike<unknown>).length;
  if (issue.origin === 'string') return { code: 'field/too-long', values: { ...values, got } };
  if (issue.origin === 'array') return { code: 'field/too-many', values: { ...values, got } };
  return { code: 'field/too-big', values, ...suggested(limitFor(schema, values.limit)) };
}

function wrongFormat(format: string, value: unknown, path: Path, checked: Checked): Described {
  const text = String(value);
  if (text === '') return { code: 'field/empty' };
  // Who was meant is looked up by whoever knows the people.
  if (isPersonal(path, text)) return { code: 'request/unknown-person', values: { person: text } };
  const schema = schemaAt(checked.schema, path);
  const better = schema && mended(text, schema);
  const suggestion = suggested(better === undefined ? undefined : sourceOf(better));
  const kind = { date: 'field/date', datetime: 'field/timestamp' }[format];
  if (kind !== undefined) return { code: isNoSuchDate(text) ? 'field/no-such-date' : kind, ...suggestion };
  if (!isLatin(text)) return { code: 'field/not-latin', ...suggestion };
  return { ...otherForm(schema), ...suggestion };
}

/** A text that has not the form of its field. */
export function otherForm(schema: Schema): Pick<Fault, 'code' | 'values'> {
  const hint = (metaOf(schema).hint as Text | undefined) ?? NO_HINT;
  return { code: 'field/pattern', values: { hint, example: exampleOf(schema) ?? '' } };
}

const NO_HINT: Text = { id: 'lihat contoh', en: 'see the example' };

const suggested = (suggestion: string | undefined) => (suggestion === undefined ? {} : { suggestion });
