import { TargetError } from '../../core/errors.ts';
import type { Kind } from '../../core/kinds.ts';
import { type Id, idOf, type Observed, type Reading, type Unread, type Wanted } from '../../core/resource.ts';
import { NameError } from './dn.ts';
import { any, equals, type Filter, startsWith } from './filter.ts';
import { MARKER, MARKER_PREFIX } from './marker.ts';
import { type Found, foundKind, type Session } from './session.ts';

export const DIRECTORY_KINDS = ['directory-account', 'directory-group'] as const satisfies readonly Kind[];

const KEYS_PER_SEARCH = 100;
const OWNERS_PER_SEARCH = 50;

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

const isOurs = (kind: Kind): boolean => (DIRECTORY_KINDS as readonly Kind[]).includes(kind);

/** Why it could not be read; anything else is a bug of ours. */
function reasonOf(error: unknown): string {
  if (error instanceof TargetError || error instanceof NameError) return error.message;
  throw error;
}

/**
 * Reads by owners and by keys; what fails is `unread`, never absent. A key that was found with the owners is not asked
 * for again: nearly all of a plan's objects come in the pages of one search. A second object of that key, without a
 * marker, is then found by the write, which looks by key.
 */
export async function readDirectory(session: Session, wanted: Wanted): Promise<Reading> {
  const objects = new Map<string, Observed>();
  const unread: Unread[] = [];
  const keep = (observed: Observed) => objects.set(idOf(observed), observed);
  const marked = new Map<string, Found[]>();
  try {
    for (const filter of ownerFilters(wanted.owners))
      for (const found of await session.find(filter)) {
        marked.set(found.observed.key, [...(marked.get(found.observed.key) ?? []), found]);
        if (foundKind(found.entry) !== undefined && wanted.owners.has(found.observed.owner ?? '')) keep(found.observed);
      }
  } catch (error) {
    const reason = reasonOf(error);
    unread.push(...DIRECTORY_KINDS.map((kind) => ({ kind, reason })));
  }
  const tell = ({ kind, key }: Id, found: readonly Found[]) => {
    const one = theOne(kind, key, found);
    if (typeof one === 'string') unread.push({ kind, key, reason: one });
    else if (one !== undefined) keep(one.observed);
  };
  const ours = wanted.keys.filter((id) => isOurs(id.kind));
  for (const id of ours) tell(id, marked.get(id.key) ?? []);
  const unseen = ours.filter((id) => !marked.has(id.key));
  for (const ids of chunks(unseen, KEYS_PER_SEARCH)) {
    try {
      const found = await session.find(any(...new Set(ids.map((id) => equals('sAMAccountName', id.key)))));
      for (const id of ids) tell(id, found);
    } catch (error) {
      unread.push(...ids.map(({ kind, key }) => ({ kind, key, reason: reasonOf(error) })));
    }
  }
  return { objects: [...objects.values()], unread, pools: [] };
}

/** `sAMAccountName` is unique over all classes: an object of another kind under the key is a reason, not absence. */
export function theOne(kind: Kind, key: string, found: readonly Found[]): Found | string | undefined {
  const matching = found.filter((one) => one.observed.key === key);
  if (matching.length > 1) return `${matching.length} objects are named '${key}'`;
  const [one] = matching;
  if (one === undefined) return undefined;
  const actual = foundKind(one.entry);
  return actual === kind ? one : `'${key}' is in use by a ${actual ?? 'computer or other object'}`;
}

/** Few owners by name; many by one search for all markers, since the attribute has no index by default. */
function ownerFilters(owners: ReadonlySet<string>): readonly Filter[] {
  if (owners.size > OWNERS_PER_SEARCH) return [startsWith(MARKER, MARKER_PREFIX)];
  const markers = [...owners].flatMap((owner) => [
    equals(MARKER, `${MARKER_PREFIX}${owner}`),
    startsWith(MARKER, `${MARKER_PREFIX}${owner};`),
  ]);
  return markers.length === 0 ? [] : [any(...markers)];
}
