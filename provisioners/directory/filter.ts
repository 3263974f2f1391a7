/** Search filters (RFC 4515), built from values only. */
import { NameError, refuseUnsafe } from './dn.ts';

declare const brand: unique symbol;
/** A filter in its text form, made by this file only. */
export type Filter = string & { readonly [brand]: 'filter' };

const escaped = (value: string) =>
  refuseUnsafe(value, 'a search filter').replace(/[*()\\]/g, (c) => `\\${c.charCodeAt(0).toString(16)}`);

function attributeName(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name))
    throw new NameError(`Cannot build a search filter: '${name}' is no attribute`);
  return name;
}

/** @throws NameError for values with control characters */
export const equals = (attribute: string, value: string): Filter =>
  `(${attributeName(attribute)}=${escaped(value)})` as Filter;

/** @throws NameError for values with control characters */
export const startsWith = (attribute: string, prefix: string): Filter =>
  `(${attributeName(attribute)}=${escaped(prefix)}*)` as Filter;

export const present = (attribute: string): Filter => `(${attributeName(attribute)}=*)` as Filter;

export const all = (...filters: readonly Filter[]): Filter => `(&${filters.join('')})` as Filter;

export const any = (...filters: readonly Filter[]): Filter => `(|${filters.join('')})` as Filter;
