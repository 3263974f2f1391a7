import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { schemaFiles, schemaFor } from '../../../core/load/editor.ts';
import { account, offer, policies, WELL } from './samples.ts';

const schema = schemaFor(offer('sc-1', 'account'), account);
const validate = new Ajv({ strict: true, allErrors: true, validateFormats: false })
  .addVocabulary(['patternErrorMessage'])
  .compile(schema);

describe('schemaFor()', () => {
  it('is a draft-07 schema that takes a request without fault', () => {
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(validate(load(WELL))).toBe(true);
  });

  it.each([
    ['an unknown field', { warna: 'biru' }],
    ['a class that the catalogue does not offer', { spec: { mailbox: 'besar' } }],
    ['another service', { service: 'address' }],
    ['a state that the service does not know', { state: 'deleted' }],
  ])('refuses %s', (_, change) => {
    expect(validate({ ...(load(WELL) as object), ...change })).toBe(false);
  });

  it('asks for no field that has a default', () => {
    expect(schema.required).toEqual(['catalogue', 'service', 'title', 'requester', 'spec']);
  });

  it('has an editor write the only value that a field can have', () => {
    const properties = schema.properties as Readonly<Record<string, Node>>;
    expect(properties.catalogue).toMatchObject({ const: 'sc-1', default: 'sc-1' });
    expect(properties.service).toMatchObject({ const: 'account', default: 'account' });
  });

  it('describes every field, and gives an example of every one that holds no others', () => {
    for (const [path, field] of fields(schema)) {
      expect(field.description, path).toEqual(expect.any(String));
      if (field.type !== 'object') expect((field.examples as unknown[] | undefined)?.length, path).toBeGreaterThan(0);
      expect(field, path).not.toHaveProperty('hint');
    }
  });

  it('has words for every pattern, which an editor shows in its place', () => {
    for (const [path, field] of fields(schema))
      if (field.pattern) expect(field.patternErrorMessage, path).toEqual(expect.any(String));
  });
});

describe('schemaFiles()', () => {
  it('gives one file for each service of each catalogue, sorted, the same each time', () => {
    const files = schemaFiles(policies());
    expect(files.map((file) => file.path)).toEqual([
      'policies/schema/lama-9/account.json',
      'policies/schema/sc-1/account.json',
      'policies/schema/sc-1/address.json',
    ]);
    expect(schemaFiles(policies())).toEqual(files);
    for (const { text } of files) expect(text.endsWith('}\n')).toBe(true);
  });
});

type Node = Readonly<Record<string, unknown>>;

function* fields(node: Node, path = ''): Generator<[string, Node]> {
  for (const [name, field] of Object.entries((node.properties ?? {}) as Record<string, Node>)) {
    yield [`${path}${name}`, field];
    yield* fields(field, `${path}${name}.`);
    if (field.items) yield* fields(field.items as Node, `${path}${name}[].`);
  }
}
