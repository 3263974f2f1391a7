import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { load, parseEvents } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { characterFaults } from '../../../core/load/characters.ts';
import { examine } from '../../../core/load/examine.ts';
import { plainValue } from '../../../core/load/plain.ts';
import { WELL } from './samples.ts';

const SAMPLES = new URL('../../../requests/', import.meta.url);
const FAULTY = new URL('../../fixtures/requests/', import.meta.url);
const textsBelow = (folder: URL) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));

/** What stands behind a colon or a dash: first what is plain, then what is more. */
const PLAIN = [
  'x',
  'true',
  'null',
  '12',
  '-3',
  '2026-11-02',
  'x y',
  'x#y',
  'x:y',
  '"x"',
  "'x'",
  '[x]',
  '[x, 1]',
  '/x',
  '{ a: x, b: 1 }',
  '{c: x y}',
  '{ a: x == "y", b: x.* != "" }',
  '[x <= y, x > (y)]',
  '[]',
  '{}',
];
const MORE = [
  ...['', '~', '012', '1.500', '1e3', '.inf', 'x # y', 'x: y', 'x:', ' x', 'x ', '"x" # y', '"x\\n"', '"x', "'x''y'"],
  ...[
    '[x,y]',
    '[x, y',
    '[x: y]',
    '["x", y]',
    '[x, ]',
    '{a: x, a: y}',
    '{ a: x',
    '{ a }',
    '{ a: x, }',
    '{ a: b: c }',
    '{ a: [x] }',
    '{ constructor: x }',
    '[ x ]',
    '[x y]',
    '[x:y, z:]',
    '{ a:x }',
    '{ a: }',
    '[x #y]',
    '[a b: c]',
    '|',
    '>-',
    '&a x',
    '*a',
    '!!str x',
    '@x',
    '%x',
  ],
  ...['- x', '-x', '?x', ':x', ',x', ']x', '---', '...', 'é', '😀', 'x\t', 'a\tb', '(x)', '+62', '1:30', "x'y", 'x"y'],
];
const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `${name}:`);
const odd = fc
  .tuple(
    fc.constantFrom('', '', '  ', '    ', ' ', '\t'),
    fc.constantFrom('', '', '- ', '-', '- - ', '? '),
    fc.constantFrom(...KEYS, 'null:', 'constructor:', 'prototype:', '"a":', '<<:', '1:', '', '#', 'a :'),
    fc.constantFrom(' ', ' ', ' ', ''),
    fc.constantFrom(...PLAIN, ...MORE),
    fc.constantFrom('\n', '\n', '\n\n', '\r\n', '', ' \n', '\n# x\n', '\n  # x\n'),
  )
  .map((parts) => parts.join(''));
const even = fc
  .tuple(
    fc.constantFrom(...KEYS),
    fc.constantFrom(
      ' ',
      ' ',
      ' ',
      '\n  a: ',
      '\n  - ',
      '\n  - a: ',
      '\n  - { a: x, b: y }\n  - ',
      '\n- ',
      '\n  # x\n  a: ',
      '\n  ',
    ),
    fc.constantFrom(...PLAIN),
    fc.constantFrom('\n', '\n', '\n\n', '\n  - y\n', '\n- z\n', '\n  b: z\n', '\n  z\n', '\n   b: z\n'),
  )
  .map((parts) => parts.join(''));
const line = fc.oneof({ weight: 6, arbitrary: even }, { weight: 1, arbitrary: odd });
const text = fc.oneof(
  fc.array(line, { maxLength: 4 }).map((lines) => lines.join('')),
  fc
    .tuple(line, fc.nat({ max: WELL.length }), fc.nat({ max: 3 }))
    .map(([piece, at, gone]) => WELL.slice(0, at) + piece + WELL.slice(at + gone)),
);

describe('plainValue()', () => {
  it('reads every sample request as js-yaml does; only mappings in braces, as visits have them, are left to that', () => {
    const texts = textsBelow(SAMPLES);
    const plain = texts.filter((one) => !one.includes('{'));
    expect(plain.length).toBeGreaterThan(40);
    for (const one of plain) expect(plainValue(one)).toEqual(load(one));
    for (const one of texts) expect([undefined, load(one)]).toContainEqual(plainValue(one));
  });

  it('reads nested mappings, lists of scalars and of mappings, words in brackets, quotes and comments', () => {
    const one = `# x\na: "b: c"\nd:\n  e: 'f'\n  # y\n  g: [h, 1, true]\n\ni:\n- 2026-11-02\n- j k\nl:\n  - m: 1\n    n:\n      o: null\n  - m: -2\n`;
    expect(plainValue(one)).toEqual(load(one));
    expect(plainValue(one)).toMatchObject({ l: [{ m: 1, n: { o: null } }, { m: -2 }] });
  });

  it('leaves to the thorough way whatever it does not read as that does', { timeout: 60_000 }, () => {
    let read = 0;
    fc.assert(
      fc.property(text, (one) => {
        const value = characterFaults(one).length === 0 ? plainValue(one) : undefined;
        if (value === undefined) return;
        read++;
        expect(examine(one, parseEvents(one, {}))).toEqual({ value, faults: [], doubtful: [] });
        expect(load(one)).toEqual(value);
      }),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(1000);
  });

  it('reads no file of the hostile corpus otherwise than js-yaml', () => {
    for (const one of textsBelow(FAULTY)) {
      const value = characterFaults(one).length === 0 ? plainValue(one) : undefined;
      if (value !== undefined) expect(value).toEqual(load(one));
    }
  });

  it('goes no deeper than a request needs', () => {
    const nested = (depth: number) => Array.from({ length: depth }, (_, at) => `${'  '.repeat(at)}a:`).join('\n');
    expect(plainValue(`${nested(8)} x\n`)).toBeDefined();
    expect(plainValue(`${nested(12)} x\n`)).toBeUndefined();
  });
});
