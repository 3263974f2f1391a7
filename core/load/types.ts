import * as z from 'zod';
import type { Fault } from './fault.ts';
import { mended, sourceOf } from './mend.ts';

type Described = Omit<Fault, 'at'>;

const CODES: Readonly<Record<string, string>> = {
  string: 'field/not-text',
  number: 'field/not-number',
  int: 'field/not-integer',
  boolean: 'field/not-boolean',
  array: 'field/not-list',
  object: 'field/not-mapping',
  record: 'field/not-mapping',
};

const YES = new Set(['true', 'ya', 'y', 'yes', 'on', 'benar', 'aktif', '1']);
const NO = new Set(['false', 'tidak', 'tdk', 't', 'n', 'no', 'off', 'salah', 'nonaktif', '0']);

/**
 * A value of the wrong type: what was wanted, what was written and, where it is clear, how it should be written.
 * @param source the scalar as the file has it
 * @param schema of the field, which a suggestion passes; undefined where it leaves a choice
 */
export function wrongType(
  expected: string,
  value: unknown,
  source: string | undefined,
  schema: z.core.$ZodType | undefined,
): Described {
  if (value === null) return { code: 'field/empty' };
  const passes = (one: Meant) => schema === undefined || z.safeParse(schema, one.value).success;
  const suggestion = meant(expected, value, source, schema).find(passes)?.source;
  return {
    code: CODES[expected] ?? 'field/invalid',
    values: { value: written(value, source) },
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** A value as a person wrote it, short: lists and mappings only by their brackets. */
export function written(value: unknown, source?: string): string {
  if (Array.isArray(value)) return '[...]';
  if (typeof value === 'object' && value !== null) return '{...}';
  return source ?? String(value);
}

/** A value of the type that is wanted, and how it is written. */
interface Meant {
  readonly value: unknown;
  readonly source: string;
}

/** What may have been meant, the likeliest first. */
function meant(
  expected: string,
  value: unknown,
  source: string | undefined,
  schema: z.core.$ZodType | undefined,
): readonly Meant[] {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : undefined;
  if (expected === 'string' && typeof only === 'string') return [{ value: only, source: sourceOf(only) }];
  if (typeof value === 'object') return [];
  const text = source ?? String(value);
  switch (expected) {
    case 'string': {
      const better = schema && mended(text, schema);
      return [{ value: text, source: `"${text}"` }, ...(better ? [{ value: better, source: sourceOf(better) }] : [])];
    }
    case 'array': {
      // Also a list whose dashes have no space behind them, which reads as one text.
      const members = text.split(/\s*[,\n]\s*/).map((member) => member.replace(/^-\s*/, ''));
      return [{ value: members, source: `[${members.map(sourceOf).join(', ')}]` }];
    }
    case 'number':
    case 'int': {
      const number = decimal(text);
      if (number === undefined) return [];
      return [number, Math.round(number), Math.floor(number)].map((one) => ({ value: one, source: String(one) }));
    }
    case 'boolean':
      return [true, false]
        .filter((one) => wordsFor(one).has(text.toLowerCase()))
        .map((one) => ({ value: one, source: String(one) }));
    default:
      return [];
  }
}

const wordsFor = (flag: boolean) => (flag ? YES : NO);

/** `"4"`, `1.000` and `4 GB` to the number meant. */
function decimal(text: string): number | undefined {
  const match = /^(\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?)(?:\s*[A-Za-z]+)?$/.exec(text.trim());
  if (match?.[1] === undefined) return undefined;
  const isGrouped = /^\d{1,3}(?:[.,]\d{3})+$/.test(match[1]);
  return Number(isGrouped ? match[1].replace(/[.,]/g, '') : match[1].replace(',', '.'));
}
