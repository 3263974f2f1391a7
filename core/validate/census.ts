import type { RequestId } from '../resource.ts';
import { newClaims } from './claims.ts';
import type { Facts, Lookup } from './facts.ts';
import type { Fingerprints } from './fingerprints.ts';

/**
 * The requests of a tree, counted one after the other. Of each only its id, fingerprints of its names and its part of
 * the sums are kept, so that 100,000 of them fit; whoever asks for more than that has a request recalled.
 */
export interface Census {
  add(facts: Facts): void;
  readonly lookup: Lookup;
  /** Requests that claim a name which is claimed once more, by another or by themselves; in the order of `add`. */
  contested(): readonly RequestId[];
  /** Requests that need a name which none claims; in the order of `add`. */
  unvouched(): readonly RequestId[];
  /** Requests that use names of others, in the order of `add`. */
  dependent(): readonly RequestId[];
  units(): Iterable<string>;
  /** The requests of a unit, in the order of `add`. */
  members(unit: string): readonly RequestId[];
}

/** @param recall gives the facts of a request that was added; for few, so it may read the file again */
export function newCensus(recall: (id: RequestId) => Facts, fingerprints?: Fingerprints): Census {
  const ids: RequestId[] = [];
  const claims = newClaims(fingerprints);
  const dependent: number[] = [];
  const usage = new Map<string, Record<string, number>>();
  const batches = new Map<string, number>();
  const mentions: { readonly number: number; readonly name: string }[] = [];
  const idsOf = (numbers: Iterable<number>) => [...new Set(numbers)].map((number) => ids[number] ?? '');
  const answers = new Map<string, readonly Facts[]>();
  return {
    add(facts) {
      // An empty map that is cleared is made anew.
      if (answers.size > 0) answers.clear();
      const number = ids.push(facts.id) - 1;
      for (const { name } of facts.claims) claims.enter(name, number);
      for (const { name } of facts.mentions ?? []) mentions.push({ number, name: flat(name) });
      if (facts.uses?.length) dependent.push(number);
      addUsage(usage, facts);
      if (facts.batch === undefined) return;
      const batch = `${facts.unit}/${facts.batch}`;
      batches.set(batch, (batches.get(batch) ?? 0) + 1);
    },
    lookup: {
      claimants(name) {
        const found = answers.get(name) ?? firstTwo(name, idsOf(claims.numbersOf(name)), recall);
        answers.set(name, found);
        return found;
      },
      usage: (unit) => usage.get(unit) ?? {},
      batch: (unit, batch) => batches.get(`${unit}/${batch}`) ?? 0,
    },
    contested: () => idsOf(claims.contested()),
    unvouched: () => idsOf(mentions.filter(({ name }) => claims.numbersOf(name).length === 0).map((one) => one.number)),
    dependent: () => idsOf(dependent),
    units: () => usage.keys(),
    members: (unit) => ids.filter((id) => id.startsWith(`${unit}/`)),
  };
}

/** The first two by id who really claim a name: a fingerprint may mistake another name for it. */
function firstTwo(name: string, likely: readonly RequestId[], recall: (id: RequestId) => Facts): readonly Facts[] {
  const found: Facts[] = [];
  for (const id of likely.toSorted()) {
    const facts = recall(id);
    if (facts.claims.some((claim) => claim.name === name)) found.push(facts);
    if (found.length === 2) break;
  }
  return found;
}

/**
 * The same text in one piece: V8 keeps a text that was put together as its pieces, and a piece of a file's text keeps
 * all of that text alive. Searching makes it whole, as long as the search cannot be left out for its answer is used.
 */
const flat = (text: string): string => (ANY.test(text) ? text : '');
const ANY = /[\s\S]/;

function addUsage(usage: Map<string, Record<string, number>>, facts: Facts): void {
  const total = usage.get(facts.unit) ?? {};
  usage.set(facts.unit, total);
  for (const key in facts.usage) total[key] = (total[key] ?? 0) + (facts.usage[key] ?? 0);
}

/** A lookup over facts at hand. */
export function lookupOf(all: Iterable<Facts>): Lookup {
  const kept = new Map<RequestId, Facts>();
  const census = newCensus((id) => kept.get(id) as Facts);
  for (const facts of all) {
    kept.set(facts.id, facts);
    census.add(facts);
  }
  return census.lookup;
}
