import fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../core/load/yaml.ts';
import type { Path } from '../../../core/request.ts';
import { messages, WELL } from './samples.ts';

const known = messages();
const read = (content: string | Uint8Array) =>
  readYaml({ path: 'f.yaml', bytes: typeof content === 'string' ? Buffer.from(content) : content }, known);
const codes = (content: string | Uint8Array) => read(content).findings.map((finding) => finding.code);

/** Text from pieces that mean something to YAML, so that random files reach every part of the reader. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'&*!%@`|>[]{},?:-#"\'\\\n\r\t ~<0x.e+_1=', '---\n', '...\n', ': ', '- ', '\n  ', '\r\n'),
      fc.constantFrom('a', 'title', '__proto__', '<<', '012', '.inf', '1.500', 'null', '\\u202e', '%YAML 1.1\n'),
      fc.constantFrom('\u202e', '\u200b', '\u00a0', 'e\u0301', 'é', '😀', '\ufeff', '\u0085', '\u2028', '\0', '\x1b'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

describe('readYaml()', () => {
  it('reads a file without fault, as js-yaml does', () => {
    expect(read(WELL)).toMatchObject({ value: load(WELL), findings: [], doubtful: [] });
  });

  it('reads line ends of Windows', () => {
    expect(read(WELL.replaceAll('\n', '\r\n'))).toMatchObject({ value: load(WELL), findings: [] });
  });

  it('takes a document marker and harmless escapes', () => {
    expect(read(`---\n${WELL}...\n`)).toMatchObject({ value: load(WELL), findings: [] });
    expect(read('a: "x\\ty\\u00e9"\n')).toMatchObject({ value: { a: 'x\tyé' }, findings: [] });
  });

  it('never throws, and every finding lies inside the file', { timeout: 60_000 }, () => {
    const bytes = fc.oneof(
      hostile.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 200 }),
      fc
        .tuple(hostile, fc.nat({ max: WELL.length }))
        .map(([text, at]) => Buffer.from(WELL.slice(0, at) + text + WELL.slice(at))),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        const { findings, value } = read(content);
        expect(findings.length > 0 || value !== undefined).toBe(true);
        const lines = Buffer.from(content)
          .toString('utf8')
          .replace(/^\ufeff/, '')
          .split('\n');
        for (const { line, column } of findings) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column - 1).toBeLessThanOrEqual((lines[line - 1] ?? expect.fail('no such line')).length);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('finds nothing wrong only where it reads the value that js-yaml reads', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { findings, value } = read(text);
        if (findings.length === 0) expect(value).toEqual(load(text));
      }),
      { numRuns: 3000 },
    );
  });

  const key = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9-]{0,8}$/).filter((name) => !(name in {}) && name !== 'prototype');
  const scalar = fc.oneof(
    fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
    fc.constantFrom(
      'é',
      '2026-11-02',
      '10.1.2.3',
      'true',
      '012',
      '0x1F',
      'null',
      '😀 baru',
      'Jum\'at: "libur"',
      'dua\nbaris\n',
    ),
    fc.integer({ min: -1e9, max: 1e9 }).map((number) => number + 0),
    fc.boolean(),
    fc.constant(null),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.dictionary(key, tie('node'), { maxKeys: 5, noNullPrototype: true }),
    node: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('node'), { maxLength: 4 }), tie('tree')),
  }));
  const styles = fc.record({
    flowLevel: fc.constantFrom(-1, 0, 1, 2),
    indent: fc.constantFrom(2, 4),
    quoteStyle: fc.constantFrom('single' as const, 'double' as const),
    forceQuotes: fc.boolean(),
  });

  it('reads back any plain value, however it is written', () => {
    fc.assert(
      fc.property(tree, styles, (value, style) => {
        const text = dump(value, style);
        const result = read(text);
        expect(result.findings).toEqual([]);
        expect(result.value).toEqual(load(text));
      }),
      { numRuns: 500 },
    );
  });

  it('places every key and value at its exact text', () => {
    fc.assert(
      fc.property(tree, styles, (value, style) => {
        const text = dump(value, style);
        const lines = text.split('\n');
        const { places, value: parsed } = read(text);
        for (const { path, member } of members(parsed)) {
          const { line, column } = places.ofKey(path);
          const name = path.at(-1);
          const rest = lines[line - 1]?.slice(column - 1) ?? '';
          if (typeof name === 'string') expect(rest.replace(/^["']/, '').startsWith(name)).toBe(true);
          const at = places.of(path);
          const written = lines[at.line - 1]?.slice(at.column - 1) ?? '';
          if (typeof member === 'number') expect(written.startsWith(String(member))).toBe(true);
          if (typeof member === 'string' && /^\w+$/.test(member))
            expect(written.replace(/^["']/, '')).toContain(member);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('stops before parsing a file that is too large', () => {
    expect(codes(Buffer.alloc(64 * 1024 + 1, 'a'))).toEqual(['yaml/too-large']);
    expect(codes(Buffer.alloc(64 * 1024, 'a'))).toEqual(['yaml/not-a-mapping']);
  });

  it.each([
    '[',
    '{',
    '- ',
    '? ',
    '&a ',
    '!a ',
    '"',
    "'",
    'a: ',
    '\u200ba',
    'e\u0301 ',
    ': : ',
    '|\n',
    '\\',
    '*a ',
    '&a\n !b ',
  ])('ends in time on 60,000 characters of %j', { timeout: 20_000 }, (piece) => {
    const text = `a: ${piece.repeat(60_000 / piece.length)}\n`;
    expect(() => read(text)).not.toThrow();
  });
});

function* members(value: unknown, path: Path = []): Generator<{ path: Path; member: unknown }> {
  if (path.length > 0) yield { path, member: value };
  if (typeof value !== 'object' || value === null) return;
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [step, member] of entries) yield* members(member, [...path, step]);
}
