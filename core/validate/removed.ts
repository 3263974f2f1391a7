import { type Finding, finding, type Messages, type Place } from '../finding.ts';
import type { ChangedFacts, Facts } from './facts.ts';

/** A request file that the change takes away, with the names it claimed. */
export type Removed = Pick<Facts, 'id' | 'file' | 'claims'>;

/** What the journal says of a request: `live` once fulfilled, `deleted` after its deletion was fulfilled; undefined when never fulfilled. */
export type Fulfilled = (id: string) => 'live' | 'deleted' | undefined;

/**
 * Tombstones: the file of a fulfilled request stays where it is until the journal says deleted. A move is told from a
 * removal by the names that a changed request claims, and is then a finding at that request.
 */
export function checkRemoved(
  removed: readonly Removed[],
  changed: readonly ChangedFacts[],
  fulfilled: Fulfilled,
  messages: Messages,
): readonly Finding[] {
  if (removed.length === 0) return [];
  const newHome = new Map<string, ChangedFacts>();
  for (const one of changed) for (const { name } of one.facts.claims) newHome.set(name, one);
  return removed
    .filter(({ id }) => fulfilled(id) === 'live')
    .map(({ id, file, claims }) => {
      const moved = claims.map(({ name }) => newHome.get(name)).find((one) => one !== undefined);
      if (moved !== undefined) {
        return finding(messages, 'cross/moved', moved.places.of(['service']), { id, file, to: moved.facts.file }, file);
      }
      const gone: Place = { file, line: 1, column: 1 };
      return finding(messages, 'cross/removed', gone, { id, file });
    });
}
