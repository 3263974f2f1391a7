/** What the provisioner says to a directory, in LDAP's own shapes (RFC 4511). */
import type { DnText } from './dn.ts';
import type { Filter } from './filter.ts';

export type AttributeValue = string | Buffer;
/** Attribute name to values; names are spelled as they were asked for. */
export type Attributes = Readonly<Record<string, readonly AttributeValue[]>>;

export interface Entry {
  /** As the server spells it: parse it, never compare it as text. */
  readonly dn: string;
  readonly attributes: Attributes;
}

export interface SearchRequest {
  readonly base: DnText;
  readonly scope: 'base' | 'one' | 'sub';
  readonly filter: Filter;
  readonly attributes: readonly string[];
  /** Entries per page; left out for lists that are short by their nature. */
  readonly pageSize?: number;
}

export interface Modification {
  readonly operation: 'add' | 'delete' | 'replace';
  readonly attribute: string;
  /** Without values, `delete` and `replace` remove the attribute. */
  readonly values: readonly AttributeValue[];
}

/**
 * The operations of one bound connection. All reject with a TargetError of system `directory`.
 * A modify is atomic: all of its modifications are done, in their order, or none.
 */
export interface DirectoryClient {
  /** All matching entries, with all values of each attribute: complete, or it rejects. */
  search(request: SearchRequest): Promise<readonly Entry[]>;
  add(dn: DnText, attributes: Attributes): Promise<void>;
  modify(dn: DnText, changes: readonly Modification[]): Promise<void>;
  /** Renames and, with `newSuperior`, moves; the old relative name is removed. */
  modifyDn(dn: DnText, newRdn: DnText, newSuperior?: DnText): Promise<void>;
  del(dn: DnText): Promise<void>;
}

/** Attributes whose values are bytes. */
export const OCTET_ATTRIBUTES: readonly string[] = ['objectGUID', 'objectSid'];

export const textsOf = (entry: Entry, name: string): readonly string[] =>
  (entry.attributes[name] ?? []).map((value) => (typeof value === 'string' ? value : value.toString('utf8')));

export const textOf = (entry: Entry, name: string): string | undefined => textsOf(entry, name)[0];

export function bytesOf(entry: Entry, name: string): Buffer | undefined {
  const value = entry.attributes[name]?.[0];
  return typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
}
