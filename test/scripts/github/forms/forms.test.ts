import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServiceRequest } from '../../../../core/request.ts';
import { examine } from '../../../../core/validate/examine.ts';
import { type Field, optionText } from '../../../../scripts/github/forms/field.ts';
import { fieldsOf } from '../../../../scripts/github/forms/fields.ts';
import { formFiles } from '../../../../scripts/github/forms/form.ts';
import { requestFromIssue } from '../../../../scripts/github/forms/request.ts';
import { ROOT } from '../../../builders/command-line.ts';
import { offerOf, policies, serviceOf } from '../../../policies/builders.ts';
import { hostile } from '../../report/hostile.ts';
import { LOGINS } from '../world.ts';
import { formOf, issueOf } from './github-form.ts';

const services = formFiles(policies).map(({ path }) => path.replace(/^.*\/|\.yml$/g, ''));

/** The sample requests of the current catalogue that a form can order: new, and without a letter. */
const samples = readdirSync(join(ROOT, 'requests'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /^[^/]+\/[^/]+\.yaml$/.test(name))
  .flatMap((name) => {
    const bytes = readFileSync(join(ROOT, 'requests', name));
    const request = examine({ path: `requests/${name}`, bytes }, policies).placed?.request;
    return request?.catalogue === 'sc-11-2023' && request.approval === undefined && !request.contacts ? [request] : [];
  });

const shown = (value: unknown, answer?: Field['answer']): string => {
  if (typeof value === 'boolean') return value ? 'ya' : 'tidak';
  if (!Array.isArray(value)) return value === undefined ? '' : optionText(String(value));
  if (answer?.kind !== 'rows') return value.join('\n');
  return value.map((row) => answer.columns.map(({ name }) => shown(row[name])).join('; ')).join('\n');
};

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((whole, name) => (whole as Record<string, unknown> | undefined)?.[name], value);

/** What people type for a request, by the ids of the form's elements. */
function answersFor(request: ServiceRequest): Record<string, string> {
  const { unit, name, title, requester, service } = request;
  const fields = fieldsOf(offerOf('sc-11-2023', service), serviceOf(service));
  const given = fields.map(({ path, answer }) => [path.join('-'), shown(at(request, path), answer)] as const);
  return { unit, name, title, requester, ...Object.fromEntries(given.filter(([, text]) => text !== '')) };
}

const VALID = answersFor(samples.find(({ id }) => id === 'djp/siti-lestari') as ServiceRequest);

describe('the issue forms', () => {
  it.each(services)('%s is what GitHub takes for a form', (service) => {
    const { name, description, body } = formOf(service);
    expect(name.length).toBeGreaterThan(2);
    expect(description.length).toBeLessThanOrEqual(200);
    const distinct = (values: readonly unknown[]) => expect(new Set(values).size).toBe(values.length);
    distinct(body.map(({ id }) => id));
    distinct(body.map(({ attributes }) => attributes.label));
    for (const { id, type, attributes } of body) {
      expect(id).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(['input', 'textarea', 'dropdown']).toContain(type);
      expect(attributes.label).toMatch(/ \([\w.]+\)$/);
      if (type !== 'dropdown') continue;
      distinct(attributes.options ?? []);
      // Neither booleans nor the word that GitHub keeps for itself.
      for (const option of attributes.options ?? []) expect(option).not.toMatch(/^(none|true|false|yes|no)$/i);
    }
  });

  it('are there for each service of the current catalogue', () => {
    expect(services.length).toBeGreaterThanOrEqual(4);
    expect(services.toSorted()).toEqual([...(policies.catalogues.get('sc-11-2023')?.offers.keys() ?? [])].toSorted());
  });
});

describe('requestFromIssue()', () => {
  it.each(samples.map((request) => [request.id, request] as const))('brings %s back as it was asked', (_, request) => {
    const { file, findings } = requestFromIssue(
      issueOf(formOf(request.service), answersFor(request)),
      LOGINS.author,
      policies,
    );
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const path = `requests/${file?.id}.yaml`;
    const read = examine({ path, bytes: new TextEncoder().encode(file?.text) }, policies).placed?.request;
    // A new request orders no act, and belongs to no collective order.
    const { batch: _batch, ...asked } = request;
    const spec = Object.fromEntries(Object.entries(asked.spec).filter(([name]) => !name.endsWith('At')));
    expect(read).toEqual({ ...asked, spec });
  });

  it('takes whoever opened the issue for the requester where none is named', () => {
    const { requester: _, ...rest } = VALID;
    const body = issueOf(formOf('account'), rest);
    expect(requestFromIssue(body, 'Contoh-Budi', policies).file?.text).toContain('requester: djp-pic-aplikasi');
    expect(requestFromIssue(body, 'asing', policies).findings.map(({ code }) => code)).toEqual(['form/author']);
  });

  it('reads carriage returns, and a value that was typed in quotes', () => {
    const body = issueOf(formOf('account'), { ...VALID, 'spec-nip': '"199001012015011001"' }).replaceAll('\n', '\r\n');
    expect(requestFromIssue(body, LOGINS.author, policies)).toMatchObject({ findings: [] });
  });

  it('says in our own findings what is wrong with an answer', () => {
    const body = issueOf(formOf('static-ip'), { ...VALID, 'spec-host': 'Uji!', 'spec-ttl': 'lama', 'spec-zone': 'x' });
    const { findings } = requestFromIssue(body, LOGINS.author, policies);
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['field/pattern', 'field/missing']));
  });

  it.each([
    ['form/no-form', (body: string) => body.replace('sc-11-2023/account', 'itsm-9-legacy/account')],
    ['form/no-form', () => 'Halo'],
    ['form/question-missing', (body: string) => body.replace('### Judul (title)', '### Judul')],
    ['form/question-twice', (body: string) => `${body}\n\n### Judul (title)\n\nLain`],
    ['form/unit', (body: string) => body.replace('\ndjp\n', '\n..\n')],
    ['form/name', (body: string) => body.replace('\nsiti-lestari\n', '\n../../x\n')],
  ] as const)('refuses with %s', (code, change) => {
    const { file, findings } = requestFromIssue(change(issueOf(formOf('account'), VALID)), LOGINS.author, policies);
    expect(findings.map((one) => one.code)).toEqual([code]);
    expect(file).toBeUndefined();
  });

  it('orders what was answered and nothing else, whatever 2,000 people answer', () => {
    const form = formOf('account');
    const ids = form.body.filter(({ type }) => type !== 'dropdown').map(({ id }) => id);
    fc.assert(
      fc.property(fc.constantFrom(...ids), hostile, (id, text) => {
        const { file, findings } = requestFromIssue(issueOf(form, { ...VALID, [id]: text }), LOGINS.author, policies);
        if (file === undefined) {
          expect(findings).not.toEqual([]);
          return;
        }
        expect(file.id).toMatch(/^[a-z-]+\/[a-z0-9-]+$/);
        if (findings.some(({ severity }) => severity === 'error')) return;
        const bytes = new TextEncoder().encode(file.text);
        const read = examine({ path: `requests/${file.id}.yaml`, bytes }, policies).placed?.request;
        // A single answer was changed: every other member is still what it was.
        const { [id]: _, ...others } = answersFor(read as ServiceRequest);
        const { [id]: __, ...wanted } = VALID;
        expect(others).toMatchObject(wanted);
      }),
      { numRuns: 2000 },
    );
  });
});
