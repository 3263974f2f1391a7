import type { Offer } from '../../../core/catalogue/catalogue.ts';
import { schemaFor } from '../../../core/load/editor.ts';
import type { Service } from '../../../core/service.ts';
import type { Column, Field } from './field.ts';

/** What is used of a JSON Schema (draft-07), as `schemaFor` makes it. */
interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

/** Up to where a description names the thing; what follows explains it. */
const NAME = /^[^.:;,(]+/;

/** `NIP pemilik akun individu (nip)`. */
const labelOf = (description: string, name: string): string =>
  `${(NAME.exec(description)?.[0] ?? name).trim()} (${name})`;

/** One-off acts are timestamps; a new request orders none. */
const isAct = ({ format }: Schema): boolean => format === 'date-time';

const scalar = (schema: Schema): Column['kind'] | undefined => {
  if (schema.type === 'boolean') return 'flag';
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  return schema.type === 'string' ? 'line' : undefined;
};

/** @throws Error for a schema that no form can ask for, so that a service with such a field is seen when it is made */
function answerOf(name: string, schema: Schema): Field['answer'] {
  if (schema.type === 'string' && schema.enum) return { kind: 'choice', options: schema.enum };
  const kind = scalar(schema);
  if (kind !== undefined) return { kind };
  const { items } = schema;
  if (schema.type === 'array' && items?.type === 'string') return { kind: 'list' };
  if (schema.type === 'array' && items?.properties) {
    const columns = Object.entries(items.properties).map(([column, one]) => ({ name: column, kind: scalar(one) }));
    const whole = columns.flatMap(({ name: column, kind: of }) =>
      of === undefined ? [] : [{ name: column, kind: of }],
    );
    if (whole.length === columns.length) return { kind: 'rows', columns: whole };
  }
  throw new Error(`Cannot ask for '${name}' in a form: its type '${schema.type}' has no question`);
}

/** An example as it would be typed. */
function typedExample(answer: Field['answer'], [example]: readonly unknown[] = []): string {
  if (answer.kind === 'rows') return answer.columns.map(({ name }) => name).join('; ');
  if (Array.isArray(example)) return example.join('\n');
  return example === undefined ? '' : String(example);
}

function fieldsBelow(path: readonly string[], { properties = {}, required = [] }: Schema): readonly Field[] {
  return Object.entries(properties).flatMap(([name, schema]): readonly Field[] => {
    const at = [...path, name];
    if (isAct(schema)) return [];
    if (schema.properties) return fieldsBelow(at, schema);
    const dotted = at.slice(1).join('.');
    const description = schema.description ?? name;
    const answer = answerOf(dotted, schema);
    const isRequired = required.includes(name);
    return [
      {
        path: at,
        label: labelOf(description, dotted),
        description,
        example: typedExample(answer, schema.examples),
        isRequired,
        answer,
      },
    ];
  });
}

const DOCUMENTS: Omit<Field, 'isRequired'> = {
  path: ['documents'],
  label: 'Dokumen pendukung (documents)',
  description: '',
  example: '',
  answer: { kind: 'rows', columns: ['type', 'url', 'sha256'].map((name) => ({ name, kind: 'line' })) },
};

/** The questions of a service: those of its schema, in its order, then the documents that the catalogue knows. */
export function fieldsOf(offer: Offer, service: Service): readonly Field[] {
  const schema = schemaFor(offer, service) as Schema;
  const spec = fieldsBelow(['spec'], schema.properties?.spec ?? {});
  const types = Object.entries(offer.documentTypes);
  if (types.length === 0) return spec;
  const names = types.map(([type, text]) => `${type}: ${text.id}`).join('; ');
  const description = `Satu baris satu dokumen, dipisah titik koma: jenis; alamat https; sha256. Jenis: ${names}.`;
  const example = `${types[0]?.[0]}; https://arsip.contoh.test/bukti/7; ${'0'.repeat(64)}`;
  return [...spec, { ...DOCUMENTS, description, example, isRequired: false }];
}
