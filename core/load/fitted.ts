import * as z from 'zod';
import type { Fault } from './fault.ts';
import { fieldName, otherForm } from './issues.ts';
import { metaOf, schemaAt } from './node.ts';
import { covered, hinted } from './private.ts';

/**
 * A fault of a number that reads in two ways, in words that suit its field: a suggestion that the field takes, and no
 * number that is private or, in a field that nobody knows, may be.
 * @param root of the whole file
 */
export function fitted(fault: Fault, root: z.core.$ZodType): Fault {
  if (fault.path === undefined) return fault;
  const source = String(fault.values?.value);
  const field = schemaAt(root, fault.path);
  const { suggestion: first, ...rest } = fault;
  if (field === undefined) {
    const value = covered(source);
    return value === source ? fault : { ...rest, values: { value }, private: true };
  }
  const suggestion = forms(source, first).find((form) => z.safeParse(field, JSON.parse(form)).success);
  const told = { ...rest, ...(suggestion === undefined ? {} : { suggestion }) };
  if (metaOf(field).private !== true) return told;
  const value = hinted(source);
  if (suggestion !== undefined) return { ...told, values: { value }, private: true };
  // Nobody is to be told to quote a number that does not belong here.
  const { code, values } = otherForm(field);
  return { ...rest, code, values: { ...values, field: fieldName(fault.path), value }, private: true };
}

/** How it may be written, the likeliest first: as suggested without its field, as text, without leading zeros. */
const forms = (source: string, first: string | undefined): readonly string[] => [
  ...(first === undefined ? [] : [first]),
  JSON.stringify(source),
  ...(/^0\d+$/.test(source) ? [String(Number(source))] : []),
];
