import type { Fault } from './fault.ts';

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

const YES = new Set(['ya', 'y', 'yes', 'on', 'benar', 'aktif', '1']);
const NO = new Set(['tidak', 'tdk', 't', 'n', 'no', 'off', 'salah', 'nonaktif', '0']);

/**
 * A value of the wrong type: what was wanted, what was written and, where it is clear, how it should be written.
 * @param source the scalar as the file has it
 */
export function wrongType(expected: string, value: unknown, source: string | undefined): Described {
  if (value === null) return { code: 'field/empty' };
  const suggestion = retyped(expected, value, source);
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

function retyped(expected: string, value: unknown, source: string | undefined): string | undefined {
  if (typeof value === 'object') return undefined;
  const text = source ?? String(value);
  if (expected === 'string') return `"${text}"`;
  if (expected === 'array') return `[${text}]`;
  if (expected === 'int' && typeof value === 'number') return String(Math.round(value));
  if (expected === 'number' || expected === 'int') return decimal(text);
  if (expected !== 'boolean') return undefined;
  const word = text.toLowerCase();
  if (YES.has(word)) return 'true';
  return NO.has(word) ? 'false' : undefined;
}

/** `"4"`, `1.000` and `4 GB` to the number meant. */
function decimal(text: string): string | undefined {
  const match = /^(\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?)(?:\s*[A-Za-z]+)?$/.exec(text.trim());
  if (match?.[1] === undefined) return undefined;
  const isGrouped = /^\d{1,3}(?:[.,]\d{3})+$/.test(match[1]);
  return String(Number(isGrouped ? match[1].replace(/[.,]/g, '') : match[1].replace(',', '.')));
}
