import { type Finding, finding } from '../../core/finding.ts';
import type { Entry } from '../../core/journal/entry.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import { idOf, type Observed } from '../../core/resource.ts';
import { HANDOVER_LIFETIME_MS } from '../store/handover.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** When each object was last written, by its id, as a chain has it. */
function writtenIn(entries: readonly Entry[]): ReadonlyMap<string, string> {
  return new Map(
    entries.flatMap((one) => (one.type === 'outcome' && one.result === 'done' ? [[idOf(one), one.at]] : [])),
  );
}

/**
 * First passwords that nobody took: the sealed file has ended, and the account still waits for its first sign-in. A
 * directory cannot let a password end by itself (an account can, and would take its owner with it), so it stands in the
 * account until it is issued anew.
 * @param entriesOf the chain of a unit; asked once, and only where an account of it waits
 */
export function expiredHandovers(
  prepared: readonly Prepared[],
  objects: readonly Observed[],
  { policies, now }: Pick<Workspace, 'policies' | 'now'>,
  entriesOf: (unit: string) => readonly Entry[],
): readonly Finding[] {
  const waiting = Map.groupBy(
    objects.filter((one) => one.handover !== undefined && one.kind === 'directory-account'),
    (one) => one.owner,
  );
  const concerned = prepared.filter(({ request }) => waiting.has(request.id));
  return [...Map.groupBy(concerned, ({ request }) => request.unit)].flatMap(([unit, own]) => {
    const written = writtenIn(entriesOf(unit));
    const isOver = (object: Observed): boolean => {
      const at = written.get(idOf(object));
      return at !== undefined && now().getTime() - Date.parse(at) >= HANDOVER_LIFETIME_MS;
    };
    return own.flatMap(({ request, placed }) =>
      (waiting.get(request.id) ?? [])
        .filter(isOver)
        .map((object) =>
          finding(policies.messages, 'handover/expired', placed.places.of(['spec']), { object: idOf(object) }),
        ),
    );
  });
}
