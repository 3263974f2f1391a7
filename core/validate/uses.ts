import { type Finding, finding, type Messages } from '../finding.ts';
import { unitOf } from '../load/path.ts';
import type { ChangedFacts, Lookup } from './facts.ts';
import { bare, pathOf } from './names.ts';

/** What a request uses belongs to a request of its own unit: nobody gives rights to another unit's people. */
export const checkUses = ({ facts, places }: ChangedFacts, lookup: Lookup, messages: Messages): Finding[] =>
  (facts.uses ?? []).flatMap(({ name, at }) => {
    if (lookup.claimants(name).some((one) => unitOf(one.id) === facts.unit)) return [];
    return [finding(messages, 'cross/not-of-unit', places.of(pathOf(at)), { name: bare(name), unit: facts.unit })];
  });
