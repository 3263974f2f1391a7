/** What a value may look like: enough to know every path of a request and to type-check expressions over it. */
export type Shape =
  | { readonly kind: 'string' | 'double' | 'bool' | 'dyn' }
  | { readonly kind: 'list' | 'map'; readonly of: Shape }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Field>> };

export interface Field {
  readonly shape: Shape;
  readonly optional: boolean;
}

const DYN: Shape = { kind: 'dyn' };
const SCALARS: Readonly<Record<string, Shape>> = {
  string: { kind: 'string' },
  number: { kind: 'double' },
  integer: { kind: 'double' },
  boolean: { kind: 'bool' },
};

type Schema = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The shape that a JSON Schema (draft-07, as zod exports it) describes; what it does not say is `dyn`. */
export function shapeOfSchema(schema: unknown): Shape {
  if (!isRecord(schema)) return DYN;
  if (schema.type === 'array') return { kind: 'list', of: shapeOfSchema(schema.items) };
  if (schema.type === 'object') return shapeOfObject(schema);
  if (typeof schema.type === 'string') return SCALARS[schema.type] ?? DYN;
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return shapeOfChoices(choices);
  if ('const' in schema) return shapeOfValue(schema.const);
  return Array.isArray(schema.enum) ? shapeOfValue(schema.enum[0]) : DYN;
}

function shapeOfObject({ properties, required, additionalProperties }: Schema): Shape {
  if (!isRecord(properties)) return { kind: 'map', of: shapeOfSchema(additionalProperties) };
  const needed = new Set(Array.isArray(required) ? required : []);
  const fields = Object.entries(properties).map(([name, schema]): [string, Field] => [
    name,
    { shape: shapeOfSchema(schema), optional: !needed.has(name) },
  ]);
  return { kind: 'object', fields: Object.fromEntries(fields) };
}

/** Choices of one scalar type are that type; anything else is not known before it is read. */
function shapeOfChoices(choices: readonly unknown[]): Shape {
  const [first = DYN, ...others] = choices.map(shapeOfSchema);
  return first.kind !== 'object' && others.every((one) => one.kind === first.kind) ? first : DYN;
}

/** The shape of plain data, for figures: what stands in the file is what an expression may use. */
export function shapeOfValue(value: unknown): Shape {
  if (Array.isArray(value)) return { kind: 'list', of: shapeOfValue(value[0]) };
  if (!isRecord(value)) return SCALARS[typeof value] ?? DYN;
  const fields = Object.entries(value).map(([name, member]): [string, Field] => [
    name,
    { shape: shapeOfValue(member), optional: false },
  ]);
  return { kind: 'object', fields: Object.fromEntries(fields) };
}

/** Paths of the values that an edit can change: a list is one value, for its order and length are one wish. */
export function leafPaths(shape: Shape, prefix: string): string[] {
  if (shape.kind !== 'object') return [prefix];
  return Object.entries(shape.fields).flatMap(([name, field]) => leafPaths(field.shape, `${prefix}.${name}`));
}
