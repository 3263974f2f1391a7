import type { Entry } from '../../core/journal/entry.ts';
import type { Planned } from '../../core/plan/plan.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import type { Id, Observed, RequestId } from '../../core/resource.ts';

export type FulfilledEntry = Extract<Entry, { readonly type: 'fulfilled' }>;

/** What a hand-over record (Berita Acara Serah Terima) says: only what was read back, and what the journal holds. */
export interface BastFacts {
  readonly prepared: Prepared;
  readonly fulfilled: FulfilledEntry;
  /** How many versions of the request were fulfilled, this one included. */
  readonly serial: number;
  /** Codes of the ordered items that are handed over. */
  readonly items: readonly string[];
  /** What stands at the targets, as it was read back. */
  readonly standing: readonly Observed[];
  /** What was deleted for it since the version before. */
  readonly deleted: readonly Id[];
}

/**
 * The facts of a request's last fulfilment, where an item of it ends with a signed record; undefined where none does.
 * @param entries the chain of the request's unit
 */
export function bastFacts(prepared: Prepared, planned: Planned, entries: readonly Entry[]): BastFacts | undefined {
  const { id } = prepared.request;
  const own = entries.filter((entry) => 'request' in entry && entry.request === id);
  const last = own.findLastIndex((entry) => entry.type === 'fulfilled');
  const fulfilled = own[last];
  if (fulfilled?.type !== 'fulfilled') return undefined;
  const signed = new Set(prepared.offer.items.filter((item) => item.handover !== undefined).map((item) => item.code));
  const items = fulfilled.items.filter((code) => signed.has(code));
  if (items.length === 0) return undefined;
  const before = own.slice(0, last);
  const since = before.slice(before.findLastIndex((entry) => entry.type === 'fulfilled') + 1);
  return {
    prepared,
    fulfilled,
    serial: own.filter((entry) => entry.type === 'fulfilled').length,
    items,
    standing: standingOf(id, planned),
    deleted: since.flatMap((entry) => (isDeletion(entry) ? [{ kind: entry.kind, key: entry.key }] : [])),
  };
}

const isDeletion = (entry: Entry): entry is Extract<Entry, { readonly type: 'outcome' }> =>
  entry.type === 'outcome' && entry.action === 'delete' && entry.result === 'done';

const standingOf = (id: RequestId, { reading }: Planned): readonly Observed[] =>
  reading.objects
    .filter((object) => object.owner === id)
    .toSorted((a, b) => (`${a.kind} ${a.key}` < `${b.kind} ${b.key}` ? -1 : 1));
