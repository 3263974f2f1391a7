import { Environment } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../core/catalogue/cel.ts';
import { closureOf, UNSURE } from '../../../core/catalogue/closure.ts';

/** The library alone, with the variables and the one overload that the comparisons below need. */
const library = new Environment({ homogeneousAggregateLiterals: false });
for (const name of ['after', 'figures', 'today']) library.registerVariable(name, 'dyn');
library.registerOperator('double == int', (a: unknown, b: unknown) => Number(a) === Number(b));

/** Lists that are equal are not the same one. */
const value = fc
  .constantFrom('a', 'b', '', 0, 1, 2.5, true, false, ['a', 'b'], [1, 2.5], [], { x: 'a' })
  .map((one): unknown => structuredClone(one));
const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), value, { noNullPrototype: true });
const variables = fc.record({
  after: fc.record({ spec: fields, state: fc.constantFrom('active', 'disabled') }),
  figures: fields,
  today: fc.constant('2026-11-24'),
});

const path = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'd').map((name) => `after.spec.${name}`),
  fc.constantFrom('a', 'b').map((name) => `figures.${name}`),
  fc.constantFrom('after.state', 'today', 'after.spec.a.x', 'after.spec.a.length', 'after.spec.constructor', 'after'),
);
const number = fc.oneof(path, path, fc.constantFrom('1', '0', '2.5'));
const scalar = fc.oneof(path, path, fc.constantFrom('"a"', '"b"', '"active"', '1', '2.5', 'true', 'false', 'null'));
const list = fc.oneof(
  path,
  fc.constantFrom('["a", "b"]', '[1, 2.5, "a"]', '[]'),
  path.map((one) => `[${one}, "none"]`),
);
const comparison = fc.oneof(
  fc.tuple(number, fc.constantFrom('<', '<=', '>', '>='), number),
  fc.tuple(scalar, fc.constantFrom('==', '!='), scalar),
  fc.tuple(scalar, fc.constant('in'), list),
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    comparison.map((parts) => parts.join(' ')),
    path.map((one) => `has(${one})`),
    path,
    tie('condition').map((one) => `!(${one})`),
    fc
      .tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition'))
      .map(([a, op, b]) => `(${a}) ${op} (${b})`),
  ),
}));

const outcome = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error === UNSURE ? UNSURE : 'an error';
  }
};

describe('closureOf()', () => {
  it('answers as the library does, or is unsure', { timeout: 60_000 }, () => {
    let sure = 0;
    fc.assert(
      fc.property(condition, variables, (expression, given) => {
        const parsed = library.parse(expression);
        // The others are refused when a catalogue is loaded.
        if (!parsed.check().valid) return;
        const closure = closureOf(parsed.ast);
        const direct = closure === undefined ? UNSURE : outcome(() => closure(given));
        if (direct === UNSURE) return;
        sure++;
        expect(direct).toEqual(outcome(() => parsed(given)));
      }),
      { numRuns: 20_000 },
    );
    expect(sure).toBeGreaterThan(2000);
  });

  it.each([
    'size(after.spec.a) > 1',
    'after.spec.a.startsWith("a")',
    'after.spec.a.all(x, x == "a")',
    'after.state == "active" ? true : false',
    '1 + 1 == 2',
  ])('leaves %s to the library', (expression) => {
    expect(closureOf(library.parse(expression).ast)).toBeUndefined();
  });
});

describe('compile()', () => {
  it('lets the library decide where the closure is unsure', () => {
    expect(() => compile('after.spec.a == "x"')({ after: { spec: {} } })).toThrow('No such key');
    expect(compile('after.spec.a == "x" || true')({ after: { spec: {} } })).toBe(true);
  });
});
