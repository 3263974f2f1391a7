import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadRequest } from '../../../core/load/request.ts';
import { policies } from './samples.ts';

const FOLDER = new URL('../../fixtures/requests/', import.meta.url);

interface Expected {
  readonly code: string;
  readonly line: number;
  readonly column: number;
  readonly suggestion?: string;
}

const expected: Readonly<Record<string, readonly Expected[]>> = JSON.parse(
  readFileSync(new URL('expected.json', FOLDER), 'utf8'),
);
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const known = policies();

describe('loadRequest() on a hostile corpus', () => {
  it('knows what to expect of each file, and has many', () => {
    expect(files.toSorted()).toEqual(Object.keys(expected).toSorted());
    expect(files.length).toBeGreaterThanOrEqual(120);
  });

  it.each(files)('refuses %s with all its codes, places and suggestions', (name) => {
    const bytes = readFileSync(new URL(name, FOLDER));
    const { request, findings } = loadRequest({ path: `requests/djp/${name}`, bytes }, known);
    expect(request).toBeUndefined();
    const found = findings.map(({ code, line, column, suggestion }) => ({
      code,
      line,
      column,
      ...(suggestion === undefined ? {} : { suggestion }),
    }));
    expect(found).toEqual(expected[name]);
  });

  it.each(files)('says in both languages what is wrong with %s', (name) => {
    const bytes = readFileSync(new URL(name, FOLDER));
    for (const { message } of loadRequest({ path: `requests/djp/${name}`, bytes }, known).findings) {
      for (const text of [message.id, message.en])
        expect(text).not.toMatch(/(?<!\\u)\{\w+\}|undefined|\[object|\p{Cc}/u);
      expect(message.id).not.toBe(message.en);
    }
  });

  /** Of one fault, in a value of one line. */
  const mendable = files.filter((name) => {
    if (name.includes('block')) return false;
    const [only, ...others] = expected[name] ?? [];
    const isValue =
      /^(field|request)\/|^yaml\/number/.test(only?.code ?? '') && !/unknown$|missing$/.test(only?.code ?? '');
    return others.length === 0 && isValue && only?.suggestion !== undefined;
  });

  it.each(mendable)('suggests for %s what passes in its place', (name) => {
    const lines = readFileSync(new URL(name, FOLDER), 'utf8').split('\n');
    const [{ line = 0, column = 0, suggestion = '' } = {}] = expected[name] ?? [];
    const text = lines[line - 1] ?? '';
    const inFlow = /[[{]/.test(text.slice(0, column - 1));
    const written = inFlow ? /^(?:"[^"]*"|[^,\]}]*)/ : /^.*/;
    const value = written.exec(text.slice(column - 1))?.[0] ?? '';
    lines[line - 1] = text.slice(0, column - 1) + suggestion + text.slice(column - 1 + value.length);
    const mended = Buffer.from(lines.join('\n'));
    const { findings } = loadRequest({ path: 'requests/djp/akun.yaml', bytes: mended }, known);
    expect(findings.filter((one) => one.line === line && one.column === column)).toEqual([]);
  });
});
