import { type Finding, finding, type Messages } from '../finding.ts';
import type { Path } from '../request.ts';
import type { ChangedFacts, Lookup } from './facts.ts';

const pathOf = (dotted: string): Path => dotted.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** `account:andi` is shown as `andi`. */
const bare = (name: string) => name.slice(name.indexOf(':') + 1);

/** Each name belongs to one request only; both places are named. A name twice in one request is a finding too. */
export function checkNames({ facts, places }: ChangedFacts, lookup: Lookup, messages: Messages): Finding[] {
  const seen = new Map<string, string>();
  return facts.claims.flatMap(({ name, at }) => {
    const place = places.of(pathOf(at));
    const earlier = seen.get(name);
    seen.set(name, at);
    const inside =
      earlier === undefined
        ? []
        : [finding(messages, 'cross/name-twice', place, { name: bare(name), at, other: earlier })];
    const other = lookup.claimants(name).find((one) => one.id !== facts.id);
    if (other === undefined) return inside;
    const there = other.claims.find((claim) => claim.name === name)?.at ?? '';
    return [...inside, finding(messages, 'cross/name-taken', place, { name: bare(name), file: other.file, at: there })];
  });
}
