import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from '../../core/journal/journal.ts';
import type { Planned } from '../../core/plan/plan.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import type { RequestId } from '../../core/resource.ts';
import type { Append } from '../run/apply.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { bastDocument } from './document.ts';
import { type BastFacts, bastFacts } from './facts.ts';

/** A hand-over record that was made. */
export interface Bast {
  readonly request: RequestId;
  /** Relative to the store. */
  readonly file: string;
  /** SHA-256 of the page. */
  readonly sha256: string;
}

const fileOf = ({ prepared, serial }: BastFacts): string =>
  join('bast', `${prepared.request.id.replace('/', '--')}--${serial}.html`);

/**
 * Makes the hand-over records that are missing: of every request whose last fulfilment ends with one. The page first,
 * then its checksum in the journal; a run that was ended in between makes the same page again.
 */
export function writeBasts(
  requests: readonly Prepared[],
  planned: Planned,
  { workspace, journals, append }: { workspace: Workspace; journals: ReadonlyMap<string, Journal>; append: Append },
): readonly Bast[] {
  return requests
    .filter(({ offer }) => offer.items.some((item) => item.handover !== undefined))
    .flatMap((prepared) => {
      const entries = journals.get(prepared.request.unit)?.entries ?? [];
      const facts = bastFacts(prepared, planned, entries);
      if (facts === undefined || hasBast(facts, entries, workspace)) return [];
      const bast = write(facts, workspace);
      append(bast.request, { type: 'handed-over', ...bast, fulfilled: facts.fulfilled.sequence });
      return [bast];
    });
}

function hasBast(facts: BastFacts, entries: Journal['entries'], { store }: Workspace): boolean {
  const isEntered = entries.some(
    (entry) => entry.type === 'handed-over' && entry.fulfilled === facts.fulfilled.sequence,
  );
  return isEntered && existsSync(join(store.folder, fileOf(facts)));
}

function write(facts: BastFacts, { policies, store }: Workspace): Bast {
  const { request } = facts.prepared;
  const calendar = policies.calendars.get(policies.catalogues.get(request.catalogue)?.calendar ?? '');
  if (calendar === undefined) throw new Error(`Cannot make the record of '${request.id}': there is no calendar`);
  const text = bastDocument(facts, policies, calendar);
  const file = fileOf(facts);
  writeFileSync(store.path(file), text);
  return { request: request.id, file, sha256: createHash('sha256').update(text).digest('hex') };
}
