import type { Item } from '../../core/catalogue/catalogue.ts';
import type { Classification } from '../../core/catalogue/classification.ts';
import type { Finding, Text } from '../../core/finding.ts';
import type { NormState } from '../../core/journal/norms.ts';
import type { Echelon } from '../../core/organisation/organisation.ts';
import type { Change, Held, Observed, Outcome, Plan, RequestId } from '../../core/resource.ts';
import type { TermPhase } from '../../core/term/term.ts';

/** What every view renders: all that one command found, intends, did or tells. Plain data; `kind` says which parts it has. */
export type Report = CheckReport | PlanReport | ApplyReport | StandReport | ShowReport | ListReport | TextReport;

/** What every report on requests has. */
interface OfRequests {
  /** The command's name: `validate`, `plan`, `apply`. */
  readonly command: string;
  /** Every finding of the run, those of classifications included; the only list of findings that views read. */
  readonly findings: readonly Finding[];
  /** How many request files were read, the unchanged ones too. */
  readonly checked: number;
  /** Those that were looked at closely; none where all files were only checked. */
  readonly requests: readonly RequestReport[];
}

/** `validate`, `approve`, `new`: what is wrong, and what the requests order from whom. No target was asked. */
export interface CheckReport extends OfRequests {
  readonly kind: 'check';
}

/** `plan`: what an apply would do. */
export interface PlanReport extends OfRequests {
  readonly kind: 'plan';
  readonly plan: Plan;
}

/** `apply`: what was planned, and what became of it. */
export interface ApplyReport extends OfRequests {
  readonly kind: 'apply';
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
}

/** How requests stand, from one reading: each on one line (`status`), or those that differ (`drift`). */
export interface StandReport extends OfRequests {
  readonly kind: 'status' | 'drift';
}

/** `show`: one request in full, with its objects and its history. */
export interface ShowReport extends OfRequests {
  readonly kind: 'show';
  /** Absent where the request has an error, so that nothing was asked of a target. */
  readonly record?: RequestRecord;
}

/** What the targets and the journal have of one request. */
export interface RequestRecord {
  readonly objects: readonly Pick<Observed, 'kind' | 'key' | 'fields' | 'phase'>[];
  /** In order; `at` is ISO 8601 UTC, `local` as people of the environment's calendar write it. */
  readonly events: readonly { readonly at: string; readonly local: string; readonly text: Text }[];
}

/** A table: `catalogue`, `explain`, `verify`, `adopt`, `reading`. */
export interface ListReport {
  readonly kind: 'list';
  readonly command: string;
  /** Where request files were read on the way. */
  readonly findings?: readonly Finding[];
  readonly listing: Listing;
  /** Below the table. */
  readonly notes?: readonly Text[];
}

/** Paragraphs: `explain <code>`. */
export interface TextReport {
  readonly kind: 'text';
  readonly command: string;
  readonly notes: readonly Text[];
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
  readonly classification: Classification;
  /** When each ordered item is due, in their order: ISO 8601 with offset or zone, and the same for people. */
  readonly due: readonly { readonly at: string; readonly text: Text }[];
  /** Absent where nothing is ordered, so that there is nothing to approve. */
  readonly approval?: ApprovalReport;
  readonly changes: readonly Change[];
  readonly held: readonly Held[];
  readonly outcomes: readonly Outcome[];
  /** What has to happen next, and who does it. */
  readonly next: Text;
  /** Where the command tells how requests stand. */
  readonly times?: Times;
}

/** An instant (ISO 8601 UTC) or a day, and the same for people. */
interface Moment {
  readonly at: string;
  readonly text: Text;
}

/** Since when a request stands as it does, and until when that should last. */
export interface Times {
  /** What it waits for, where it cannot go on. */
  readonly waitsFor?: Text;
  readonly since?: Moment;
  readonly until?: Moment;
  /** Norms of what it last ordered; none before that was approved and complete. */
  readonly norms: readonly (NormState & { readonly text: Text })[];
  /** Where it has a term: its phase, and the one that comes. */
  readonly term?: {
    readonly phase: TermPhase;
    readonly next?: { readonly phase: Exclude<TermPhase, 'on'>; readonly from: string };
  };
}

/** Who approved, and who still has to. */
export interface ApprovalReport {
  readonly granted: readonly { readonly by: string; readonly post?: string; readonly echelon?: Echelon }[];
  readonly missing?: {
    readonly minEchelon: Echelon;
    readonly who: readonly string[];
    /** The request names a letter that the service desk has not attested yet. */
    readonly letter?: true;
  };
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
