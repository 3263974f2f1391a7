import { type Finding, finding, type Messages } from '../finding.ts';
import { fieldName } from '../load/issues.ts';
import type { Path } from '../request.ts';
import type { ChangedFacts, Claimant, Lookup } from './facts.ts';

export const pathOf = (dotted: string): Path =>
  dotted.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** As findings name it: `spec.aliases[0]`. */
const shown = (dotted: string): string => fieldName(pathOf(dotted));

/** `account:andi` is shown as `andi`. */
export const bare = (name: string) => name.slice(name.indexOf(':') + 1);

/** How names begin that are claimed by what they look like. */
export const LOOK = 'look:';

/** What a person typed of it: `account:andi` and `upn:andi@contoh.test` are both `andi`. */
const typed = (name: string) => bare(name).replace(/@.*$/, '');

/**
 * Each name belongs to one request only; both places are named. A name twice in one request is a finding too. What one
 * value claims in several ways (a login is an account and a principal name) is said once.
 */
export function checkNames({ facts, places }: ChangedFacts, lookup: Lookup, messages: Messages): Finding[] {
  const seen = new Map<string, string>();
  const said = new Set<string>();
  return facts.claims.flatMap(({ name, at }) => {
    const place = () => places.of(pathOf(at));
    const earlier = seen.get(name);
    seen.set(name, at);
    if (earlier !== undefined) {
      return [
        finding(messages, 'cross/name-twice', place(), { name: bare(name), at: shown(at), other: shown(earlier) }),
      ];
    }
    const other = lookup.claimants(name).find((one) => one.id !== facts.id);
    if (name.startsWith(LOOK))
      return other === undefined ? [] : lookAlike({ facts, places }, at, { name, other }, messages);
    const key = `${at} ${typed(name)} ${other?.id}`;
    if (other === undefined || said.has(key)) return [];
    said.add(key);
    const there = other.claims.find((claim) => claim.name === name)?.at ?? '';
    return [finding(messages, 'cross/name-taken', place(), { name: bare(name), file: other.file, at: shown(there) })];
  });
}

/** A name that reads like another request's, though it is another one; the same name is said by its own claim. */
function lookAlike(
  { facts, places }: ChangedFacts,
  at: string,
  { name, other }: { readonly name: string; readonly other: Claimant },
  messages: Messages,
): Finding[] {
  const there = other.claims.find((claim) => claim.name === name)?.at ?? '';
  const typedAt = ({ claims }: Pick<Claimant, 'claims'>, path: string) =>
    typed(claims.find((claim) => claim.at === path && !claim.name.startsWith(LOOK))?.name ?? '');
  const [own, theirs] = [typedAt(facts, at), typedAt(other, there)];
  if (own === theirs) return [];
  const values = { name: own, other: theirs, file: other.file, at: shown(there) };
  return [finding(messages, 'cross/look-alike', places.of(pathOf(at)), values)];
}
