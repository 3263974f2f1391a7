import type { Item } from '../../core/catalogue/catalogue.ts';
import type { Classification } from '../../core/catalogue/classification.ts';
import type { Finding, Text } from '../../core/finding.ts';
import type { Echelon } from '../../core/organisation/organisation.ts';
import type { Change, Held, Outcome, Plan, RequestId } from '../../core/resource.ts';

/** What every view renders: all that a command found, intends and did. Plain data. */
export interface Report {
  /** The command's name: `validate`, `plan`, `apply`. */
  readonly command: string;
  /** Every finding of the run, those of classifications included; the only list of findings that views read. */
  readonly findings: readonly Finding[];
  /** How many request files were read, the unchanged ones too. */
  readonly checked?: number;
  readonly requests?: readonly RequestReport[];
  /**
   * `changed`: requests with something to say in full, the unchanged ones as a count (the default);
   * `list`: every request on one line, as `status` does; `full`: every request in full, as `show` does.
   */
  readonly requestsAs?: 'changed' | 'list' | 'full';
  readonly plan?: Plan;
  readonly outcomes?: readonly Outcome[];
  /** What a list-like command lists (`catalogue`, `drift`, `key show`). */
  readonly listing?: Listing;
  /** Paragraphs, as `explain` writes them. */
  readonly notes?: readonly Text[];
}

export type RequestState =
  | 'unchanged'
  | 'waiting-approval'
  | 'ready'
  | 'held'
  | 'applied'
  | 'failed'
  | 'waiting'
  | 'invalid';

/** One request in a report. */
export interface RequestReport {
  readonly id: RequestId;
  /** Path of its file, as in findings. */
  readonly file: string;
  readonly title: string;
  readonly service: string;
  readonly state: RequestState;
  readonly classification?: Classification;
  /** When each ordered item is due, in their order: ISO 8601 with offset or zone, and the same for people. */
  readonly due?: readonly { readonly at: string; readonly text: Text }[];
  readonly approval?: ApprovalReport;
  readonly changes: readonly Change[];
  readonly held: readonly Held[];
  readonly outcomes: readonly Outcome[];
  /** What has to happen next, and who does it. */
  readonly next: Text;
}

/** Who approved, and who still has to. */
export interface ApprovalReport {
  readonly granted: readonly { readonly by: string; readonly post?: string; readonly echelon?: Echelon }[];
  readonly missing?: { readonly minEchelon: Echelon; readonly who: readonly string[] };
}

/** A generic table: `cells` for people, `data` for programs. */
export interface Listing {
  readonly columns: readonly Text[];
  readonly rows: readonly { readonly cells: readonly (string | Text)[]; readonly data: unknown }[];
}

/** What a catalogue's listing shows of one item, with the figures of its service. */
export interface CatalogueEntry {
  readonly item: Item;
  readonly figures: Readonly<Record<string, unknown>>;
}
