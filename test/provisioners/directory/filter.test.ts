import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { all, any, equals, present, startsWith } from '../../../provisioners/directory/filter.ts';
import { matches, readFilter } from '../../../provisioners/directory/sandbox/filter-reader.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((one) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(one));
const plain = (_attribute: string, value: string) => value;

describe('equals()', () => {
  it('escapes what a filter is made of', () => {
    expect(equals('cn', '*)(cn=\\a')).toBe('(cn=\\2a\\29\\28cn=\\5ca)');
  });

  it.each(['', 'a\u0000', 'a\n'])('refuses %j', (value) => {
    expect(() => equals('cn', value)).toThrow('Cannot build a search filter');
  });

  it('refuses an attribute that is none', () => {
    expect(() => equals('cn=x)(cn', 'y')).toThrow('is no attribute');
  });

  it('is one comparison with exactly its value, whatever the value', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(readFilter(equals('cn', value))).toEqual({ type: 'equals', attribute: 'cn', value });
      }),
      { numRuns: 2000 },
    );
  });
});

describe('readFilter()', () => {
  it('reads what the builders make', () => {
    const filter = readFilter(all(present('cn'), any(equals('cn', 'a'), startsWith('cn', 'b*'))));
    const holds = (value: string) => matches(filter, () => [value], plain);
    expect(['a', 'b*c', 'bc', 'c'].map(holds)).toEqual([true, true, false, false]);
  });

  it('matches parts in their order, without overlap', () => {
    const filter = readFilter('(cn=ab*b*ba)');
    expect(['abba', 'abbba', 'abxbxba', 'aba'].map((value) => matches(filter, () => [value], plain))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('negates', () => {
    expect(matches(readFilter('(!(cn=a))'), () => ['b'], plain)).toBe(true);
  });

  it.each(['', 'cn=a', '(cn=a', '(cn=a))', '(&(cn=a)', '(cn>=a)'])('refuses %j', (filter) => {
    expect(() => readFilter(filter)).toThrow('Bad search filter');
  });
});
