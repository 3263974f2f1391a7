import * as z from 'zod';
import type { Figures } from '../../core/catalogue/catalogue.ts';
import { isoDate } from '../../core/load/fields.ts';

/** The last day of a right: asked for where the catalogue grants it for a period, else left to the requester. */
export function lastDay({ period }: Figures, what: string) {
  const field = isoDate().meta({
    description: `Hari terakhir ${what}${period === true ? '' : '; tanpa ini tidak ada akhirnya'}.`,
    examples: ['2027-03-31'],
  });
  return period === true ? field : z.exactOptional(field);
}
