import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { afterEach, describe, expect, it } from 'vitest';
import { type SchemaOptions, schema } from '../../../scripts/commands/schema.ts';
import { type CommandLine, commandLine, ROOT, removeCommandLines } from '../../builders/command-line.ts';
import { snapshot } from '../../builders/snapshot.ts';

afterEach(removeCommandLines);

const checked = (line: CommandLine, policies: string) => line.run<SchemaOptions>(schema, { policies, check: true });

/** A copy of the policies and the path of one of its schemas. */
function policies() {
  const line = commandLine();
  const folder = line.ownPolicies();
  return { line, folder, file: join(folder, 'schema/sc-11-2023/account.json') };
}

/** A field, or what an object or a list of objects is made of: there the members have the examples. */
const leaves = ([name, field]: [string, Field]): [string, Field][] => {
  const members = field.properties ?? field.items?.properties;
  return members === undefined ? [[name, field]] : Object.entries(members).flatMap(leaves);
};

describe('layanan schema', () => {
  it('--check finds the committed schemas current, and writes nothing', async () => {
    const { line, folder } = policies();
    const before = snapshot(folder);
    expect(await checked(line, folder)).toMatchObject({ exit: 0, err: '' });
    expect(snapshot(folder)).toEqual(before);
  });

  it.each<[string, (file: string, folder: string) => string]>([
    [
      'edited',
      (file) => {
        writeFileSync(file, readFileSync(file, 'utf8').replace('"type"', '"typ"'));
        return file;
      },
    ],
    [
      'missing',
      (file) => {
        rmSync(file);
        return file;
      },
    ],
    [
      'spare',
      (_, folder) => {
        const spare = join(folder, 'schema/sc-11-2023/lama.json');
        writeFileSync(spare, '{}');
        return spare;
      },
    ],
  ])('--check ends with 1 and names a schema that is %s; without, it is set right', async (_, change) => {
    const { line, folder, file } = policies();
    const whole = snapshot(folder);
    const name = change(file, folder);
    const changed = snapshot(folder);
    expect(await checked(line, folder)).toMatchObject({ exit: 1, err: expect.stringContaining(name) });
    expect(snapshot(folder)).toEqual(changed);
    expect((await line.run<SchemaOptions>(schema, { policies: folder })).exit).toBe(0);
    expect(snapshot(folder)).toEqual(whole);
  });

  it('--check ends with 1 where a figure of the catalogue was edited and the schema was not', async () => {
    const { line, folder } = policies();
    const file = join(folder, 'catalogues/itsm-9-legacy/account.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('mailboxMaxGb: 2', 'mailboxMaxGb: 4'));
    expect(await checked(line, folder)).toMatchObject({ exit: 1, err: expect.stringContaining('itsm-9-legacy') });
  });

  it('--check ends with 1 and the place of a fault in the policies', async () => {
    const { line, folder } = policies();
    const file = join(folder, 'catalogues/sc-11-2023/account.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('      - spec.nip\n', ''));
    const result = await checked(line, folder);
    expect(result.exit).toBe(1);
    expect(result.err).toMatch(/account\.yaml:\d+:\d+: .*spec\.nip/);
  });
});

/** As an editor's YAML server reads a request: unknown keywords are for people, times stay text. */
const ajv = new Ajv({
  strict: false,
  allErrors: true,
  formats: {
    date: /^\d{4}-\d\d-\d\d$/,
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
  },
});
const validatorOf = (catalogue: string, service: string) =>
  ajv.compile(JSON.parse(readFileSync(join(ROOT, `policies/schema/${catalogue}/${service}.json`), 'utf8')) as object);
type Request = Readonly<{ catalogue: string; service: string; spec: Readonly<Record<string, unknown>> }>;

const samples = readdirSync(join(ROOT, 'requests'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => [name, load(readFileSync(join(ROOT, 'requests', name), 'utf8')) as Request] as const);
const schemas = new Map(
  readdirSync(join(ROOT, 'policies/schema')).flatMap((catalogue) =>
    readdirSync(join(ROOT, 'policies/schema', catalogue)).map((file) => {
      const service = file.replace('.json', '');
      return [`${catalogue}/${service}`, validatorOf(catalogue, service)] as const;
    }),
  ),
);

interface Field {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Field>>;
  readonly items?: Field;
}

describe('a generated schema', () => {
  const validateBy = ({ catalogue, service }: Request, value: unknown): boolean =>
    schemas.get(`${catalogue}/${service}`)?.(value) === true;

  it.each([...schemas.keys()])('%s is draft-07 and has a sample', (name) => {
    const text = readFileSync(join(ROOT, `policies/schema/${name}.json`), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
    expect(samples.some(([, { catalogue, service }]) => `${catalogue}/${service}` === name)).toBe(true);
  });

  it.each(samples)('takes %s', (_, request) => {
    expect(validateBy(request, request)).toBe(true);
  });

  it.each(samples)('refuses %s with a wrong field, a missing one or one too many', (_, request) => {
    const { spec, ...head } = request;
    const { title: _title, ...untitled } = request as Request & { title: string };
    const wrong: readonly unknown[] = [
      { ...request, titel: 'x' },
      { ...request, spec: { ...spec, tidakAda: 1 } },
      { ...request, spec: Object.fromEntries(Object.entries(spec).slice(1)) },
      { ...request, requester: 'Bukan Pengenal' },
      { ...request, service: 'lain' },
      { ...request, state: 'lain' },
      untitled,
      head,
    ];
    expect(wrong.map((value) => validateBy(request, value))).toEqual(wrong.map(() => false));
  });

  it.each([...schemas.keys()])('%s tells about every field in Indonesian, with an example that it takes', (name) => {
    const text = readFileSync(join(ROOT, `policies/schema/${name}.json`), 'utf8');
    const { properties } = JSON.parse(text) as Field;
    const fields = properties?.spec?.properties ?? {};
    for (const [field, value] of Object.entries({ ...properties, ...fields }))
      expect(`${field}: ${value.description ?? ''}`).toMatch(/: .{5}/);
    for (const [field, value] of Object.entries(fields).flatMap(leaves)) {
      const { examples = [] } = value;
      const takes = ajv.compile(value);
      expect([field, examples.length > 0, ...examples.map((one) => takes(one))]).toEqual([
        field,
        true,
        ...examples.map(() => true),
      ]);
    }
  });
});

describe('layanan schema beside a folder of issue forms', () => {
  it('writes the forms of the services there, and leaves those of people alone', async () => {
    const line = commandLine();
    const folder = line.ownPolicies();
    const forms = join(folder, '../.github/ISSUE_TEMPLATE');
    mkdirSync(forms, { recursive: true });
    writeFileSync(join(forms, 'tanya.yml'), 'name: Pertanyaan\n');
    writeFileSync(join(forms, 'lama.yml'), "# Dibuat oleh 'npm run generate' dari policies/services/lama.ts\n");
    expect((await checked(line, folder)).exit).toBe(1);
    await line.run<SchemaOptions>(schema, { policies: folder });
    expect(readdirSync(forms)).toEqual(expect.arrayContaining(['account.yml', 'static-ip.yml', 'tanya.yml']));
    expect(readdirSync(forms)).not.toContain('lama.yml');
    expect((await checked(line, folder)).exit).toBe(0);
  });
});
