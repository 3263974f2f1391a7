import * as z from 'zod';
import { slugged } from './path.ts';

/** Small repairs of a text, the least first. */
const REPAIRS: readonly ((text: string) => string)[] = [
  (text) => text.replace(/\s+/g, ' ').trim(),
  (text) => text.replace(/\s+/g, ''),
  (text) => text.trim().toLowerCase(),
  (text) => text.trim().replace(/^http:/, 'https:'),
  (text) => text.trim().toLowerCase().replace(/\s+/g, '.'),
  slugged,
];

/** The first repair of a text that its schema accepts; undefined where none does. */
export function mended(text: string, schema: z.core.$ZodType): string | undefined {
  if (text.length > 200) return undefined;
  for (const repair of REPAIRS) {
    const repaired = repair(text);
    if (repaired !== text && z.safeParse(schema, repaired).success) return repaired;
  }
  return undefined;
}
