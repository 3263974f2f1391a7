import type { Fault } from './fault.ts';

const PLAIN = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;
/** What YAML 1.1 or 1.2, or a person, may take for a number. */
const NUMBER_LIKE =
  /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\.?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF|nan|NaN|NAN))$/;
/** `1.500` is one thousand five hundred to an Indonesian reader and one and a half to YAML. */
const THOUSANDS = /^-?[1-9][0-9]{0,2}\.[0-9]{3}$/;
/** A double keeps 15 digits; a NIP has 18. */
const MOST_DIGITS = 15;

/** A number that reads the same to people and programs, `undefined` for text, or what is wrong with it. */
export function numberOf(source: string): number | undefined | Omit<Fault, 'at'> {
  if (!NUMBER_LIKE.test(source)) return undefined;
  const values = { value: source };
  if (PLAIN.test(source) || /^[0-9]+$/.test(source)) {
    if (source.replace(/[^0-9]/g, '').length > MOST_DIGITS) {
      return { code: 'yaml/number-too-long', values, suggestion: `"${source}"` };
    }
  }
  if (THOUSANDS.test(source)) return { code: 'yaml/number-thousands', values };
  if (PLAIN.test(source) && source !== '-0') return Number(source);
  const suggestion = plainForm(source);
  return { code: 'yaml/number', values, ...(suggestion === undefined ? {} : { suggestion }) };
}

/** What was probably meant: leading zeros are kept as text (telephone numbers), other notations become decimal. */
function plainForm(source: string): string | undefined {
  if (/^0[0-9]+$/.test(source)) return `"${source}"`;
  const value = Number(source.replaceAll('_', '').replace(/^\+/, ''));
  return Number.isFinite(value) && Math.abs(value) < 10 ** MOST_DIGITS && !/e/.test(String(value))
    ? String(value === 0 ? 0 : value)
    : undefined;
}
