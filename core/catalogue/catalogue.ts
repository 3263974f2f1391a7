/** A catalogue as it was loaded: figures, items and holds of each service, ready to be evaluated. */
import type { Text } from '../finding.ts';
import type { Kind } from '../kinds.ts';
import type { Echelon } from '../organisation/organisation.ts';
import type { Term } from '../term/term.ts';
import type { Norm } from './norm.ts';
import type { Assignment, Task } from './task.ts';

/** Figures of a service, as the catalogue's YAML gives them; the only place where they stand. */
export type Figures = Readonly<Record<string, unknown>>;

/** A CEL rule with the finding that it makes when it is false. */
export interface Rule {
  /** Finding code, a key of policies/messages. */
  readonly code: string;
  /** CEL; must be true. */
  readonly check: string;
  /** The path that the finding points at, for example `spec.mailbox`. */
  readonly at: string;
}

/** `full`: programs fulfil it; `partly`: people judge or sign; `people`: a work order. */
export type Automation = 'full' | 'partly' | 'people';

/** One orderable entry of a catalogue. */
export interface Item {
  readonly catalogue: string;
  readonly code: string;
  readonly service: string;
  readonly name: Text;
  readonly on: 'create' | 'change';
  /** Paths that an item on `change` claims; `spec.*` claims all below. */
  readonly of: readonly string[];
  /** CEL; the item applies only where it is true. */
  readonly if?: string;
  /** Lowest rank that counts; null where the catalogue asks for no approval. */
  readonly approver: { readonly minEchelon: Echelon | null };
  readonly norm: Norm;
  readonly leadTime: Norm | null;
  /** Document types that must be in `documents`. */
  readonly documents: readonly string[];
  readonly rules: readonly Rule[];
  /** Kinds of which its fulfilment may delete resources. */
  readonly deletes: readonly Kind[];
  /** One request at a time: the catalogue refuses it to collective orders. */
  readonly alone: boolean;
  /** Document type of the record that is made when it is fulfilled, and that both sides sign. */
  readonly handover?: string;
  readonly automation: Automation;
}

/** One service as one catalogue offers it. */
export interface Offer {
  readonly catalogue: string;
  readonly service: string;
  readonly name: Text;
  readonly figures: Figures;
  /** Paths whose change is no item. */
  readonly free: readonly string[];
  /** Paths that never change once fulfilled, for example the name under which a target knows the object. */
  readonly fixed?: readonly string[];
  readonly items: readonly Item[];
  /** How its term ends, where it has one. */
  readonly term?: Term;
  /** Checked on every live request, always. */
  readonly holds: readonly Rule[];
  readonly documentTypes: Readonly<Record<string, Text>>;
  /** What people must know of a request to work on it: paths, with their names. */
  readonly details?: Readonly<Record<string, Text>>;
  /** What people do for it. */
  readonly workOrders?: readonly Assignment[];
}

/** A published, versioned document. */
export interface Catalogue {
  readonly id: string;
  readonly name: Text;
  /** Number of the document, for example `SC-11/IT/2023`. */
  readonly number: string;
  /** ISO date, null where the document has none. */
  readonly date: string | null;
  readonly owner: string;
  readonly calendar: string;
  readonly source: { readonly document: string; readonly reuse: string };
  /** How long after its fulfilment a complaint may reopen the work; null where the document states nothing. */
  readonly reopen: Norm | null;
  readonly offers: ReadonlyMap<string, Offer>;
  /** Work of people that its services ask for, by name. */
  readonly tasks: ReadonlyMap<string, Task>;
}
