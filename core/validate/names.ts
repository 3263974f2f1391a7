import { type Finding, finding, type Messages } from '../finding.ts';
import type { Path } from '../request.ts';
import type { ChangedFacts, Lookup } from './facts.ts';

const pathOf = (dotted: string): Path => dotted.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** `account:andi` is shown as `andi`. */
const bare = (name: string) => name.slice(name.indexOf(':') + 1);

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
      return [finding(messages, 'cross/name-twice', place(), { name: bare(name), at, other: earlier })];
    }
    const other = lookup.claimants(name).find((one) => one.id !== facts.id);
    const key = `${at} ${typed(name)} ${other?.id}`;
    if (other === undefined || said.has(key)) return [];
    said.add(key);
    const there = other.claims.find((claim) => claim.name === name)?.at ?? '';
    return [finding(messages, 'cross/name-taken', place(), { name: bare(name), file: other.file, at: there })];
  });
}
