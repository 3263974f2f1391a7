import { type Fingerprints, newFingerprints } from './fingerprints.ts';

/** Which requests, by number, claim which names. A fingerprint may mistake another name for one of them. */
export interface Claims {
  enter(name: string, request: number): void;
  /** The requests that claim a name, in the order of `enter`. */
  numbersOf(name: string): readonly number[];
  /** Requests that claim a name which is claimed once more, in the order of their numbers. */
  contested(): readonly number[];
}

/** Nearly every name has one claimant, whose number is kept; a list is made for the others. */
export function newClaims(first: Fingerprints = newFingerprints()): Claims {
  const contested = new Map<string, number[]>();
  return {
    enter(name, request) {
      const earlier = first.enter(name, request);
      if (earlier === undefined) return;
      const all = contested.get(name);
      if (all === undefined) contested.set(name, [earlier, request]);
      else all.push(request);
    },
    numbersOf(name) {
      const one = first.get(name);
      return contested.get(name) ?? (one === undefined ? [] : [one]);
    },
    contested: () => [...contested.values()].flat().sort((a, b) => a - b),
  };
}
