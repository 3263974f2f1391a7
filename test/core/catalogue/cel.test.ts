import { describe, expect, it } from 'vitest';
import { checkerOf, compile } from '../../../core/catalogue/cel.ts';
import { scopesOf } from '../../../core/catalogue/scope.ts';
import type { Shape } from '../../../core/catalogue/shape.ts';

const STRING: Shape = { kind: 'string' };
const spec: Shape = {
  kind: 'object',
  fields: {
    mailbox: { shape: STRING, optional: false },
    cores: { shape: { kind: 'double' }, optional: false },
    nip: { shape: STRING, optional: true },
    aliases: { shape: { kind: 'list', of: STRING }, optional: true },
    zones: { shape: { kind: 'list', of: STRING }, optional: false },
  },
};
const scopes = scopesOf(spec, { licensed: { mailboxGb: 50 }, most: 4 });
const check = (expression: string, on: keyof typeof scopes = 'change') => checkerOf(scopes[on])(expression);

describe('checkerOf()', () => {
  it.each([
    'after.spec.cores <= figures.most && after.spec.cores + 1 > 2',
    'after.spec.cores == 4 || after.spec.cores in [2.0, 4.0]',
    'batch.creates <= 30',
    'before.spec.mailbox in ["none", after.spec.mailbox]',
    'has(after.spec.nip) && after.spec.nip.startsWith("19")',
    '!has(after.spec.nip) || size(after.spec.nip) == 18',
    'has(after.spec.nip) && has(after.spec.aliases) && after.spec.nip in after.spec.aliases',
    '!has(after.spec.nip) || !has(after.spec.aliases) || after.spec.nip in after.spec.aliases',
    '(has(after.spec.nip) || has(after.spec.nip) && true) && after.spec.nip != ""',
    'has(after.spec.nip) ? after.spec.nip != "" : after.spec.mailbox == "none"',
    'has(after.documents) && after.documents.exists(d, d.type == "evidence")',
    'after.spec.zones.all(z, z in unit.zones)',
    'before.state == "active" && after.state == "disabled"',
  ])('accepts %s', (expression) => {
    expect(check(expression)).toEqual([]);
  });

  it.each([
    ['after.spec.coress > 1', "'after.spec.coress' is unknown"],
    ['has(after.spec.typo)', "'after.spec.typo' is unknown"],
    ['figures.licensed.gb > 1', "'figures.licensed.gb' is unknown"],
    ['after.spec.constructor == "a"', "'after.spec.constructor' is unknown"],
    ['after.spec.__proto__ == "a"', "'after.spec.__proto__' is unknown"],
    ['toString == "a"', "'toString' is unknown here"],
    ['after.spec.nip == "1"', "'after.spec.nip' is optional: ask has(after.spec.nip) first"],
    ['has(after.spec.nip) || after.spec.nip == "1"', "'after.spec.nip' is optional: ask has(after.spec.nip) first"],
    [
      '(has(after.spec.nip) || has(after.spec.aliases)) && after.spec.nip != ""',
      "'after.spec.nip' is optional: ask has(after.spec.nip) first",
    ],
    [
      '(!has(after.spec.nip) && !has(after.spec.aliases)) || after.spec.nip != ""',
      "'after.spec.nip' is optional: ask has(after.spec.nip) first",
    ],
    ['after.documents.exists(d, d.type == "x")', "'after.documents' is optional: ask has(after.documents) first"],
    ['has(after.documents) && after.documents.exists(d, d.kind == "x")', "'d.kind' is unknown"],
    ['after.spec.mailbox == 3', 'no such overload: string == int'],
    ['after.spec.cores', 'It yields double, wanted bool'],
    ['after.spec.mailbox.matches("(a+)+$")', "'matches()' is not allowed"],
    ['{"a": 1}.a == 1', 'Exceeded maxMapEntries (0)'],
    ['after.spec.zones[99] == "a"', "'[]' is not allowed"],
  ])('refuses %s', (expression, problem) => {
    expect(check(expression)).toEqual([problem]);
  });

  it('lets holds see neither the day, the batch nor what was before', () => {
    expect(check('today > "2026-01-01"', 'hold')).toEqual(["'today' is unknown here"]);
    expect(check('batch.creates > 1', 'hold')).toEqual(["'batch' is unknown here"]);
    expect(check('before.state == "active"', 'create')).toEqual(["'before' is unknown here"]);
  });
});

describe('an expression that would run long', () => {
  const nested = (depth: number) => `${'('.repeat(depth)}true${')'.repeat(depth)}`;
  it.each([
    ['nested loops', 'after.spec.zones.all(a, after.spec.zones.all(b, after.spec.zones.all(c, a == c)))'],
    ['a list that grows', 'size(after.spec.zones.map(a, a + a)) > 0'],
    ['a name bound again and again', 'cel.bind(a, "xx", cel.bind(b, a + a, cel.bind(c, b + b, c == "")))'],
    ['a filter', 'after.spec.zones.filter(z, z == "a") == after.spec.zones'],
    ['a pattern', '"aaaaaaaaaaaaaaaaaaaaaaaaaaaa!".matches("(a+)+$")'],
    ['depth', nested(400)],
    ['length', `${'true && '.repeat(400)}true`],
    ['many nodes', Array.from({ length: 110 }, () => 'true').join('||')],
    ['minus signs', `${'-'.repeat(900)}1 > 0`],
    ['exclamation marks', `${'!'.repeat(900)}true`],
    ['a long list', `1 in [${Array.from({ length: 70 }, (_, i) => i).join(',')}]`],
    ['an open string', `"${'a'.repeat(500)}`],
  ])('is refused: %s', (_, expression) => {
    expect(check(expression).length).toBeGreaterThan(0);
  });

  it('cannot overflow the stack of the parser', () => {
    for (const text of ['(', '[', '!', '-', 'a.', 'a?b:', 'has(']) expect(check(text.repeat(333)).length).toBe(1);
  });
});

describe('compile()', () => {
  it('compares numbers of a request, which are doubles, with whole numbers', () => {
    const variables = { after: { spec: { cores: 4 } } };
    expect(compile('after.spec.cores == 4')(variables)).toBe(true);
    expect(compile('after.spec.cores * 2 - 1 == 7')(variables)).toBe(true);
    expect(compile('after.spec.cores != 4')(variables)).toBe(false);
    expect(compile('after.spec.cores in [2.0, 4.0]')(variables)).toBe(true);
  });

  it('mixes what is written and what is read in one list', () => {
    const variables = { before: { spec: { mailbox: 'a' } }, after: { spec: { mailbox: 'a' } } };
    expect(compile('before.spec.mailbox in ["none", after.spec.mailbox]')(variables)).toBe(true);
  });

  it('knows a field that is absent', () => {
    expect(compile('has(after.spec.nip)')({ after: { spec: {} } })).toBe(false);
  });
});
