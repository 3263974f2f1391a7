import type { Finding } from '../finding.ts';
import type { Echelon } from '../organisation/organisation.ts';
import type { RequestId } from '../resource.ts';
import type { Item } from './catalogue.ts';

/** One item that an edit orders, with the paths by which it was recognised (empty for a creation). */
export interface Ordered {
  readonly item: Item;
  readonly paths: readonly string[];
}

/** What an edit of one request is, in the catalogue's terms: every item applies with its rules, documents and norm. */
export interface Classification {
  readonly request: RequestId;
  /** Empty where nothing of substance changed. */
  readonly ordered: readonly Ordered[];
  /** The highest rank that any ordered item asks for; null where none asks. */
  readonly minEchelon: Echelon | null;
  /** Violated rules, missing documents, unclaimed paths. */
  readonly findings: readonly Finding[];
}
